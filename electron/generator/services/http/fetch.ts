// Node's fetch through the system's proxy, which Node itself ignores.
import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';

/** Maximum time for a proxy to connect; the same as that of Node's fetch without one. */
const connectTimeoutMs = 10_000;

/** By origin, in Chromium's notation ("PROXY host:port; DIRECT"); `*` stands for every other origin. */
export type Proxies = Readonly<Record<string, string>>;

type Dispatcher = NonNullable<RequestInit['dispatcher']>;
type Target = { hostname: string; port: string; protocol: string; servername?: string | undefined };
type Connect = (
  target: Target,
  callback: (...end: [error: Error, socket: null] | [error: null, socket: Socket]) => void,
) => void;
type AgentClass = new (options: { connect: Connect }) => Dispatcher;

let proxies: Proxies = {};
const agents = new Map<string, Dispatcher>();

/** Sets the proxies of all further requests. */
export function setProxies(newProxies: Proxies): void {
  proxies = newProxies;
}

/** Like `fetch`, with the same errors. A proxy that is unreachable or refuses looks like a refused connection. */
export const systemFetch: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const proxy = isLoopback(url.hostname) ? null : readProxy(proxies[url.origin] ?? proxies['*'] ?? '');
  return proxy === null ? fetch(input, init) : fetch(input, { ...init, dispatcher: agentFor(proxy) });
};

type Proxy = { isSecure: boolean; host: string; port: number };

/**
 * Returns the first usable proxy; null for a direct connection. SOCKS is not supported.
 *
 * @param rules as from Electron's `session.resolveProxy`: https://www.electronjs.org/docs/latest/api/session.
 */
export function readProxy(rules: string): Proxy | null {
  for (const rule of rules.split(';')) {
    const [, kind, host, port] = /^\s*(DIRECT|PROXY|HTTPS)(?:\s+(\S+):(\d{1,5}))?\s*$/i.exec(rule) ?? [];
    if (kind?.toUpperCase() === 'DIRECT') return null;
    if (!kind || !host) continue;
    return { isSecure: kind.toUpperCase() === 'HTTPS', host: withoutBrackets(host), port: Number(port) };
  }
  return null;
}

/** Returns whether a host is this computer, for which no proxy is used. */
export function isLoopback(hostname: string): boolean {
  const host = withoutBrackets(hostname).toLowerCase();
  return (
    /^127(\.\d+){3}$/.test(host) || host === '::1' || host === 'localhost' || host.endsWith('.localhost')
  );
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function agentFor(proxy: Proxy): Dispatcher {
  const key = JSON.stringify(proxy);
  const existing = agents.get(key);
  if (existing) return existing;
  const Agent = agentClass();
  const agent = new Agent({ connect: connectThrough(proxy) });
  agents.set(key, agent);
  return agent;
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

/** Opens a tunnel through the proxy (RFC 9110, 9.3.6). Also for http, so that the proxy does not alter requests. */
function connectThrough(proxy: Proxy): Connect {
  return ({ hostname, port, protocol, servername }, callback) => {
    const target = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
    const { request } = proxy.isSecure ? https : http;
    let isOver = false;
    const fail = (error: Error) => {
      if (!isOver) callback(error, null);
      isOver = true;
    };
    const succeed = (socket: Socket) => {
      if (isOver) socket.destroy();
      else callback(null, socket);
      isOver = true;
    };
    const tunnel = request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
    });
    tunnel.setTimeout(connectTimeoutMs, () => tunnel.destroy(refused('did not answer in time')));
    tunnel.once('error', (error) => fail(Object.assign(error, { syscall: 'connect' })));
    tunnel.once('response', ({ statusCode }) => {
      tunnel.destroy();
      fail(refused(`answered ${statusCode}`));
    });
    tunnel.once('connect', ({ statusCode }, socket) => {
      tunnel.setTimeout(0);
      if (statusCode !== 200) {
        socket.destroy();
        return fail(refused(`answered ${statusCode}`));
      }
      if (protocol !== 'https:') return succeed(socket);
      const host = withoutBrackets(hostname);
      const name = servername || (isIP(host) === 0 ? host : undefined);
      const secure = tls.connect({
        socket,
        host,
        ALPNProtocols: ['http/1.1'],
        ...(name && { servername: name }),
      });
      secure.once('error', fail);
      secure.once('secureConnect', () => succeed(secure));
    });
    tunnel.end();
  };
}

/** The same codes as if the service itself were unreachable, because nothing has been sent. */
function refused(what: string): Error {
  return Object.assign(new Error(`The proxy ${what}.`), { code: 'ECONNREFUSED', syscall: 'connect' });
}
