// One HTTP request over Node's own client: for what fetch cannot do, to wait for hours and to look where a name leads.
import type { LookupFunction } from 'node:net';

/** Base64 of a picture of the largest kind that Afterimage opens, and room for what comes with it. */
export const maxResponseBytes = 256 * 1024 * 1024;

export type HttpRequest = {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
  /** An answer of more bytes is given up. */
  maxBytes: number;
  /** Where a name leads; absent: as the system says. */
  lookup?: LookupFunction;
  /** Called when the first line of the answer is there. */
  onResponse?: (status: number, contentType: string) => void;
};

export type HttpResponse = { status: number; contentType: string; location: string | null; bytes: Buffer };

/** The answer was larger than `maxBytes`. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/**
 * Each request has a connection of its own and follows no redirect. It waits until the signal says otherwise: fetch
 * gives up after 300 s without a header.
 *
 * @throws ResponseTooLargeError, or the socket's error with its `code`.
 */
export async function requestBytes(url: URL, options: HttpRequest): Promise<HttpResponse> {
  // Not at the top: the offline painter needs neither.
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const { method = 'GET', headers = {}, body, signal, maxBytes, lookup, onResponse } = options;
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal, agent: false, ...(lookup && { lookup }) };
    const sent = request(url, options, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      const contentType = answered['content-type'] ?? '';
      onResponse?.(status, contentType);
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        // At once: the end may be here already.
        reject(new ResponseTooLargeError(`More than ${maxBytes} bytes.`));
        sent.destroy();
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status, contentType, location: answered.location ?? null, bytes: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
