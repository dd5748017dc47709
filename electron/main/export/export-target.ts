// The target of an export: a folder or a zip file, which is named `.part` until it is complete.
import { flushFolder } from '../../files/write-atomically';

export type ExportTarget = {
  /** Path of the target until it is complete; absolute if the target's own path is. */
  partialPath: string;
  /** Writes one file. @param chunks each small, so that other work can run between them. */
  add: (name: string, chunks: Iterable<Uint8Array>) => Promise<void>;
  /** Flushes the target and gives it its final name. */
  finish: () => Promise<void>;
  /** Removes the partial target. */
  discard: () => Promise<void>;
};

/** Bytes. The zip checksum of one chunk takes about a millisecond. */
export const chunkSize = 256 * 1024;

/** Yields views of the bytes, of `chunkSize` but for the last one. */
export function* splitIntoChunks(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** Flushes a folder where its file system can: the user may export to a network drive that cannot. */
export async function tryFlushFolder(folder: string): Promise<void> {
  await flushFolder(folder).catch(() => {});
}
