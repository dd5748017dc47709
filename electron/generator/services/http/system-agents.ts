// Routes the requests that libraries make with Node's HTTP client through the system's proxies.
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { connectThroughProxy } from './connect';

type Callback = (error: Error | null, socket: Duplex) => void;

class SystemHttpAgent extends http.Agent {
  override createConnection(options: http.ClientRequestArgs, callback?: Callback): undefined {
    connect('http', options, callback, () => super.createConnection(options));
  }
}

class SystemHttpsAgent extends https.Agent {
  override createConnection(options: https.RequestOptions, callback?: Callback): undefined {
    connect('https', options, callback, () => super.createConnection(options));
  }
}

function connect(
  scheme: 'http' | 'https',
  { host, port }: http.ClientRequestArgs,
  callback: Callback | undefined,
  connectDirectly: () => Duplex | null | undefined,
): void {
  const name = host?.includes(':') ? `[${host}]` : host;
  const url = new URL(`${scheme}://${name}:${port}`);
  // The request's own abort destroys the socket, and connecting has its own time limit.
  connectThroughProxy(url, new AbortController().signal)
    .then((socket) => socket ?? connectDirectly())
    .then((socket) => {
      if (socket) callback?.(null, socket);
    })
    // Node ignores the socket if there is an error, but the type requires one.
    .catch((error: unknown) => callback && Reflect.apply(callback, undefined, [error]));
}

/**
 * Replaces Node's global agents, for libraries that do not accept a `fetch`, such as the one that gets Google's
 * credentials. Call it before their first use.
 */
export function useSystemAgents(): void {
  if (http.globalAgent instanceof SystemHttpAgent) return;
  http.globalAgent = new SystemHttpAgent();
  https.globalAgent = new SystemHttpsAgent();
}
