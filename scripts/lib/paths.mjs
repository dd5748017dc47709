// Paths of the project, of the set-up's results, and of the cache that all copies of the project share.

import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Results of the set-up for this copy of the project (not in git). */
export const runtimeFolder = join(projectRoot, '.runtime');

/** Downloads and builds that every copy of the project can use. Deleting it is safe at any time. */
export const cacheFolder = cacheFolderFor(process.platform, process.env, homedir());

/**
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @param {string} home
 */
function cacheFolderFor(platform, env, home) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'afterimage');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'afterimage');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'afterimage');
  return join(home, '.cache', 'afterimage');
}

/** @param {string[]} parts path inside node_modules */
export function nodeModule(...parts) {
  return join(projectRoot, 'node_modules', ...parts);
}
