// Reads what Chromium and the graphics driver say about the graphics cards.
import { z } from 'zod';

/** As in `app.getGPUInfo('basic')`; Electron leaves its type open. Numbers are PCI vendor ids. */
const gpuInfoSchema = z.object({
  gpuDevice: z.array(z.object({ vendorId: z.number(), active: z.boolean().optional() })),
});

/** https://pci-ids.ucw.cz/ */
const vendors: ReadonlyMap<number, string> = new Map([
  [0x10de, 'NVIDIA'],
  [0x1002, 'AMD'],
  [0x8086, 'Intel'],
  [0x106b, 'Apple'],
]);

export type CardMaker = 'NVIDIA' | 'AMD' | 'Intel' | 'Apple';

/** The one that is likely to be the fastest comes first. */
const makers: readonly CardMaker[] = ['NVIDIA', 'AMD', 'Apple', 'Intel'];

/**
 * Returns the makers of the graphics cards of this computer, the fastest first. Software renderers and virtual cards have
 * other vendors and are left out.
 */
export function cardMakers(gpuInfo: unknown): readonly CardMaker[] {
  const parsed = gpuInfoSchema.safeParse(gpuInfo);
  if (!parsed.success) return [];
  const found = new Set(parsed.data.gpuDevice.map(({ vendorId }) => vendors.get(vendorId)));
  return makers.filter((maker) => found.has(maker));
}

export type NvidiaCard = { name: string; memoryBytes: number; driver: string };

/** Arguments of `nvidia-smi` for `readNvidiaCard`: https://docs.nvidia.com/deploy/nvidia-smi/ */
export const nvidiaArguments = [
  '--query-gpu=name,memory.total,driver_version',
  '--format=csv,noheader,nounits',
];

/** Returns the card with the most memory of what `nvidia-smi` prints; null if it prints none. Its unit is MiB. */
export function readNvidiaCard(output: string): NvidiaCard | null {
  const cards = output.split('\n').flatMap((line): NvidiaCard[] => {
    const [name = '', memory = '', driver = ''] = line.split(',').map((part) => part.trim());
    if (name === '' || !/^\d+$/.test(memory) || !/^\d+(\.\d+)*$/.test(driver)) return [];
    return [{ name, memoryBytes: Number(memory) * 1024 ** 2, driver }];
  });
  return cards.toSorted((one, other) => other.memoryBytes - one.memoryBytes)[0] ?? null;
}

/** The first driver that runs CUDA 12.4: https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/ */
const minCudaDriver = { win32: 551, other: 550 };

/** Returns whether a driver runs the CUDA builds of the catalogue. */
export function runsCuda({ driver }: Pick<NvidiaCard, 'driver'>, platform: NodeJS.Platform): boolean {
  return Number.parseInt(driver, 10) >= (platform === 'win32' ? minCudaDriver.win32 : minCudaDriver.other);
}
