// Refuses folders that must not be watched: the app's own, the system's, and those that are watched already.
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import { isWithin } from '../../../files/is-within';

/** Folders that belong to the system. What is in the first ones is refused, too. */
const systemFolders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/sbin', '/sys', '/usr', '/var/lib'],
  darwin: ['/System', '/Library', '/Applications', '/bin', '/dev', '/etc', '/private/etc', '/sbin', '/usr'],
};
/** Folders in which users keep nothing themselves, but in whose subfolders they may. */
const systemRoots: readonly string[] = [
  '/home',
  '/media',
  '/mnt',
  '/run',
  '/tmp',
  '/Users',
  '/Volumes',
  '/var',
  '/opt',
];

export type FolderCheck = {
  /** Absolute. */
  dataFolder: string;
  /** Those that are watched already: absolute, without links. */
  watched: readonly { path: string; subfolders: boolean }[];
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
};

/**
 * @param chosen absolute.
 * @returns the folder without links; `folder_not_found`, `folder_of_afterimage`, `folder_of_system` or
 *   `folder_watched_already`.
 */
export async function checkFolder(chosen: string, check: FolderCheck): Promise<Result<string>> {
  const { platform = process.platform, env = process.env, watched } = check;
  const folder = await realpath(chosen).catch(() => null);
  const found = folder === null ? null : await stat(folder).catch(() => null);
  if (folder === null || !found?.isDirectory()) return failure('folder_not_found');
  const ours = await realpath(check.dataFolder);
  if (isOfSystem(folder, platform, env)) return failure('folder_of_system');
  if (isWithin(folder, ours) || isWithin(ours, folder)) return failure('folder_of_afterimage');
  // Two folders with the same files would report each file twice.
  const isCovered = watched.some(
    (other) =>
      other.path === folder ||
      (other.subfolders && isWithin(folder, other.path)) ||
      isWithin(other.path, folder),
  );
  return isCovered ? failure('folder_watched_already') : success(folder);
}

/** @param folder without links. */
export function isOfSystem(folder: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32') {
    const { SystemDrive = 'C:', SystemRoot, ProgramFiles, ProgramData } = env;
    const lower = folder.toLowerCase();
    const drive = `${SystemDrive}\\`.toLowerCase();
    const folders = [SystemRoot, ProgramFiles, env['ProgramFiles(x86)'], ProgramData];
    return (
      lower === drive ||
      folders.some((system) => system !== undefined && isBelow(lower, system.toLowerCase()))
    );
  }
  if (folder === path.parse(folder).root || systemRoots.includes(folder)) return true;
  return (systemFolders[platform] ?? []).some((system) => isBelow(folder, system));
}

/** As `isWithin`, for paths of either system. */
function isBelow(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`) || inner.startsWith(`${outer}\\`);
}
