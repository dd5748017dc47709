// Examples of the engine's status. Not shown: only tests use them.
import type { EngineDownload, EngineOffer, EngineStatus, InstalledItem } from '../../../shared/domain/engine';

const gigabyte = 1_000_000_000;

export function offer(changes: Partial<EngineOffer> = {}): EngineOffer {
  return {
    engine: 'sd-server',
    model: 'z-image-turbo',
    label: 'Z-Image-Turbo',
    goodAt: 'Good at everything, and at words in pictures.',
    downloadBytes: 6.5 * gigabyte,
    hosts: ['github.com', 'huggingface.co'],
    licences: [
      { of: 'Z-Image-Turbo', name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    ],
    suitability: 'good',
    secondsPerPicture: 42,
    missingDiskBytes: 0,
    isInstalled: false,
    bringsEngine: true,
    isVerified: true,
    ...changes,
  };
}

export function download(changes: Partial<EngineDownload> = {}): EngineDownload {
  return {
    model: 'z-image-turbo',
    label: 'Z-Image-Turbo',
    state: 'downloading',
    receivedBytes: 2.73 * gigabyte,
    totalBytes: 6.5 * gigabyte,
    storedBytes: 2.73 * gigabyte,
    bytesPerSecond: 12_400_000,
    secondsLeft: 304,
    ...changes,
  };
}

export function installed(changes: Partial<InstalledItem> = {}): InstalledItem {
  return {
    ...{ id: 'z-image-turbo', kind: 'model', label: 'Z-Image-Turbo', version: null },
    ...{ bytes: 6.4 * gigabyte, lastUsedAt: null, isOwn: false, isDamaged: false },
    ...changes,
  };
}

export const engine = installed({ id: 'sd-server', kind: 'engine', label: 'stable-diffusion.cpp', bytes: 1 });

export function status(changes: Partial<EngineStatus> = {}): EngineStatus {
  return {
    revision: 1,
    machine: {
      memoryBytes: 16 * gigabyte,
      cores: 8,
      graphics: { name: 'NVIDIA RTX 3060', memoryBytes: 12 * gigabyte },
    },
    offers: [offer()],
    unavailable: null,
    downloads: [],
    installed: [],
    abandoned: [],
    server: 'stopped',
    ownEngine: null,
    ...changes,
  };
}
