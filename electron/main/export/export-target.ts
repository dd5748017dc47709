// Where an export goes: a folder or a zip file. Until it is whole it is called `.part`, whatever dies when.
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { flushFile, flushFolder } from '../../files/write-atomically';

export type ExportTarget = {
  /** Where it is until then; absolute where the path it was opened with is. */
  half: string;
  /** Writes one file. @param chunks each small, so that everything else has its turn between them. */
  add: (name: string, chunks: Iterable<Uint8Array>) => Promise<void>;
  /** Gives it its name, on the disk by the time it is said. Only now it is there. */
  finish: () => Promise<void>;
  /** Leaves nothing behind. */
  discard: () => Promise<void>;
};

/** @param folder that is to be made; nothing may be there yet. */
export async function createFolderTarget(folder: string): Promise<ExportTarget> {
  const temporary = `${folder}.part`;
  await mkdir(temporary);
  return {
    half: temporary,
    async add(name, chunks) {
      const handle = await open(path.join(temporary, name), 'wx');
      try {
        for (const chunk of chunks) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async finish() {
      await syncNames(temporary);
      await rename(temporary, folder);
      await syncNames(path.dirname(folder));
    },
    discard: () => rm(temporary, { recursive: true, force: true }),
  };
}

/**
 * Pictures are stored, not deflated: they are compressed already. Zip64, for more than 65,535 files or 4 GB, comes by
 * itself: https://github.com/thejoshwolfe/yazl#api
 */
export async function createZipTarget(file: string, { zip64 = false } = {}): Promise<ExportTarget> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w');
  const output = createWriteStream('', { fd: handle });
  const zip = new ZipFile();
  const written = finished(output);
  // Whoever waits hears of it; until then a disk that fills up must not count as unhandled.
  written.catch(() => {});
  zip.outputStream.pipe(output);
  /** What happens, or the failure of the output where that comes first. */
  const orFailure = <Value>(work: Promise<Value>) => Promise.race([work, written.then(() => work)]);
  return {
    half: temporary,
    async add(name, chunks) {
      const stream = Readable.from(chunks, { objectMode: false, highWaterMark: chunkSize });
      zip.addReadStream(stream, name, { compress: false, forceDosTimestamp: true });
      await orFailure(finished(stream));
    },
    async finish() {
      zip.end({ forceZip64Format: zip64, comment: '' });
      await written;
      await flushFile(temporary);
      await rename(temporary, file);
      await syncNames(path.dirname(file));
    },
    async discard() {
      zip.outputStream.unpipe(output);
      output.destroy();
      await written.catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

/** A user may choose a file system that cannot flush a folder, such as one of the network. */
async function syncNames(folder: string): Promise<void> {
  await flushFolder(folder).catch(() => {});
}

/** Bytes. A zip's checksum of this many takes about a millisecond. */
export const chunkSize = 256 * 1024;

export function* inChunks(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}
