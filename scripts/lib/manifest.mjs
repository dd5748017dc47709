// Detects damage to a finished folder by a manifest of its files, which is written last.
//
// Each check compares every file's size, mode, mtime and ctime with those of the last time its content was known to
// be right, which takes milliseconds for hundreds of megabytes. If any differs, the file's SHA-256 decides. A file
// cannot change without its ctime, so truncated, altered, replaced and missing files are detected.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Records which files a folder contains.
 * @param {string} folder
 * @param {string[]} names the files, relative to it
 * @param {string} manifestFile where to write it, as the last step of creating the folder
 * @param {Record<string, unknown>} [facts] stored with it and returned by `readIntact`
 */
export async function writeManifest(folder, names, manifestFile, facts = {}) {
  const files = {};
  for (const file of names) {
    const found = await look(join(folder, file));
    files[file] = { ...found, sha256: await contentHash(join(folder, file)) };
  }
  await writeWhole(manifestFile, JSON.stringify({ facts, files }));
}

/**
 * Returns the facts of a folder whose files match its manifest; undefined if there is no manifest, or a file is
 * missing or different. Files that the manifest does not name are ignored.
 * @param {string} folder
 * @param {string} manifestFile
 */
export async function readIntact(folder, manifestFile) {
  let manifest;
  try {
    manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
    let touched = false;
    for (const [file, known] of Object.entries(manifest.files)) {
      const found = await look(join(folder, file));
      if (found.size !== known.size || found.mode !== known.mode) return undefined;
      if (found.mtimeMs === known.mtimeMs && found.ctimeMs === known.ctimeMs) continue;
      if ((await contentHash(join(folder, file))) !== known.sha256) return undefined;
      Object.assign(known, found);
      touched = true;
    }
    if (touched) await writeWhole(manifestFile, JSON.stringify(manifest)).catch(() => {});
  } catch {
    return undefined;
  }
  return manifest.facts;
}

/**
 * Returns the SHA-256 of a file's content in hex; for a symbolic link, of its target.
 * @param {string} file
 */
export async function contentHash(file) {
  const hash = createHash('sha256');
  if ((await lstat(file)).isSymbolicLink()) return hash.update(await readlink(file)).digest('hex');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Writes a file atomically.
 * @param {string} file
 * @param {string} content
 */
export async function writeWhole(file, content) {
  const part = `${file}.part-${process.pid}`;
  await writeFile(part, content, { flush: true });
  await rename(part, file);
}

/**
 * Lists the files and links under a folder, as sorted paths relative to it.
 * @param {string} folder
 */
export async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function look(file) {
  const { size, mode, mtimeMs, ctimeMs } = await lstat(file);
  return { size, mode, mtimeMs, ctimeMs };
}
