// Opens one HTTP response over Node's own client, so that its body can be streamed.
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import { connectThroughProxy } from './connect';

export type OpenRequest = {
  headers: Readonly<Record<string, string>>;
  /** Ends the request and its response. */
  signal: AbortSignal;
  /** Resolves names for a direct connection; absent: the system's lookup. A proxy resolves names itself. */
  lookup?: LookupFunction;
};

/**
 * Sends a GET request on a new connection, through the system's proxy, and follows no redirect.
 *
 * @returns the response with its headers. The caller must read or destroy the body.
 * @throws ProxyError, or the socket's error with its `code`.
 */
export async function openResponse(url: URL, options: OpenRequest): Promise<IncomingMessage> {
  const { headers, signal } = options;
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const connection = await connectionFor(url, options);
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'GET', headers, signal, ...connection }, resolve);
    sent.on('error', reject);
    sent.end();
  });
}

/** Returns options for Node's client that give the request its own connection on the route of the system's rules. */
export async function connectionFor(
  url: URL,
  { signal, lookup }: Pick<OpenRequest, 'signal' | 'lookup'>,
): Promise<RequestOptions> {
  const { Agent } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const socket = await connectThroughProxy(url, signal);
  if (socket === null) return { agent: new Agent(), ...(lookup && { lookup }) };
  return { createConnection: () => socket, defaultPort: url.protocol === 'https:' ? 443 : 80 };
}
