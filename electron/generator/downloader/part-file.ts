// The downloaded part of a file, and its running hash.
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../../files/write-atomically';

/** The source of a part's bytes. Kept beside the part as `<part>.json`. */
const originSchema = z.strictObject({ url: z.string(), etag: z.string().nullable() });
export type Origin = z.infer<typeof originSchema>;

const readBytes = 1024 * 1024;

export type PartFile = Awaited<ReturnType<typeof openPart>>;

/**
 * Opens a part, and creates it and its folder if they are missing. Hashes its content, because a hash stored by an
 * earlier run could not be trusted.
 *
 * @param maxBytes a longer part is emptied, because it cannot be the beginning of this file.
 * @param signal ends the hashing.
 */
export async function openPart(file: string, maxBytes: number | null, signal: AbortSignal) {
  await mkdir(path.dirname(file), { recursive: true });
  // Mode `a` could write only at the end, and `w` would empty the file.
  const handle = await open(file, 'r+').catch(() => open(file, 'w+'));
  let size = 0;
  let hash = createHash('sha256');

  async function clear(): Promise<void> {
    if (size > 0) await handle.truncate(0);
    size = 0;
    hash = createHash('sha256');
    await rm(originFile(file), { force: true });
  }

  try {
    ({ size, hash } = await hashOf(handle, signal));
    if (maxBytes !== null && size > maxBytes) await clear();
  } catch (error) {
    await handle.close();
    throw error;
  }

  return {
    size: () => size,
    /** Returns the hash of all bytes so far. More can be appended afterwards. */
    sha256: (): string => hash.copy().digest('hex'),
    origin: (): Promise<Origin | null> => readOrigin(file),
    /** Records the source of the bytes to come. */
    setOrigin: (origin: Origin): Promise<void> =>
      writeAtomically(originFile(file), Buffer.from(JSON.stringify(origin))),
    /** @throws an error with the code ENOSPC if the disk is full. The bytes written before stay. */
    async append(bytes: Uint8Array): Promise<void> {
      let offset = 0;
      while (offset < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, size);
        hash.update(bytes.subarray(offset, offset + bytesWritten));
        offset += bytesWritten;
        size += bytesWritten;
      }
    },
    clear,
    /** Flushes the bytes to the disk. */
    flush: (): Promise<void> => handle.sync(),
    close: (): Promise<void> => handle.close(),
  };
}

async function hashOf(handle: FileHandle, signal: AbortSignal): Promise<{ size: number; hash: Hash }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(readBytes);
  let size = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size);
    if (bytesRead === 0) return { size, hash };
    hash.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
}

/** Returns the hash of a file. @throws the file system's error. */
export async function hashFile(
  file: string,
  signal: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(file, 'r');
  try {
    const { size, hash } = await hashOf(handle, signal);
    return { bytes: size, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

function originFile(file: string): string {
  return `${file}.json`;
}

async function readOrigin(file: string): Promise<Origin | null> {
  try {
    return originSchema.parse(JSON.parse(await readFile(originFile(file), 'utf8')));
  } catch {
    return null;
  }
}
