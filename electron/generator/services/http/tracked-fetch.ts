// A fetch that records how far an HTTP exchange got and limits the size of the response.
import type { Exchange } from '../failures';
import { systemFetch } from './fetch';
import { maxResponseBytes, ResponseTooLargeError } from './request-bytes';

export const notSent: Exchange = {
  sent: false,
  status: null,
  isJsonResponse: false,
  retryAfterMs: null,
};

/**
 * A kept-alive connection may have died since, for example while a laptop slept, and a request lost on it may look as
 * if it had been charged. A new connection takes no noticeable time beside making a picture.
 */
export const closeConnection: Record<string, string> = { Connection: 'close' };

/**
 * Returns a fetch that updates `exchange`. Reading a body throws ResponseTooLargeError at more than `maxBytes`, which
 * would fill the memory.
 */
export function trackedFetch(exchange: Exchange, maxBytes = maxResponseBytes): typeof fetch {
  return async (input, init) => {
    Object.assign(exchange, notSent);
    // Redirects are not followed: the header with the key would be sent to wherever they lead.
    const response = await systemFetch(input, { ...init, redirect: 'manual' }, () => {
      exchange.sent = true;
    });
    exchange.status = response.status;
    exchange.isJsonResponse = isJson(response.headers.get('content-type') ?? '');
    exchange.retryAfterMs = readRetryAfter(response.headers);
    return response.body === null
      ? response
      : new Response(response.body.pipeThrough(limitBytes(maxBytes)), response);
  };
}

function limitBytes(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxBytes) controller.error(new ResponseTooLargeError(`More than ${maxBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
}

/** Returns whether a content type is JSON or a stream of it. A page of another server is not. */
export function isJson(contentType: string): boolean {
  return /json|event-stream/.test(contentType);
}

/** Returns whether a key can be sent. For any other, `Headers` throws with the key in its message. */
export function isHeaderSafe(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

/**
 * Returns milliseconds from a number of seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after.
 * `retry-after-ms` is OpenAI's own header. A date is compared with the server's clock.
 */
function readRetryAfter(headers: Headers): number | null {
  const exact = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(exact)) return Math.ceil(Number(exact));
  const plain = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(plain)) return Math.ceil(Number(plain) * 1000);
  const wait = Date.parse(plain) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
