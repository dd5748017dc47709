// Reads the entries of an archive, in one form for zip files and gzipped tar files.
import { on, once } from 'node:events';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Parser, type ReadEntry } from 'tar';
import { type Entry, openPromise } from 'yauzl';

/** The archive is damaged, or has something that is never unpacked: a path outside, a device, too much. */
export class BadArchiveError extends Error {
  override readonly name = 'BadArchiveError';
}

export type ArchiveEntry = {
  /** As the archive has it: not yet checked. */
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  bytes: number;
  isExecutable: boolean;
  /** What a link leads to, relative to the archive's root; not yet checked. Null for all others. */
  linkTarget: string | null;
  /** Must be called before the next entry is asked for, and once at most. */
  open: () => Promise<AsyncIterable<Uint8Array>>;
};

/** The next entry may be asked for when the bytes of the last one were read, or are not wanted. */
export type ArchiveEntries = AsyncIterable<ArchiveEntry>;

/** Type bits of a Unix mode: https://man7.org/linux/man-pages/man7/inode.7.html */
const typeMask = 0o170000;
const regularFile = 0o100000;
const folderType = 0o040000;
const linkType = 0o120000;
const anyExecutable = 0o111;

/** A path is shorter on every system (bytes). */
const maxTargetBytes = 4_096;

/** @throws if the file is no zip file, is damaged, or has a name that leads outside. */
export async function* zipEntries(archive: string): ArchiveEntries {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    // Names with `..`, absolute ones and those with a backslash end the iteration with an error.
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

/** The content of a link is its target: https://infozip.sourceforge.net/ and APPNOTE.TXT 4.5.7. */
async function readTarget(
  { uncompressedSize }: Entry,
  open: () => Promise<NodeJS.ReadableStream>,
): Promise<string> {
  if (uncompressedSize > maxTargetBytes) throw new BadArchiveError('A link is too long.');
  return text(await open());
}

/** The upper half of the external attributes has the Unix mode: APPNOTE.TXT 4.4.15 and its description by Info-ZIP. */
function unixMode({ externalFileAttributes }: Entry): number {
  return externalFileAttributes >>> 16;
}

function kindOfZipEntry(entry: Entry): ArchiveEntry['kind'] {
  const type = unixMode(entry) & typeMask;
  if (entry.fileName.endsWith('/')) return type === 0 || type === folderType ? 'folder' : 'other';
  if (type === linkType) return 'link';
  // Archives that were made on Windows have no Unix mode.
  return type === 0 || type === regularFile ? 'file' : 'other';
}

/** @throws if the file is no gzipped tar file, or is damaged. */
export async function* tarEntries(archive: string): ArchiveEntries {
  const source = createReadStream(archive);
  // Strict: what is wrong is an error instead of a warning.
  const parser = new Parser({ strict: true });
  const found = on(parser, 'entry', { close: ['end'] });
  const pump = async () => {
    for await (const chunk of source) if (!parser.write(chunk)) await once(parser, 'drain');
    parser.end();
  };
  let reading: Readable | null = null;
  let failure: Error | null = null;
  // Nothing else ends an entry in which the archive breaks off, whether it is being read or will be.
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
      // Its bytes may not have been wanted.
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

/** The target of a hard link is a name of the archive; that of a symbolic one is relative to the link's own folder. */
function targetOfTarEntry({ type, linkpath = '' }: ReadEntry, name: string): string | null {
  if (type === 'Link') return path.posix.normalize(linkpath);
  return type === 'SymbolicLink' ? besideOf(name, linkpath) : null;
}

/** An absolute target stays absolute, and one that leads outside begins with two dots. */
function besideOf(name: string, target: string): string {
  return target.startsWith('/')
    ? target
    : path.posix.normalize(path.posix.join(path.posix.dirname(name), target));
}
