// Downloads one file into a part file: resumes, retries, goes through the mirrors, checks the hash.
import { statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure, type Result, success } from '../../../shared/domain/errors';
import type { WantedFile } from '../../../shared/generator/downloader-messages';
import { openPart, type PartFile } from './part-file';
import { requestFile } from './request-file';

export type DownloadTiming = {
  /** Without a byte for so long, the connection counts as lost (ms). */
  stallMs: number;
  /** Pause before the n-th attempt in a row that brought no byte (ms). Their number is the number of attempts. */
  pausesMs: readonly number[];
  /** The disk counts as full when less than this is free (bytes), because the database and pictures need room, too. */
  minFreeBytes: number;
};

export const usualTiming: DownloadTiming = {
  stallMs: 30_000,
  pausesMs: [0, 1_000, 3_000, 10_000, 30_000],
  minFreeBytes: 200_000_000,
};

/** Bytes between two looks at the free space. */
const roomCheckBytes = 16 * 1024 * 1024;

export type DownloadOptions = {
  /** Absolute path of the part. A complete one stays there, with the right hash. */
  part: string;
  allowLoopback: boolean;
  signal: AbortSignal;
  timing: DownloadTiming;
  /** Called for every chunk, with the size of the part and the size of the file, 0 while it is unknown. */
  onProgress: (receivedBytes: number, totalBytes: number) => void;
  /** Called before what is there is hashed. */
  onChecking: () => void;
};

/** Why a mirror did not bring the file. A wrong hash says more than a file that is missing elsewhere. */
type Outcome = { ok: true } | { ok: false; failure: Failure };

/**
 * Resolves with the size of the file when all of it is there and its hash is right. After a failure the part stays, and
 * the next call continues it; a part with a wrong hash is deleted.
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

/** An earlier run may have been killed before it flushed the part. */
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
    // A complete part that is not yet known to be right came from elsewhere or was damaged: it must not be continued.
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
      // The beginning may be of another version of the file, so one attempt is made from the start.
      if (!wasResumed) return { ok: false, failure: failure('engine_wrong_hash') };
      continue;
    }
    last = failure('engine_connection_lost');
    waitMs = 0;
    if (part.size() > offset) attempt = 0;
  }
  return { ok: false, failure: last };
}

/** Appends a body to the part until it ends, breaks or stalls. @throws the abort reason, or the file system's error. */
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
  // A body without a length ends with the connection, so only its size and its hash tell whether it is complete.
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
 * Returns what has arrived, or what arrives next; null at the end and after a failure. An iterator over the stream would
 * drop what had arrived before a failure.
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
