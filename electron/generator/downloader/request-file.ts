// Requests a file or the rest of it, following redirects to permitted addresses only.
import type { IncomingMessage } from 'node:http';
import { explanationOf, type Failure, failure } from '../../../shared/domain/errors';
import { openResponse } from '../services/http/open-response';
import { PrivateAddressError } from '../services/http/public-lookup';
import { ProxyError } from '../services/proxy-error';
import { permittedLookup } from './download-addresses';
import type { Origin } from './part-file';

const maxRedirects = 5;
/** A server that asks for more patience than this is treated as one that does not answer (ms). */
const maxRetryAfterMs = 60_000;

export type FileRequest = {
  url: string;
  /** Bytes that are there already. */
  offset: number;
  /** Where they came from; null if that is unknown. */
  origin: Origin | null;
  allowLoopback: boolean;
  signal: AbortSignal;
};

export type FileResponse =
  /** `start`: where the body begins, 0 or the offset. `total`: size of the whole file, null if the server did not say. */
  | { kind: 'body'; response: IncomingMessage; start: number; total: number | null; etag: string | null }
  /** The server knows the file, but cannot continue there. Start again. */
  | { kind: 'restart' }
  /** It makes sense to try this address again, not before `afterMs`. */
  | { kind: 'lost'; failure: Failure; afterMs: number }
  /** This address will not bring the file. */
  | { kind: 'refused'; failure: Failure };

/**
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

/** If-Range: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5. Without an ETag the file's hash tells in the end. */
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

/** A weak ETag does not promise the same bytes, so it must not be used with ranges. */
function strongEtag(etag: string | undefined): string | null {
  return etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

function readLength(length: string | undefined): number | null {
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

function refused(code: Failure['code']): FileResponse {
  return { kind: 'refused', failure: failure(code) };
}
