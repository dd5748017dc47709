// Unpacks an archive. Its hash was verified, but its content is not trusted.
import { createHash } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArchiveKind } from '../../../shared/domain/engine-catalogue';
import {
  type ArchiveEntries,
  type ArchiveEntry,
  BadArchiveError,
  tarEntries,
  zipEntries,
} from './archive-entries';

export type UnpackLimits = { maxFiles: number; maxBytes: number };

const usualLimits: UnpackLimits = { maxFiles: 5_000, maxBytes: 8_000_000_000 };

export type UnpackedFile = { name: string; bytes: number; sha256: string };

const entriesOf: Readonly<Record<ArchiveKind, (archive: string) => ArchiveEntries>> = {
  zip: zipEntries,
  'tar.gz': tarEntries,
};

type Unpack = { kind: ArchiveKind; archive: string; folder: string };

/**
 * Writes the archive's files into `folder`, which must be empty. Never creates a link: a link to a file of the
 * archive becomes a second file with the same content, and any other link is refused.
 *
 * @returns the files with their hashes.
 * @throws BadArchiveError, the abort reason, or the file system's error.
 */
export async function unpackArchive(
  { kind, archive, folder }: Unpack,
  signal: AbortSignal,
  limits = usualLimits,
): Promise<UnpackedFile[]> {
  const files = new Map<string, UnpackedFile>();
  const links = new Map<string, string>();
  let totalBytes = 0;
  try {
    for await (const entry of entriesOf[kind](archive)) {
      signal.throwIfAborted();
      if (entry.kind === 'other') throw new BadArchiveError(`${entry.name} is neither a file nor a folder.`);
      if (entry.kind === 'folder') continue;
      requireInside(entry.name);
      totalBytes += entry.bytes;
      if (totalBytes > limits.maxBytes || files.size + links.size >= limits.maxFiles)
        throw new BadArchiveError('It is too large.');
      if (entry.linkTarget === null) files.set(entry.name, await writeEntry(folder, entry, signal));
      else links.set(entry.name, entry.linkTarget);
    }
    for (const name of links.keys()) {
      const source = files.get(targetOf(name, links));
      if (!source) throw new BadArchiveError(`${name} leads to nothing in the archive.`);
      await placeAgain(path.join(folder, ...source.name.split('/')), path.join(folder, ...name.split('/')));
      files.set(name, { ...source, name });
    }
  } catch (error) {
    throw explain(error, signal);
  }
  return [...files.values()];
}

/** @throws BadArchiveError if an entry's name could lead outside of the folder on any system. */
function requireInside(name: string): void {
  const isPlain = name !== '' && !/[\\:\0]/.test(name) && !path.posix.isAbsolute(name);
  if (!isPlain || name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new BadArchiveError('A name leads outside.');
}

async function writeEntry(folder: string, entry: ArchiveEntry, signal: AbortSignal): Promise<UnpackedFile> {
  const file = path.join(folder, ...entry.name.split('/'));
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // Await nothing between opening the streams and the pipeline, because both may fail at once. The flag `wx` fails
  // if two names are equal, or differ only in case on a case-insensitive file system.
  const content = await entry.open();
  const target = createWriteStream(file, {
    ...{ flags: 'wx', flush: true },
    mode: entry.isExecutable ? 0o755 : 0o644,
  });
  await pipeline(content, hashing, target, { signal });
  if (bytes !== entry.bytes) throw new BadArchiveError(`${entry.name} has another size than it says.`);
  return { name: entry.name, bytes, sha256: hash.digest('hex') };
}

/** Returns the file at the end of a chain of links, such as `libsd.so` → `libsd.so.1` → `libsd.so.1.2`. */
function targetOf(name: string, links: ReadonlyMap<string, string>): string {
  let target = name;
  // A chain with more steps than there are links is a loop.
  for (let step = 0; step <= links.size; step += 1) {
    const next = links.get(target);
    if (next === undefined) return target;
    target = next;
  }
  throw new BadArchiveError(`${name} leads to itself.`);
}

/** Gives a file a second name: by a hard link, or by a copy if the file system has none. */
async function placeAgain(source: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_EXCL));
}

/** Returns an error of the disk or an abort unchanged, and any other error as a fault of the archive. */
function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof BadArchiveError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const isDisk = typeof code === 'string' && /^E[A-Z]+$/.test(code) && code !== 'EEXIST';
  return isDisk ? error : new BadArchiveError(error instanceof Error ? error.message : 'It cannot be read.');
}
