// Node's fetch through the system's proxies, which Node itself ignores.
import type { Socket } from 'node:net';
import { connectThroughProxy } from './connect';
import { type Dispatcher, decodeResponse, withoutDecoding } from './decode-response';

type Connect = (
  target: unknown,
  callback: (...end: [error: Error, socket: null] | [error: null, socket: Socket]) => void,
) => void;
type AgentClass = new (options: { connect: Connect }) => Dispatcher;

/**
 * Like `fetch`, and with the same kinds of errors, including those of a damaged compressed body
 * (decode-response.ts). Asks for the route to each request's server (proxy-directory.ts) and never connects
 * directly unless the route says so. Do not follow redirects through a proxy, because the connection leads to one
 * server only.
 *
 * @param onSend called when connecting through a proxy has ended, or when none is needed. From then on, only the
 *   error shows whether the request was sent. Not called if the signal aborts before.
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
  let encoding = '';
  const dispatcher = withoutDecoding(socket === null ? globalAgent() : dispatcherFor(socket), (found) => {
    encoding = found;
  });
  return decodeResponse(await fetch(input, { ...init, dispatcher }), encoding);
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

/** Returns a dispatcher with only this connection, because a second one would have to take another route. */
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
 * Returns the agent of Node's own fetch. Node does not export it, but undici documents its symbol:
 * https://undici.nodejs.org/#/docs/best-practices/undici-vs-builtin-fetch
 */
function globalAgent(): Dispatcher {
  // Loads Node's fetch, which is loaded on first use.
  void globalThis.Headers;
  const agent: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  if (!isDispatcher(agent)) throw new Error("Node's fetch has no global agent.");
  return agent;
}

/** Returns the class of that agent. */
function agentClass(): AgentClass {
  const found: unknown = globalAgent().constructor;
  if (!isAgentClass(found)) throw new Error("The global agent of Node's fetch has no class.");
  return found;
}

function isDispatcher(value: unknown): value is Dispatcher {
  return value instanceof Object && 'dispatch' in value && typeof value.dispatch === 'function';
}

function isAgentClass(value: unknown): value is AgentClass {
  return typeof value === 'function' && 'dispatch' in Object(value.prototype);
}
