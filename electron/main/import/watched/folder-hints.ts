// Learns from the system that something in a folder has changed. Such a hint only makes the folder be looked at.
import { type FSWatcher, watch } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { isGone } from '../../../files/is-gone';

/**
 * Systems of files on other computers, whose changes the kernel does not announce, and FUSE, which may be one:
 * https://man7.org/linux/man-pages/man2/statfs.2.html
 */
const remoteTypes = new Set([
  0x6969, // NFS
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x517b, // SMB
  0x65735546, // FUSE
  0x01021997, // 9P
  0x5346414f, // AFS
  0x73757245, // Coda
  0x00c36400, // Ceph
]);

/** Folders of one watched folder that get a watch each. A system allows some ten thousand to all programs together. */
const maxWatches = 4096;

export type FolderHints = {
  /** Whether the system announces no changes, so that the folder has to be looked at from time to time. */
  isPolled: () => boolean;
  /** @param folders of which the last scan knows, relative to the watched one, which is "". */
  setFolders: (folders: readonly string[]) => void;
  close: () => void;
};

export type HintOptions = {
  /** Absolute. */
  folder: string;
  subfolders: boolean;
  onHint: () => void;
  platform?: NodeJS.Platform;
  /** Starts a watch. @throws an error of the system, for example because there are too many. */
  watch?: typeof watch;
};

/** Returns whether a folder is on a drive whose changes are not announced. */
export async function isRemote(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (platform === 'win32') return folder.startsWith('\\\\');
  // Type numbers of macOS depend on what is loaded.
  if (platform !== 'linux') return false;
  const found = await statfs(folder).catch(() => null);
  // A number with its highest bit set is read as a negative one.
  return found !== null && remoteTypes.has(Number(BigInt.asUintN(32, BigInt(found.type))));
}

/**
 * Watches a folder. Where the system watches trees, there is one watch; Linux needs one for each folder, which are set
 * when a scan has found them: Node's own recursion would list the whole tree in this process.
 */
export function createFolderHints(options: HintOptions): FolderHints {
  const { folder, subfolders, onHint, platform = process.platform, watch: start = watch } = options;
  const watchers = new Map<string, FSWatcher>();
  const hasTrees = platform === 'darwin' || platform === 'win32';
  let isPolled = false;

  function stop(relative: string): void {
    watchers.get(relative)?.close();
    watchers.delete(relative);
  }

  function poll(): void {
    isPolled = true;
    for (const relative of [...watchers.keys()]) stop(relative);
  }

  function add(relative: string): void {
    try {
      const watcher = start(path.join(folder, relative), { recursive: hasTrees && subfolders }, onHint);
      watchers.set(relative, watcher);
      watcher.on('error', () => {
        // The folder was removed, or its drive. The next look finds out.
        stop(relative);
        onHint();
      });
    } catch (error) {
      // A folder that has just been removed is no reason.
      if (!isGone(error)) poll();
    }
  }

  return {
    isPolled: () => isPolled,
    setFolders(folders) {
      const wanted = new Set(hasTrees ? folders.slice(0, 1) : folders);
      for (const relative of [...watchers.keys()]) if (!wanted.has(relative)) stop(relative);
      if (wanted.size > maxWatches) poll();
      for (const relative of wanted) if (!isPolled && !watchers.has(relative)) add(relative);
    },
    close() {
      for (const relative of [...watchers.keys()]) stop(relative);
    },
  };
}
