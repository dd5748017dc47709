// Exports into a zip file.
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type ZipStream from 'zip-stream';
import { renameReplacing } from '../../files/rename-replacing';
import { flushFile } from '../../files/write-atomically';
import { chunkSize, type ExportTarget, tryFlushFolder } from './export-target';

/**
 * Stores files without compression, because pictures are compressed already. The library uses Zip64 by itself for more
 * than 65,535 files or 4 GB. @param options `zip64` uses it for any number, for tests.
 */
export async function createZipTarget(file: string, { zip64 = false } = {}): Promise<ExportTarget> {
  const { default: Zip } = await import('zip-stream');
  const partialPath = `${file}.part`;
  const handle = await open(partialPath, 'w');
  const output = createWriteStream('', { fd: handle });
  const zip = new Zip({ store: true, forceLocalTime: true, forceZip64: zip64 });
  const written = finished(output);
  // `add` and `finish` report a failed write. Until one of them runs, it must not be an unhandled rejection.
  written.catch(() => {});
  zip.pipe(output);
  /** Rejects if the output stream fails first, because the work would then never finish. */
  const unlessOutputFails = <Value>(work: Promise<Value>) => Promise.race([work, written.then(() => work)]);
  return {
    partialPath,
    async add(name, chunks) {
      const stream = Readable.from(chunks, { objectMode: false, highWaterMark: chunkSize });
      await unlessOutputFails(addEntry(zip, stream, name));
    },
    async finish() {
      zip.finalize();
      await written;
      await flushFile(partialPath);
      await renameReplacing(partialPath, file);
      await tryFlushFolder(path.dirname(file));
    },
    async discard() {
      zip.unpipe();
      output.destroy();
      await written.catch(() => {});
      await rm(partialPath, { force: true });
    },
  };
}

/** Writes one file. @returns once its bytes and their checksum are in the zip file's stream. */
function addEntry(zip: ZipStream, content: Readable, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.entry(content, { name }, (error) => (error ? reject(error) : resolve()));
  });
}
