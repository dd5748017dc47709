// Sends one HTTP request with Node's own client, which unlike fetch can wait for hours and accepts a DNS lookup.
import type { LookupFunction } from 'node:net';
import { connectionFor } from './open-response';

/** Enough for the largest picture that Afterimage opens, in base64 with its metadata. */
export const maxResponseBytes = 256 * 1024 * 1024;

export type HttpRequest = {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
  /** A larger response is rejected. */
  maxBytes: number;
  /** Resolves names for a direct connection; absent: the system's lookup. A proxy resolves names itself. */
  lookup?: LookupFunction;
  /** Called when the response's status and headers have arrived. */
  onResponse?: (status: number, contentType: string, headers: Pick<Headers, 'get'>) => void;
};

export type HttpResponse = { status: number; contentType: string; location: string | null; bytes: Buffer };

/** Thrown for a response of more than `maxBytes`. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/**
 * Sends a request on a new connection, through the system's proxy, and follows no redirect. The signal is the only
 * timeout, because fetch would give up after 300 s without response headers.
 *
 * @throws ResponseTooLargeError, ProxyError, or the socket's error with its `code`.
 */
export async function requestBytes(url: URL, options: HttpRequest): Promise<HttpResponse> {
  // Imported on demand, because the offline painter needs neither.
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const { method = 'GET', headers = {}, body, signal, maxBytes, lookup, onResponse } = options;
  const connection = await connectionFor(url, { signal, ...(lookup && { lookup }) });
  return new Promise((resolve, reject) => {
    const requestOptions = { method, headers, signal, ...connection };
    const sent = request(url, requestOptions, (response) => {
      const { statusCode: status = 0, headers: responseHeaders } = response;
      const contentType = responseHeaders['content-type'] ?? '';
      onResponse?.(status, contentType, {
        get: (name) => {
          const value = responseHeaders[name];
          return typeof value === 'string' ? value : null;
        },
      });
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        // Reject before destroying, because the end of the response may already be queued.
        reject(new ResponseTooLargeError(`More than ${maxBytes} bytes.`));
        sent.destroy();
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status,
          contentType,
          location: responseHeaders.location ?? null,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
