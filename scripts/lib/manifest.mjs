// Notices damage: what a finished folder must hold (written last), and whether it still holds just that.
//
// At each start every file's size, mode, mtime and ctime are compared with those of the last time its content was
// known to be right: milliseconds for hundreds of megabytes. Where any differs, that file's SHA-256 decides. Nothing
// can change a file through the file system without changing its ctime, so a truncated, altered, replaced or missing
// file is noticed; a file that was only copied or touched is read once and accepted.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Records what files a folder holds.
 * @param {string} folder
 * @param {string[]} names the files, relative to it
 * @param {string} manifestFile where to write it, as the very last step of making them
 * @param {Record<string, unknown>} [facts] kept with it and given back by `readIntact`
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
 * The facts of a folder that holds exactly what its manifest says; undefined when there is no manifest or anything
 * is missing or different. Files that the manifest does not name are ignored.
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
 * SHA-256 of a file's content in hex (of a link's target for a symbolic link).
 * @param {string} file
 */
export async function contentHash(file) {
  const hash = createHash('sha256');
  if ((await lstat(file)).isSymbolicLink()) return hash.update(await readlink(file)).digest('hex');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Writes a file so that it is either there whole or not at all.
 * @param {string} file
 * @param {string} content
 */
export async function writeWhole(file, content) {
  const part = `${file}.part-${process.pid}`;
  await writeFile(part, content, { flush: true });
  await rename(part, file);
}

/**
 * Files and links under a folder, as paths relative to it, in a fixed order.
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
