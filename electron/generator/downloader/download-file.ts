// Downloads one file into a part file: resumes, retries, falls back to mirrors and verifies the hash.
import { statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure, type Result, success } from '../../../shared/domain/errors';
import type { WantedFile } from '../../../shared/generator/downloader-messages';
import { openPart, type PartFile } from './part-file';
import { requestFile } from './request-file';

export type DownloadTiming = {
  /** Maximum time without a byte before the connection counts as lost (ms). */
  stallMs: number;
  /**
   * Pause before each consecutive attempt that receives no byte (ms). The list's length is the maximum number of
   * attempts.
   */
  pausesMs: readonly number[];
  /** Treat the disk as full when less than this is free (bytes), because the database and pictures need space, too. */
  minFreeBytes: number;
};

export const usualTiming: DownloadTiming = {
  stallMs: 30_000,
  pausesMs: [0, 1_000, 3_000, 10_000, 30_000],
  minFreeBytes: 200_000_000,
};

/** Bytes received between two checks of the free space. */
const roomCheckBytes = 16 * 1024 * 1024;

export type DownloadOptions = {
  /** Absolute path of the part. When complete, it stays there with the right hash. */
  part: string;
  allowLoopback: boolean;
  signal: AbortSignal;
  timing: DownloadTiming;
  /** Called for each chunk, with the size of the part and that of the file; 0 if that is unknown. */
  onProgress: (receivedBytes: number, totalBytes: number) => void;
  /** Called before an existing part is hashed. */
  onChecking: () => void;
};

/** A mirror's result. A wrong hash takes precedence over a file that is missing elsewhere, because it says more. */
type Outcome = { ok: true } | { ok: false; failure: Failure };

/**
 * Downloads a file. Resolves with its size once it is complete and its hash is right. After a failure the part
 * stays and the next call continues it, but a part with a wrong hash is deleted.
 *
 * @throws the abort reason if the signal aborts, or the file system's error.
 */
export async function downloadFile(file: WantedFile, options: DownloadOptions): Promise<Result<number>> {
  options.onChecking();
  const part = await openPart(options.part, file.bytes, options.signal);
  try {
    let first: Failure | null = null;
    if (isComplete(file, part)) return await complete(part);
    for (const url of file.urls) {
      const outcome = await downloadFrom(url, file, part, options);
      if (outcome.ok) return await complete(part);
      if (first === null || outcome.failure.code === 'engine_wrong_hash') first = outcome.failure;
    }
    return first ?? failure('engine_file_gone');
  } finally {
    await part.close();
  }
}

/** Flushes first, because an earlier run may have been killed before it did. */
async function complete(part: PartFile): Promise<Result<number>> {
  await part.flush();
  return success(part.size());
}

function isComplete(file: WantedFile, part: PartFile): boolean {
  const { bytes, sha256 } = file;
  return part.size() > 0 && (bytes === null || part.size() === bytes) && part.sha256() === sha256;
}

async function downloadFrom(
  url: string,
  file: WantedFile,
  part: PartFile,
  options: DownloadOptions,
): Promise<Outcome> {
  const { timing, allowLoopback, signal } = options;
  let attempt = 0;
  let last: Failure = failure('engine_unreachable');
  let waitMs = 0;
  while (attempt < timing.pausesMs.length) {
    await wait(Math.max(timing.pausesMs[attempt] ?? 0, waitMs), undefined, { signal });
    attempt += 1;
    // A complete part whose hash is not known to be right is from another file or damaged, so it must not be
    // continued.
    if (file.bytes !== null && part.size() >= file.bytes) await part.clear();
    const offset = part.size();
    const answer = await requestFile({ url, offset, origin: await part.origin(), allowLoopback, signal });
    if (answer.kind === 'refused') return { ok: false, failure: answer.failure };
    if (answer.kind === 'restart') {
      await part.clear();
      continue;
    }
    if (answer.kind === 'lost') {
      last = answer.failure;
      waitMs = answer.afterMs;
      continue;
    }
    const { response, start, total, etag } = answer;
    if (file.bytes !== null && total !== null && total !== file.bytes) {
      response.destroy();
      return { ok: false, failure: failure('engine_wrong_hash') };
    }
    if (start === 0) await part.clear();
    await part.setOrigin({ url, etag });
    const size = file.bytes ?? total;
    const received = await receive(response, part, size, options);
    if (received === 'too-long') {
      await part.clear();
      return { ok: false, failure: failure('engine_wrong_hash') };
    }
    if (received === 'complete') {
      if (part.sha256() === file.sha256) return { ok: true };
      const wasResumed = start > 0;
      await part.clear();
      // The first bytes may be those of another version of the file, so one attempt is made from the start.
      if (!wasResumed) return { ok: false, failure: failure('engine_wrong_hash') };
      continue;
    }
    last = failure('engine_connection_lost');
    waitMs = 0;
    if (part.size() > offset) attempt = 0;
  }
  return { ok: false, failure: last };
}

/** Appends a body to the part until it ends, fails or stalls. @throws the abort reason, or the file system's error. */
async function receive(
  response: IncomingMessage,
  part: PartFile,
  size: number | null,
  { part: file, signal, timing, onProgress }: DownloadOptions,
): Promise<'complete' | 'too-long' | 'lost'> {
  let stalled: NodeJS.Timeout | undefined;
  let unchecked = Number.POSITIVE_INFINITY;
  const expectMore = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => response.destroy(new Error('The connection stalled.')), timing.stallMs);
  };
  try {
    for (;;) {
      expectMore();
      const bytes = await nextBytes(response);
      clearTimeout(stalled);
      signal.throwIfAborted();
      if (bytes === null) break;
      if (size !== null && part.size() + bytes.length > size) return 'too-long';
      unchecked += bytes.length;
      if (unchecked >= roomCheckBytes) {
        await requireFreeSpace(path.dirname(file), timing.minFreeBytes);
        unchecked = 0;
      }
      await part.append(bytes);
      onProgress(part.size(), size ?? 0);
    }
  } finally {
    clearTimeout(stalled);
    response.destroy();
  }
  // The connection's end also ends a body of unknown length, so only the size and the hash show whether it is
  // complete.
  if (!response.complete) return 'lost';
  return size === null || part.size() === size ? 'complete' : 'lost';
}

/** @throws an error with the code ENOSPC, as a write to a full disk does. */
async function requireFreeSpace(folder: string, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= minFreeBytes) return;
  throw Object.assign(new Error('The disk is nearly full.'), { code: 'ENOSPC' });
}

/**
 * Returns the bytes that have been or will be received next; null at the end and after a failure. Does not use the
 * stream's iterator, which would drop received bytes when the connection fails.
 */
function nextBytes(response: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const take = () => {
      const bytes: Buffer | null = response.read();
      const isOver = response.readableEnded || response.destroyed || response.closed;
      if (bytes === null && !isOver) return;
      for (const event of events) response.off(event, take);
      resolve(bytes);
    };
    const events = ['readable', 'end', 'close', 'error'] as const;
    for (const event of events) response.on(event, take);
    take();
  });
}
