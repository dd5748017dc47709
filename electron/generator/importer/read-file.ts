// Reads a stranger's file, as little of it as it takes to know that it is a picture.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { maxImportBytes, type SkipReason } from '../../../shared/domain/import';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { formatOf } from '../pipeline/codec';
import { isWhole } from '../pipeline/is-complete';
import { judge } from '../pipeline/validate-image';

export type PictureBytes = {
  bytes: Buffer;
  format: PictureFormat;
  /** UTC milliseconds. */
  modifiedAt: number;
};

/** Enough for every signature. */
const headLength = 64;

/** Not through a link that took the file's place since it was listed, and without waiting for a pipe's other end. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Judged as a provider's bytes are: see judge.ts. Never throws. */
export async function readPictureFile(file: string): Promise<PictureBytes | SkipReason> {
  const handle = await open(file, flags).catch(() => null);
  if (!handle) return 'unreadable';
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return 'not-a-picture';
    if (stats.size === 0) return 'empty';
    const head = await readFully(handle, Math.min(headLength, stats.size));
    if (!head || !formatOf(head)) return 'not-a-picture';
    if (stats.size > maxImportBytes) return 'too-large';
    const bytes = await readFully(handle, stats.size);
    if (!bytes) return 'unreadable';
    const format = judgeFile(bytes);
    if (typeof format !== 'object') return format;
    return { bytes, format: format.format, modifiedAt: Math.max(0, Math.round(stats.mtimeMs)) };
  } catch {
    return 'unreadable';
  } finally {
    await handle.close();
  }
}

function judgeFile(bytes: Uint8Array): { format: PictureFormat } | SkipReason {
  const format = formatOf(bytes);
  if (!format) return 'not-a-picture';
  if (!isWhole(bytes, format)) return 'truncated';
  const judged = judge(bytes);
  if (judged.ok) return { format: judged.value };
  return judged.code === 'picture_too_large' ? 'too-large' : 'unreadable';
}

/** @returns the file's first `length` bytes; null where there are fewer. */
async function readFully(handle: FileHandle, length: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return bytes;
}
