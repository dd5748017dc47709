// Node's fetch, by way of the system's proxy where there is one: Node itself does not ask the system.
import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';

/** How long a proxy may take to reach the other side, in milliseconds; as long as Node's fetch waits by itself. */
const connectTimeoutMs = 10_000;

/** By origin, as Chromium writes them ("PROXY host:port; DIRECT"); `*` for an origin that is not there. */
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

/** From now on requests go by these. */
export function setProxies(known: Proxies): void {
  proxies = known;
}

/** As `fetch`, with the same errors: a proxy that is not there, or says no, is a connection that was refused. */
export const systemFetch: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const proxy = isLoopback(url.hostname) ? null : readProxy(proxies[url.origin] ?? proxies['*'] ?? '');
  return proxy === null ? fetch(input, init) : fetch(input, { ...init, dispatcher: agentFor(proxy) });
};

type Proxy = { isSecure: boolean; host: string; port: number };

/**
 * @param rules as of Electron's `session.resolveProxy`: https://www.electronjs.org/docs/latest/api/session.
 * @returns the first proxy that we can use; null for a direct connection. SOCKS is not spoken here.
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

/** What is on this computer is never asked for by way of another one. */
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
  const name = JSON.stringify(proxy);
  const known = agents.get(name);
  if (known) return known;
  const Agent = agentClass();
  const agent = new Agent({ connect: connectThrough(proxy) });
  agents.set(name, agent);
  return agent;
}

/**
 * The class of the agent that Node's own fetch uses. Node exports it nowhere, but its global one is found under a
 * name that undici documents for others to set it: https://undici.nodejs.org/#/docs/best-practices/undici-vs-builtin-fetch
 */
function agentClass(): AgentClass {
  // Touched, since Node loads its fetch at the first use.
  void globalThis.Headers;
  const agent: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  const found: unknown = agent instanceof Object ? agent.constructor : null;
  if (!isAgentClass(found)) throw new Error("Node's fetch has no agent where it is looked for.");
  return found;
}

function isAgentClass(value: unknown): value is AgentClass {
  return typeof value === 'function' && 'dispatch' in Object(value.prototype);
}

/** A tunnel through the proxy (RFC 9110, 9.3.6), also for http: then the proxy changes nothing in a request. */
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
    const asked = request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
    });
    asked.setTimeout(connectTimeoutMs, () => asked.destroy(refused('did not answer in time')));
    asked.once('error', (error) => fail(Object.assign(error, { syscall: 'connect' })));
    asked.once('response', ({ statusCode }) => {
      asked.destroy();
      fail(refused(`answered ${statusCode}`));
    });
    asked.once('connect', ({ statusCode }, socket) => {
      asked.setTimeout(0);
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
    asked.end();
  };
}

/** As when the provider itself cannot be reached: nothing has been sent. */
function refused(what: string): Error {
  return Object.assign(new Error(`The proxy ${what}.`), { code: 'ECONNREFUSED', syscall: 'connect' });
}
