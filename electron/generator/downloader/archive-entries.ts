// Reads the entries of zip files and gzipped tar files in one form.
import { on, once } from 'node:events';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Parser, type ReadEntry } from 'tar';
import { type Entry, openPromise } from 'yauzl';

/**
 * Thrown for a damaged archive, and for content that is never unpacked: a path outside of the folder, a device, or
 * too many bytes.
 */
export class BadArchiveError extends Error {
  override readonly name = 'BadArchiveError';
}

export type ArchiveEntry = {
  /** The name as the archive gives it, not yet checked. */
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  bytes: number;
  isExecutable: boolean;
  /** Target of a link, relative to the archive's root; not yet checked. Null for other entries. */
  linkTarget: string | null;
  /** Must be called at most once, and before the next entry is requested. */
  open: () => Promise<AsyncIterable<Uint8Array>>;
};

/** Request the next entry only after the bytes of the last one were read, or if they are not needed. */
export type ArchiveEntries = AsyncIterable<ArchiveEntry>;

/** Type bits of a Unix mode: https://man7.org/linux/man-pages/man7/inode.7.html */
const typeMask = 0o170000;
const regularFile = 0o100000;
const folderType = 0o040000;
const linkType = 0o120000;
const anyExecutable = 0o111;

/** Maximum length of a link's target in bytes. No system supports longer paths. */
const maxTargetBytes = 4_096;

/**
 * Yields the entries of a zip file.
 *
 * @throws if the file is not a zip file, is damaged, or has a name that leads outside.
 */
export async function* zipEntries(archive: string): ArchiveEntries {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    // yauzl rejects names with `..`, absolute names and those with a backslash.
    for await (const entry of zip.eachEntry()) {
      const kind = kindOfZipEntry(entry);
      const open = () => zip.openReadStreamPromise(entry);
      yield {
        name: entry.fileName,
        kind,
        bytes: entry.uncompressedSize,
        isExecutable: (unixMode(entry) & anyExecutable) !== 0,
        linkTarget: kind === 'link' ? besideOf(entry.fileName, await readTarget(entry, open)) : null,
        open,
      };
    }
  } finally {
    zip.close();
  }
}

/** A link's content is its target: https://infozip.sourceforge.net/ and APPNOTE.TXT 4.5.7. */
async function readTarget(
  { uncompressedSize }: Entry,
  open: () => Promise<NodeJS.ReadableStream>,
): Promise<string> {
  if (uncompressedSize > maxTargetBytes) throw new BadArchiveError('A link is too long.');
  return text(await open());
}

/** Info-ZIP stores the Unix mode in the upper half of the external attributes: APPNOTE.TXT 4.4.15. */
function unixMode({ externalFileAttributes }: Entry): number {
  return externalFileAttributes >>> 16;
}

function kindOfZipEntry(entry: Entry): ArchiveEntry['kind'] {
  const type = unixMode(entry) & typeMask;
  if (entry.fileName.endsWith('/')) return type === 0 || type === folderType ? 'folder' : 'other';
  if (type === linkType) return 'link';
  // Archives created on Windows have no Unix mode.
  return type === 0 || type === regularFile ? 'file' : 'other';
}

/** Yields the entries of a gzipped tar file. @throws if the file is not a gzipped tar file, or is damaged. */
export async function* tarEntries(archive: string): ArchiveEntries {
  const source = createReadStream(archive);
  // Strict mode reports problems as errors instead of warnings.
  const parser = new Parser({ strict: true });
  const found = on(parser, 'entry', { close: ['end'] });
  const pump = async () => {
    for await (const chunk of source) if (!parser.write(chunk)) await once(parser, 'drain');
    parser.end();
  };
  let reading: Readable | null = null;
  let failure: Error | null = null;
  // Otherwise an entry in a truncated archive would never end, whether it is being read now or later.
  parser.on('error', (error: Error) => {
    failure = error;
    reading?.destroy(error);
  });
  pump().catch((error: unknown) => parser.emit('error', error));
  try {
    for await (const [entry] of found) {
      yield describeTarEntry(entry, () => {
        if (failure) throw failure;
        reading = Readable.from(entry, { objectMode: false });
        return reading;
      });
      // Discard the bytes if nothing has read them.
      entry.resume();
    }
  } finally {
    source.destroy();
  }
}

function describeTarEntry(entry: ReadEntry, open: () => Readable): ArchiveEntry {
  const name = entry.path.replace(/^(?:\.\/)+/, '');
  return {
    name,
    kind: kindOfTarEntry(entry, name),
    bytes: entry.size,
    isExecutable: ((entry.mode ?? 0) & anyExecutable) !== 0,
    linkTarget: targetOfTarEntry(entry, name),
    open: async () => open(),
  };
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function kindOfTarEntry({ type }: ReadEntry, name: string): ArchiveEntry['kind'] {
  switch (type) {
    case 'File':
    case 'OldFile':
    case 'ContiguousFile':
      return 'file';
    case 'Directory':
    case 'GNUDumpDir':
      return 'folder';
    case 'SymbolicLink':
    case 'Link':
      return 'link';
    default:
      return name === '' ? 'folder' : 'other';
  }
}

/** The target of a hard link is relative to the archive's root; that of a symbolic link to the link's own folder. */
function targetOfTarEntry({ type, linkpath = '' }: ReadEntry, name: string): string | null {
  if (type === 'Link') return path.posix.normalize(linkpath);
  return type === 'SymbolicLink' ? besideOf(name, linkpath) : null;
}

/** An absolute target stays absolute, and one that leads outside begins with `..`. */
function besideOf(name: string, target: string): string {
  return target.startsWith('/')
    ? target
    : path.posix.normalize(path.posix.join(path.posix.dirname(name), target));
}
