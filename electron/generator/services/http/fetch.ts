// Node's fetch through the system's proxies, which Node itself ignores.
import type { Socket } from 'node:net';
import { connectThroughProxy } from './connect';

type Dispatcher = NonNullable<RequestInit['dispatcher']>;
type Connect = (
  target: unknown,
  callback: (...end: [error: Error, socket: null] | [error: null, socket: Socket]) => void,
) => void;
type AgentClass = new (options: { connect: Connect }) => Dispatcher;

/**
 * Like `fetch`, with errors of the same form. It asks for the way to each request's server (proxy-directory.ts) and
 * never connects directly unless that is the answer. Follow no redirects through a proxy: the connection leads to one
 * server only.
 *
 * @param onSend called when connecting through a proxy has ended, or when none is needed: from then on, only the error
 *   says whether the request left. Not called if the signal aborts before.
 */
export async function systemFetch(
  input: string | URL | Request,
  init?: RequestInit,
  onSend: () => void = () => {},
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
  const socket = await openFor(url, signal, onSend);
  onSend();
  return socket === null ? fetch(input, init) : fetch(input, { ...init, dispatcher: dispatcherFor(socket) });
}

async function openFor(url: URL, signal: AbortSignal, onFailure: () => void): Promise<Socket | null> {
  // Other addresses, such as `data:`, need no connection.
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  try {
    return await connectThroughProxy(url, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    onFailure();
    throw new TypeError('fetch failed', { cause: error });
  }
}

/** Returns a dispatcher with this connection only. A second one would have to go another way. */
function dispatcherFor(socket: Socket): Dispatcher {
  const Agent = agentClass();
  let isUsed = false;
  return new Agent({
    connect: (_target, callback) => {
      if (isUsed) return callback(new Error('The connection has been used.'), null);
      isUsed = true;
      callback(null, socket);
    },
  });
}

/**
 * Returns the agent class of Node's own fetch. Node does not export it, but undici documents the symbol of the global
 * agent: https://undici.nodejs.org/#/docs/best-practices/undici-vs-builtin-fetch
 */
function agentClass(): AgentClass {
  // Accessed because Node loads its fetch on first use.
  void globalThis.Headers;
  const agent: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  const found: unknown = agent instanceof Object ? agent.constructor : null;
  if (!isAgentClass(found)) throw new Error("Node's fetch has no global agent.");
  return found;
}

function isAgentClass(value: unknown): value is AgentClass {
  return typeof value === 'function' && 'dispatch' in Object(value.prototype);
}
