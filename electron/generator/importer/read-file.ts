// Reads a stranger's file, as little of it as it takes to know that it is a picture.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { maxImportBytes, type SkipReason } from '../../../shared/domain/import';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { inspect, validateInspection } from '../pipeline/inspect';

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
    const validated = validateFile(bytes);
    if (typeof validated !== 'object') return validated;
    return { bytes, format: validated.format, modifiedAt: Math.max(0, Math.round(stats.mtimeMs)) };
  } catch {
    return 'unreadable';
  } finally {
    await handle.close();
  }
}

function validateFile(bytes: Uint8Array): { format: PictureFormat } | SkipReason {
  const inspection = inspect(bytes);
  if (!inspection) return 'not-a-picture';
  if (!inspection.isComplete) return 'truncated';
  const validated = validateInspection(inspection);
  if (validated.ok) return validated.value;
  return validated.code === 'picture_too_large' ? 'too-large' : 'unreadable';
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
