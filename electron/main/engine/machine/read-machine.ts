// Finds out what this computer can do: memory, processor, graphics, free disk.
import type { EngineBackend } from '../../../../shared/domain/engine-catalogue';
import {
  type CardMaker,
  cardMakers,
  type NvidiaCard,
  nvidiaArguments,
  readNvidiaCard,
  runsCuda,
} from './graphics-cards';
import { vulkanLoaders } from './vulkan';

/** Questions to the system. None of them may throw; null means that there is no answer. */
export type SystemFacts = {
  platform: NodeJS.Platform;
  arch: string;
  memoryBytes: number;
  cores: number;
  /** Version of the GNU C library, such as `2.39`; null where there is none. */
  glibc: string | null;
  variables: Readonly<Record<string, string | undefined>>;
  /** As `app.getGPUInfo('basic')`. */
  gpuInfo: () => Promise<unknown>;
  /** Returns what a program prints. It is ended after a few seconds. */
  run: (program: string, args: readonly string[]) => Promise<string | null>;
  exists: (file: string) => Promise<boolean>;
  /** Returns the names in a folder; empty if there is none. */
  list: (folder: string) => Promise<readonly string[]>;
  readText: (file: string) => Promise<string | null>;
  freeDiskBytes: () => Promise<number | null>;
};

/** The graphics of a computer and every kind of build that can use it, the best first. */
export type Graphics = {
  name: string;
  backends: readonly EngineBackend[];
  /** Bytes; null where it is unknown or where the main memory is used. */
  memoryBytes: number | null;
  /** Part of the processor, with the main memory: far slower than a card. Apple's are not meant. */
  isIntegrated: boolean;
};

export type MachineFacts = {
  platform: NodeJS.Platform;
  arch: string;
  memoryBytes: number;
  cores: number;
  glibc: string | null;
  graphics: Graphics | null;
  freeDiskBytes: number | null;
};

/** Maximum memory that an AMD processor reserves for its graphics by default (bytes). Today's cards have more. */
const maxIntegratedBytes = 2 * 1024 ** 3;

/** Returns what decides which models this computer can run. What cannot be found out is null. */
export async function readMachine(facts: SystemFacts): Promise<MachineFacts> {
  const [graphics, freeDiskBytes] = await Promise.all([readGraphics(facts), facts.freeDiskBytes()]);
  const { platform, arch, memoryBytes, cores, glibc } = facts;
  return { platform, arch, memoryBytes, cores, glibc, graphics, freeDiskBytes };
}

async function readGraphics(facts: SystemFacts): Promise<Graphics | null> {
  const { platform, arch, memoryBytes } = facts;
  if (platform === 'darwin') {
    // Apple's processors share the memory with their graphics; by default it may use three quarters:
    // https://developer.apple.com/documentation/metal/mtldevice/recommendedmaxworkingsetsize
    return arch === 'arm64'
      ? {
          // Not shown: the name of a chip.
          name: 'Apple graphics',
          backends: ['metal'],
          memoryBytes: Math.floor(memoryBytes * 0.75),
          isIntegrated: false,
        }
      : null;
  }
  const [nvidia, gpuInfo, hasVulkan] = await Promise.all([
    facts.run(nvidiaProgram(facts), nvidiaArguments).then((output) => output && readNvidiaCard(output)),
    facts.gpuInfo(),
    anyExists(facts, vulkanLoaders(facts)),
  ]);
  if (nvidia) return ofNvidia(nvidia, platform, hasVulkan);
  const [maker] = cardMakers(gpuInfo);
  if (maker === undefined || !hasVulkan) return null;
  const cardBytes = await memoryOfCard(facts, maker);
  const isIntegrated = maker === 'Intel' || (cardBytes !== null && cardBytes <= maxIntegratedBytes);
  // Not shown: replaced by the name of the graphics in the catalogue, or a product’s own.
  const name = `${maker} graphics`;
  return { name, backends: ['vulkan'], memoryBytes: isIntegrated ? null : cardBytes, isIntegrated };
}

function ofNvidia(card: NvidiaCard, platform: NodeJS.Platform, hasVulkan: boolean): Graphics | null {
  const backends: EngineBackend[] = [];
  if (runsCuda(card, platform)) backends.push('cuda');
  if (hasVulkan) backends.push('vulkan');
  if (backends.length === 0) return null;
  return { name: card.name, backends, memoryBytes: card.memoryBytes, isIntegrated: false };
}

/** On Windows the driver puts it beside the system's programs. A search in the current folder must not find another. */
function nvidiaProgram({ platform, variables }: SystemFacts): string {
  if (platform !== 'win32') return 'nvidia-smi';
  return `${variables['SystemRoot'] ?? 'C:\\Windows'}\\System32\\nvidia-smi.exe`;
}

async function anyExists({ exists }: SystemFacts, files: readonly string[]): Promise<boolean> {
  for (const file of files) if (await exists(file)) return true;
  return false;
}

/**
 * Returns the memory of the largest card; null where it is unknown, as on Windows and for Intel, whose cards usually share
 * the main memory. The file is amdgpu's: https://docs.kernel.org/gpu/amdgpu/driver-misc.html
 */
async function memoryOfCard(facts: SystemFacts, maker: CardMaker): Promise<number | null> {
  if (facts.platform !== 'linux' || maker !== 'AMD') return null;
  const cards = (await facts.list('/sys/class/drm')).filter((name) => /^card\d+$/.test(name));
  const texts = await Promise.all(
    cards.map((card) => facts.readText(`/sys/class/drm/${card}/device/mem_info_vram_total`)),
  );
  const sizes = texts.flatMap((text) => (text !== null && /^\d+\s*$/.test(text) ? [Number(text)] : []));
  return sizes.length === 0 ? null : Math.max(...sizes);
}
