// Exports into a zip file.
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { renameReplacing } from '../../files/rename-replacing';
import { flushFile } from '../../files/write-atomically';
import { chunkSize, type ExportTarget, tryFlushFolder } from './export-target';

/**
 * Stores files without compression, because pictures are compressed already. yazl switches to Zip64 by itself for more
 * than 65,535 files or 4 GB: https://github.com/thejoshwolfe/yazl#api
 */
export async function createZipTarget(file: string, { zip64 = false } = {}): Promise<ExportTarget> {
  const partialPath = `${file}.part`;
  const handle = await open(partialPath, 'w');
  const output = createWriteStream('', { fd: handle });
  const zip = new ZipFile();
  const written = finished(output);
  // `add` and `finish` report a failed write. Until one of them runs, it must not be an unhandled rejection.
  written.catch(() => {});
  zip.outputStream.pipe(output);
  /** Rejects with the failure of the output stream if that comes first, because the work would then never finish. */
  const unlessOutputFails = <Value>(work: Promise<Value>) => Promise.race([work, written.then(() => work)]);
  return {
    partialPath,
    async add(name, chunks) {
      const stream = Readable.from(chunks, { objectMode: false, highWaterMark: chunkSize });
      zip.addReadStream(stream, name, { compress: false, forceDosTimestamp: true });
      await unlessOutputFails(finished(stream));
    },
    async finish() {
      zip.end({ forceZip64Format: zip64, comment: '' });
      await written;
      await flushFile(partialPath);
      await renameReplacing(partialPath, file);
      await tryFlushFolder(path.dirname(file));
    },
    async discard() {
      zip.outputStream.unpipe(output);
      output.destroy();
      await written.catch(() => {});
      await rm(partialPath, { force: true });
    },
  };
}
