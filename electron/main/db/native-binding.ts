// Chooses the better-sqlite3 addon that this process can load: the wrong one crashes the process without an error.
import { join } from 'node:path';

const prebuildNeedsNapi = 10;

/**
 * Returns the addon file to pass to `new Database(file, { nativeBinding })`.
 *
 * better-sqlite3's own prebuild needs Node-API 10 (Node 22.14, Electron 35). For older runtimes the set-up scripts
 * build one for Node-API 8 and put it into the project (scripts/bootstrap/sqlite-addon.mjs).
 *
 * @param projectRoot the folder that holds `.runtime`
 * @returns an absolute path; undefined if the package's own prebuild works
 */
export function nativeBinding(projectRoot: string): string | undefined {
  if (Number(process.versions['napi']) >= prebuildNeedsNapi) return undefined;
  return join(projectRoot, '.runtime', `better_sqlite3-napi8-${process.platform}-${process.arch}.node`);
}
