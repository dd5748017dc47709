// A fetch that records the progress of an HTTP exchange and limits the size of the response.
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { readErrorAnswer } from '../error-answer';
import type { Exchange } from '../failures';
import { type ChunkChange, changeBody } from './change-body';
import type { DetachedStrings } from './detach-base64';
import { systemFetch } from './fetch';
import { repairJson } from './repair-json';
import { maxResponseBytes, ResponseTooLargeError } from './request-bytes';

export const notSent: Exchange = {
  wasSent: false,
  hasLeft: false,
  status: null,
  isJsonResponse: false,
  retryAfterMs: null,
  error: null,
};

/**
 * Ends connections after each request. A kept-alive connection may have died, for example while a laptop slept, and
 * a request lost on it would look as if it might have been charged. Compared with making a picture, a new
 * connection takes no noticeable time.
 */
export const closeConnection: Record<string, string> = { Connection: 'close' };

/** The exchange of each request in flight. */
const exchanges = new AsyncLocalStorage<Exchange>();

/**
 * Node's fetch publishes here that it has connected, including TLS, and is about to send the request:
 * https://undici.nodejs.org/#/docs/api/DiagnosticsChannel. Its errors do not tell, because a TLS alert may come
 * before the request or after it.
 */
subscribe('undici:client:sendHeaders', () => {
  const exchange = exchanges.getStore();
  if (exchange) exchange.hasLeft = true;
});

export type TrackedFetchOptions = {
  maxBytes?: number;
  /** Decodes the pictures of an answer while it arrives. Read them from there. */
  strings?: DetachedStrings | undefined;
};

/**
 * Returns a fetch that updates `exchange`. Reading a body throws ResponseTooLargeError after `maxBytes`, so that it
 * cannot exhaust the memory.
 */
export function trackedFetch(
  exchange: Exchange,
  { maxBytes = maxResponseBytes, strings }: TrackedFetchOptions = {},
): typeof fetch {
  return async (input, init) => {
    Object.assign(exchange, notSent);
    // Redirects are not followed, because the key's header would be sent to their targets.
    const response = await exchanges.run(exchange, () =>
      systemFetch(input, { ...init, redirect: 'manual' }, () => {
        exchange.wasSent = true;
      }),
    );
    exchange.status = response.status;
    const contentType = response.headers.get('content-type') ?? '';
    // Without a content type, nothing shows that another server has answered.
    exchange.isJsonResponse = contentType === '' || isJson(contentType);
    exchange.retryAfterMs = readRetryAfter(response.headers);
    const body = noteError(exchange, response, input, init);
    if (!body) return response;
    const detached = strings && response.ok ? [strings.detach(bodyLengthOf(response.headers))] : [];
    const repaired = response.ok && exchange.isJsonResponse ? [repairJson()] : [];
    const changes = [limitBytes(maxBytes), ...detached, ...repaired];
    return new Response(changeBody(body, changes), response);
  };
}

/** Records the service's description of a failure. @returns the body to read. */
function noteError(
  exchange: Exchange,
  response: Response,
  ...[input, init]: Parameters<typeof fetch>
): ReadableStream<Uint8Array> | null {
  if (response.ok) return response.body;
  const { url, headers } = input instanceof Request ? input : { url: String(input), headers: init?.headers };
  const { answer, body } = readErrorAnswer(response, { url, headers: new Headers(headers) });
  exchange.error = answer;
  return body;
}

/** Returns the length that a body states; null if it states none or is compressed, because it becomes longer then. */
function bodyLengthOf(headers: Headers): number | null {
  const text = headers.get('content-length') ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}

function limitBytes(maxBytes: number): ChunkChange {
  let size = 0;
  return {
    take(chunk) {
      size += chunk.length;
      if (size > maxBytes) throw new ResponseTooLargeError(`More than ${maxBytes} bytes.`);
      return chunk;
    },
  };
}

/** Returns whether a content type is JSON or a stream of JSON, and not another server's web page. */
export function isJson(contentType: string): boolean {
  return /json|event-stream/.test(contentType);
}

/** Returns whether a key can be sent. With any other key, `Headers` throws an error whose message contains the key. */
export function isHeaderSafe(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

/**
 * Returns milliseconds from a number of seconds or a date:
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. `retry-after-ms` is OpenAI's own header. A date is
 * compared with the server's clock.
 */
export function readRetryAfter(headers: Pick<Headers, 'get'>): number | null {
  const exact = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d{1,12}(\.\d+)?$/.test(exact)) return Math.ceil(Number(exact));
  const plain = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(plain)) return Math.ceil(Number(plain) * 1000);
  const wait = Date.parse(plain) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
