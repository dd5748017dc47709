// Plans the files of a download, and turns a fetched entry into an installed item.
import type { EngineBuild, EngineItemId, EngineModel } from '../../../shared/domain/engine-catalogue';
import { downloadBytes } from '../../../shared/domain/engine-catalogue';
import type { FetchTask, InstalledFile, WantedFile } from '../../../shared/generator/downloader-messages';
import type { EngineFolders } from './engine-folders';
import type { EngineItem, EngineItems, InstalledModel } from './engine-items';
import { diskBytes } from './offers';
import type { OwnModel } from './wanted-downloads';

/** Something to fetch: an entry of the catalogue, or a model from an address of the user's own. */
export type PlanEntry =
  | { kind: 'engine'; id: EngineItemId; build: EngineBuild }
  | { kind: 'model'; id: EngineItemId; model: EngineModel }
  | { kind: 'own'; id: EngineItemId; own: OwnModel };

/** The entries of a download that are not installed yet, in order. */
export type DownloadPlan = { label: string; entries: readonly PlanEntry[]; allowLoopback: boolean };

/** Returns the size of an entry's download; 0 if only the server knows it. */
export function entryBytes(entry: PlanEntry): number {
  if (entry.kind === 'own') return 0;
  return downloadBytes(entry.kind === 'engine' ? entry.build : entry.model);
}

/** Returns what an entry takes on the disk while it is installed; 0 if only the server knows it. */
export function entryDiskBytes(entry: PlanEntry): number {
  if (entry.kind === 'own') return 0;
  return diskBytes(entry.kind === 'engine' ? entry.build : entry.model);
}

/** @throws if a hash is unknown: such an entry is never offered. */
export function fetchTaskFor(
  entry: PlanEntry,
  { folders, items, allowLoopback }: { folders: EngineFolders; items: EngineItems; allowLoopback: boolean },
): Omit<FetchTask, 'task'> {
  const kind = entry.kind === 'engine' ? 'engine' : 'model';
  return {
    partialFolder: folders.partial(entry.id),
    folder: folders.ofItem(kind, entry.id),
    files: wantedFiles(entry).map((file) => ({ ...file, copies: copiesOf(file.sha256, items) })),
    executable: entry.kind === 'engine' ? entry.build.executable : null,
    allowLoopback,
  };
}

function wantedFiles(entry: PlanEntry): Omit<WantedFile, 'copies'>[] {
  if (entry.kind === 'own') {
    const { name, url, sha256 } = entry.own;
    return [{ name, urls: [url], bytes: null, sha256, unpack: null }];
  }
  const { files } = entry.kind === 'engine' ? entry.build : entry.model;
  return files.map(({ name, urls, bytes, sha256, ...file }) => {
    if (sha256 === null) throw new Error(`The hash of ${name} is unknown.`);
    return { name, urls, bytes, sha256, unpack: 'unpack' in file ? file.unpack : null };
  });
}

function copiesOf(sha256: string, items: EngineItems): string[] {
  return items
    .list()
    .flatMap((item) =>
      item.files.filter((file) => file.sha256 === sha256).map((file) => items.pathOf(item, file)),
    );
}

/** @param now UTC milliseconds. */
export function installedItem(entry: PlanEntry, files: readonly InstalledFile[], now: number): EngineItem {
  const common = { id: entry.id, installedAt: now, lastUsedAt: null };
  if (entry.kind === 'engine') {
    const { label, version, platform, arch, backend, executable } = entry.build;
    const stored = files.map(({ name, bytes, sha256 }) => ({ path: name, bytes, sha256, role: null }));
    return { kind: 'engine', ...common, label, version, platform, arch, backend, executable, files: stored };
  }
  if (entry.kind === 'own') {
    const stored = files.map(({ name, bytes, sha256 }) => ({
      path: name,
      bytes,
      sha256,
      role: entry.own.role,
    }));
    return { ...ownModel(stored), ...common, label: entry.own.label };
  }
  const { label, goodAt, edits, defaults, memoryBytes, videoMemoryBytes, teraflopPerPicture } = entry.model;
  const roles = new Map(entry.model.files.map(({ name, role }) => [name, role]));
  return {
    kind: 'model',
    ...common,
    ...{ label, goodAt, edits, defaults, memoryBytes, videoMemoryBytes, teraflopPerPicture },
    arguments: entry.model.arguments,
    files: files.map(({ name, bytes, sha256, from }) => ({
      path: name,
      bytes,
      sha256,
      role: roles.get(from) ?? null,
    })),
    isOwn: false,
  };
}

/** Above this size a checkpoint is of the SDXL family or later, which is made for larger pictures (bytes). */
const smallCheckpointBytes = 3_000_000_000;

/** Returns what is assumed of a model of which only the files are known. */
export function ownModel(
  files: InstalledModel['files'],
): Omit<InstalledModel, 'id' | 'label' | 'installedAt' | 'lastUsedAt'> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const isSmall = bytes <= smallCheckpointBytes;
  return {
    kind: 'model',
    // Not shown: only offers say what a model is good at.
    goodAt: 'A model of your own.',
    edits: false,
    defaults: { steps: 20, guidance: 6, side: isSmall ? 512 : 1024 },
    arguments: [],
    memoryBytes: Math.max(1, Math.round(bytes * 1.5)),
    videoMemoryBytes: Math.max(1, bytes),
    teraflopPerPicture: isSmall ? 40 : 250,
    files,
    isOwn: true,
  };
}
