// A loopback server for large files, with ranges, ETags, and every failure of a download.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { closeServer, listen } from './listen';

/** A fault of one request. */
export type DownloadFault =
  /** The connection ends after this many bytes of the body. */
  | { kind: 'cut'; afterBytes: number }
  /** The body stalls after this many bytes, until the client disconnects. */
  | { kind: 'stall'; afterBytes: number }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'redirect'; to: string }
  /** Sends the whole file, whatever range was requested. */
  | { kind: 'ignore-range' }
  /** Sends another range than the requested one. */
  | { kind: 'other-range' }
  /** Changes one byte of the body. */
  | { kind: 'tamper' }
  /** Sends more bytes than the file has, without a length. */
  | { kind: 'too-long' }
  /** Sends the body in pieces with a pause after each, and for now no further than offset `until` of the file. */
  | { kind: 'drip'; bytes: number; pauseMs: number; until?: () => number };

export type DownloadRequest = {
  path: string;
  range: string | null;
  ifRange: string | null;
  /** Number of bytes of the body that were passed to the connection. */
  sentBytes: number;
};

export type DownloadServer = Awaited<ReturnType<typeof startDownloadServer>>;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Starts a server on a free port of 127.0.0.1. It has no files yet. */
export async function startDownloadServer() {
  const files = new Map<string, { bytes: Buffer; etag: string }>();
  const faults = new Map<string, DownloadFault[]>();
  const standing = new Map<string, DownloadFault>();
  const requests: DownloadRequest[] = [];
  const closing = new AbortController();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://127.0.0.1').pathname);
    const range = request.headers.range ?? null;
    const ifRange = request.headers['if-range']?.toString() ?? null;
    const seen: DownloadRequest = { path, range, ifRange, sentBytes: 0 };
    requests.push(seen);
    const fault = faults.get(path)?.shift() ?? standing.get(path) ?? null;
    if (fault?.kind === 'status') return void response.writeHead(fault.status, fault.headers).end();
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
    const file = files.get(path);
    if (!file) return void response.writeHead(404).end();
    const wanted = fault?.kind === 'ignore-range' ? 0 : startOf(range, ifRange, file);
    const start = fault?.kind === 'other-range' ? wanted + 10 : wanted;
    if (start >= file.bytes.length && start > 0) {
      return void response.writeHead(416, { 'content-range': `bytes */${file.bytes.length}` }).end();
    }
    const body = Buffer.from(file.bytes.subarray(start));
    if (fault?.kind === 'tamper') body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
    const headers = {
      etag: file.etag,
      'accept-ranges': 'bytes',
      ...(fault?.kind !== 'too-long' && { 'content-length': body.length }),
    };
    if (start === 0) response.writeHead(200, headers);
    else {
      const last = file.bytes.length - 1;
      response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${last}/${file.bytes.length}` });
    }
    await send(response, body, { fault, start, seen });
  }

  async function send(
    response: ServerResponse,
    body: Buffer,
    { fault, start, seen }: { fault: DownloadFault | null; start: number; seen: DownloadRequest },
  ): Promise<void> {
    const write = async (bytes: Buffer) => {
      seen.sentBytes += bytes.length;
      if (!response.write(bytes)) await drained(response);
    };
    if (fault?.kind === 'drip') {
      const { until = () => Number.POSITIVE_INFINITY } = fault;
      for (let at = 0; at < body.length && !response.destroyed; ) {
        if (start + at < until()) {
          await write(body.subarray(at, at + fault.bytes));
          at += fault.bytes;
        }
        await wait(fault.pauseMs, undefined, { signal: closing.signal });
      }
      response.end();
    } else if (fault?.kind === 'cut' || fault?.kind === 'stall') {
      await write(body.subarray(0, fault.afterBytes));
      if (fault.kind === 'cut') response.socket?.end();
    } else if (fault?.kind === 'too-long') {
      await write(body);
      await write(Buffer.alloc(1_000, 7));
      response.end();
    } else {
      await write(body);
      response.end();
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A disconnected client or a closing server is expected; any other error is a bug of this file.
      if (!closing.signal.aborted && !response.destroyed) throw error;
    });
  });
  const origin = `http://127.0.0.1:${await listen(server)}`;

  return {
    origin,
    requests,
    /** Serves a file, or replaces the one at the same path, which changes its ETag. @returns its address. */
    serve(path: string, bytes: Buffer, etag = `"${sha256Of(bytes).slice(0, 16)}"`): string {
      files.set(path, { bytes, etag });
      return `${origin}${path}`;
    },
    /** Makes the next requests for a path fail with these faults, in order. */
    failNext(path: string, ...next: DownloadFault[]): void {
      faults.set(path, [...(faults.get(path) ?? []), ...next]);
    },
    /** Makes every request for a path fail with this fault; null: none. */
    failAlways(path: string, fault: DownloadFault | null): void {
      if (fault) standing.set(path, fault);
      else standing.delete(path);
    },
    /** Closes every connection; resolves when the port is free. */
    async close(): Promise<void> {
      closing.abort();
      await closeServer(server);
    },
  };
}

/** Resolves when more can be written, or when the client has disconnected, because `drain` is not emitted then. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5 */
function startOf(range: string | null, ifRange: string | null, file: { etag: string }): number {
  const start = /^bytes=(\d+)-$/.exec(range ?? '')?.[1];
  if (start === undefined || (ifRange !== null && ifRange !== file.etag)) return 0;
  return Number(start);
}
