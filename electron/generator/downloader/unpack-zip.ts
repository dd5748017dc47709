// Unpacks a zip archive whose hash was checked, and still trusts nothing in it.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

export type UnpackLimits = { maxFiles: number; maxBytes: number };

export const usualLimits: UnpackLimits = { maxFiles: 5_000, maxBytes: 8_000_000_000 };

/** The archive is damaged, or has something that is never unpacked: a link, a path outside, too much. */
export class BadArchiveError extends Error {
  override readonly name = 'BadArchiveError';
}

export type UnpackedFile = { name: string; bytes: number; sha256: string };

/** Type bits of a Unix mode: https://man7.org/linux/man-pages/man7/inode.7.html */
const typeMask = 0o170000;
const regularFile = 0o100000;
const folderType = 0o040000;
const anyExecutable = 0o111;

/**
 * Writes the archive's files into `folder`, which must be empty.
 *
 * @returns the files, with the hash of each.
 * @throws BadArchiveError, the abort reason, or the file system's error.
 */
export async function unpackZip(
  archive: string,
  folder: string,
  signal: AbortSignal,
  limits = usualLimits,
): Promise<UnpackedFile[]> {
  const files: UnpackedFile[] = [];
  let totalBytes = 0;
  try {
    const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true });
    try {
      // Names with `..`, absolute ones and those with a backslash end the iteration with an error.
      for await (const entry of zip.eachEntry()) {
        signal.throwIfAborted();
        const kind = kindOf(entry);
        if (kind === 'other') throw new BadArchiveError(`${entry.fileName} is neither a file nor a folder.`);
        if (kind === 'folder') continue;
        totalBytes += entry.uncompressedSize;
        if (totalBytes > limits.maxBytes || files.length >= limits.maxFiles)
          throw new BadArchiveError('It is too large.');
        files.push(await writeFile(zip, folder, entry, signal));
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw explain(error, signal);
  }
  return files;
}

async function writeFile(
  zip: ZipFile,
  folder: string,
  entry: Entry,
  signal: AbortSignal,
): Promise<UnpackedFile> {
  const file = path.join(folder, ...entry.fileName.split('/'));
  if (path.relative(folder, file).startsWith('..')) throw new BadArchiveError('A name leads outside.');
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const isExecutable = (unixMode(entry) & anyExecutable) !== 0;
  // Both streams may fail at once, so nothing is awaited between opening them and the pipeline. The bytes fail at another
  // size than the entry's; 'wx' fails at two entries with one name, or with names that differ in case only.
  const bytes = await zip.openReadStreamPromise(entry);
  const target = createWriteStream(file, { flags: 'wx', mode: isExecutable ? 0o755 : 0o644, flush: true });
  await pipeline(bytes, hashing, target, { signal });
  return { name: entry.fileName, bytes: entry.uncompressedSize, sha256: hash.digest('hex') };
}

/** The upper half of the external attributes has the Unix mode: APPNOTE.TXT 4.4.15 and its description by Info-ZIP. */
function unixMode({ externalFileAttributes }: Entry): number {
  return externalFileAttributes >>> 16;
}

function kindOf(entry: Entry): 'file' | 'folder' | 'other' {
  const type = unixMode(entry) & typeMask;
  if (entry.fileName.endsWith('/')) return type === 0 || type === folderType ? 'folder' : 'other';
  // Archives that were made on Windows have no Unix mode.
  return type === 0 || type === regularFile ? 'file' : 'other';
}

/** Errors of the disk and an abort are what they are; everything else is the archive's fault. */
function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof BadArchiveError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const isDisk = typeof code === 'string' && /^E[A-Z]+$/.test(code) && code !== 'EEXIST';
  return isDisk ? error : new BadArchiveError(error instanceof Error ? error.message : 'It cannot be read.');
}
