// Requests a file or the rest of it, following redirects to permitted addresses only.
import type { IncomingMessage } from 'node:http';
import { explanationOf, type Failure, failure } from '../../../shared/domain/errors';
import { openResponse } from '../services/http/open-response';
import { PrivateAddressError } from '../services/http/public-lookup';
import { ProxyError } from '../services/proxy-error';
import { permittedLookup } from './download-addresses';
import type { Origin } from './part-file';

const maxRedirects = 5;
/** A server that asks for a longer wait is treated as unreachable (ms). */
const maxRetryAfterMs = 60_000;

export type FileRequest = {
  url: string;
  /** Number of bytes that exist already. */
  offset: number;
  /** The source of these bytes; null if it is unknown. */
  origin: Origin | null;
  allowLoopback: boolean;
  signal: AbortSignal;
};

export type FileResponse =
  /**
   * `start`: offset of the body's first byte, either 0 or the requested offset. `total`: size of the whole file;
   * null if the server does not state it.
   */
  | { kind: 'body'; response: IncomingMessage; start: number; total: number | null; etag: string | null }
  /** The server has the file, but cannot continue at the offset. */
  | { kind: 'restart' }
  /** This address can be tried again, but not before `afterMs`. */
  | { kind: 'lost'; failure: Failure; afterMs: number }
  /** This address will never provide the file. */
  | { kind: 'refused'; failure: Failure };

/**
 * Requests a file from an offset.
 *
 * @throws the abort reason if the signal aborts.
 */
export async function requestFile(request: FileRequest): Promise<FileResponse> {
  const { offset, origin, allowLoopback, signal } = request;
  let address = request.url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const url = URL.canParse(address) ? new URL(address) : null;
    const way = url && permittedLookup(url, allowLoopback);
    if (!url || !way) return refused('engine_unsafe_address');
    let response: IncomingMessage;
    try {
      response = await openResponse(url, {
        headers: headersFor(request.url, offset, origin),
        signal,
        ...way,
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof PrivateAddressError) return refused('engine_unsafe_address');
      if (error instanceof ProxyError) {
        return {
          kind: 'lost',
          failure: { ...failure('engine_unreachable'), ...explanationOf(error.explained) },
          afterMs: 0,
        };
      }
      return { kind: 'lost', failure: failure('engine_unreachable'), afterMs: 0 };
    }
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      response.destroy();
      address = URL.canParse(headers.location, url.href) ? new URL(headers.location, url).href : '';
      continue;
    }
    return readAnswer(response, status, offset);
  }
  return refused('engine_unsafe_address');
}

/**
 * If-Range: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5. Without an ETag, only the final hash shows
 * whether the bytes belong together.
 */
function headersFor(url: string, offset: number, origin: Origin | null): Record<string, string> {
  const headers = { 'User-Agent': 'Afterimage', 'Accept-Encoding': 'identity', Connection: 'close' };
  if (offset === 0) return headers;
  const etag = origin?.url === url ? origin.etag : null;
  return { ...headers, Range: `bytes=${offset}-`, ...(etag !== null && { 'If-Range': etag }) };
}

function readAnswer(response: IncomingMessage, status: number, offset: number): FileResponse {
  const { headers } = response;
  const etag = strongEtag(headers.etag);
  if (status === 200) {
    const total = readLength(headers['content-length']);
    return { kind: 'body', response, start: 0, total, etag };
  }
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    if (range && Number(range[1]) === offset) {
      const total = range[2] === '*' ? null : Number(range[2]);
      return { kind: 'body', response, start: offset, total, etag };
    }
  }
  response.destroy();
  if (status === 206 || status === 416) return { kind: 'restart' };
  if (status === 404 || status === 410) return refused('engine_file_gone');
  const isBusy = status === 429 || status === 408 || status >= 500;
  if (!isBusy) return refused('engine_server_refused');
  const seconds = /^\d{1,6}$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : 0;
  return {
    kind: 'lost',
    failure: failure('engine_server_refused'),
    afterMs: Math.min(seconds * 1000, maxRetryAfterMs),
  };
}

/**
 * Returns the ETag if it is strong. A weak one does not guarantee identical bytes, so it must not be used with
 * ranges.
 */
function strongEtag(etag: string | undefined): string | null {
  return etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

function readLength(length: string | undefined): number | null {
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

function refused(code: Failure['code']): FileResponse {
  return { kind: 'refused', failure: failure(code) };
}
