// Chooses the engine's build for a computer and estimates how well a model will run.
import type { Machine, Suitability } from '../../../shared/domain/engine';
import type {
  EngineBackend,
  EngineBuild,
  EngineCatalogue,
  EngineModel,
} from '../../../shared/domain/engine-catalogue';
import { hasAllHashes } from '../../../shared/domain/engine-catalogue';
import type { MachineFacts } from './machine/read-machine';

/** A model that takes longer for a picture is possible, but not recommended (s). */
const maxGoodSeconds = 300;

/**
 * Speed of each kind of engine on average hardware, in 10^12 operations a second, for each core of a processor. The
 * figures are low rather than high, because nobody minds waiting less than was announced.
 */
const teraflopPerSecond = { cuda: 15, vulkan: 7, metal: 3, integrated: 0.7, cpu: 0.04 } as const;

/** The system and the app itself need the rest of the memory. */
const usableMemory = 0.8;

/** Returns the builds that start on this computer, the fastest kind first. The processor's comes last. */
export function usableBuilds({ engines }: EngineCatalogue, machine: MachineFacts): readonly EngineBuild[] {
  const order: readonly EngineBackend[] = [...(machine.graphics?.backends ?? []), 'cpu'];
  return order.flatMap((backend) =>
    engines.filter((build) => build.backend === backend && fitsSystem(build, machine) && hasAllHashes(build)),
  );
}

/** Returns whether a build is for this system and not newer than it. */
export function fitsSystem({ platform, arch, minGlibc }: EngineBuild, machine: MachineFacts): boolean {
  if (platform !== machine.platform || arch !== machine.arch) return false;
  return minGlibc === undefined || (machine.glibc !== null && !isOlder(machine.glibc, minGlibc));
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = than.split('.').map(Number);
  return major < minMajor || (major === minMajor && minor < minMinor);
}

export type Choice = { build: EngineBuild; suitability: Suitability; secondsPerPicture: number };

/**
 * Returns the build with which a model runs best here; null if there is no build at all. A model that does not fit into
 * the graphics card's memory runs on the processor, and one that does not fit there either is `no`.
 */
export function chooseBuild(
  model: EngineModel,
  builds: readonly EngineBuild[],
  machine: MachineFacts,
): Choice | null {
  const choices = builds.map((build): Choice => {
    const secondsPerPicture = estimateSeconds(model, build.backend, machine);
    if (!fitsMemory(model, build.backend, machine)) return { build, suitability: 'no', secondsPerPicture };
    return { build, suitability: secondsPerPicture <= maxGoodSeconds ? 'good' : 'slow', secondsPerPicture };
  });
  return choices.find(({ suitability }) => suitability !== 'no') ?? choices[0] ?? null;
}

function fitsMemory(model: EngineModel, backend: EngineBackend, machine: MachineFacts): boolean {
  const fitsMain = model.memoryBytes <= machine.memoryBytes * usableMemory;
  if (backend === 'cpu' || machine.graphics?.isIntegrated === true) return fitsMain;
  // Unknown memory is no reason to refuse: the engine moves to main memory what does not fit.
  const graphicsBytes = machine.graphics?.memoryBytes ?? model.videoMemoryBytes;
  // Weights wait in main memory in any case; they need half of what computing there would.
  return (
    model.videoMemoryBytes <= graphicsBytes && model.memoryBytes / 2 <= machine.memoryBytes * usableMemory
  );
}

function estimateSeconds(model: EngineModel, backend: EngineBackend, machine: MachineFacts): number {
  const kind = backend !== 'cpu' && machine.graphics?.isIntegrated === true ? 'integrated' : backend;
  const speed = teraflopPerSecond[kind] * (backend === 'cpu' ? machine.cores : 1);
  return Math.max(1, Math.round(model.teraflopPerPicture / speed));
}

/** Returns the machine as the interface shows it: with its graphics card if one of the builds can use it. */
export function describeMachine(machine: MachineFacts, builds: readonly EngineBuild[]): Machine {
  const { memoryBytes, cores, graphics } = machine;
  const isUsable = graphics?.backends.some((kind) => builds.some(({ backend }) => backend === kind));
  return {
    memoryBytes,
    cores,
    graphics: graphics && isUsable ? { name: graphics.name, memoryBytes: graphics.memoryBytes } : null,
  };
}
