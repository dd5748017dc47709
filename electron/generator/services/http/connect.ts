// Opens a request's connection according to the system's proxy rules, directly only if they permit it.

import type { Socket } from 'node:net';
import { failure } from '../../../../shared/domain/errors';
import { sentence } from '../../../../shared/languages/sentence';
import { ProxyError } from '../proxy-error';
import { openHttpTunnel } from './http-tunnel';
import { connectTimeoutMs, openSocket, secure, timedOut } from './open-socket';
import { proxyDirectory } from './proxy-directory';
import { nameOf, type ProxyServer, type Route, readProxyRules, withoutBrackets } from './proxy-rules';
import { connectBySocks4, connectBySocks5, SocksRefusal } from './socks';

/**
 * Returns a connection to a server through a proxy, with TLS for https; null if the rules permit a direct connection,
 * which the caller opens.
 *
 * @throws ProxyError if no permitted way works, or the TLS error of the server. Nothing has been sent.
 */
export async function connectThroughProxy(url: URL, signal: AbortSignal): Promise<Socket | null> {
  const found = await unlessAborted(proxyDirectory().find(url.origin), signal);
  if (!found.ok) throw new ProxyError(found, true);
  const ways = readProxyRules(found.value);
  let problem = new ProxyError(failure('unreachable', sentence('services.proxy_permits_nothing')));
  for (const way of ways) {
    // A proxy that is not supported must not be bypassed.
    if (way.kind === 'unsupported') throw unsupported(way.rule);
    if (way.kind === 'direct') return null;
    const socket = await tunnelThrough(way, url, signal);
    if (socket instanceof ProxyError) problem = socket;
    else {
      endWith(signal, socket);
      return url.protocol === 'https:' ? await secure(socket, url.hostname, signal) : socket;
    }
  }
  throw problem;
}

/**
 * Opens a tunnel through a proxy. Returns the error if the proxy is unreachable; the next route of the rules is
 * then tried, as in browsers.
 *
 * @throws ProxyError if the proxy itself refuses.
 */
async function tunnelThrough(
  proxy: ProxyServer,
  url: URL,
  signal: AbortSignal,
): Promise<Socket | ProxyError> {
  const host = withoutBrackets(url.hostname);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  try {
    if (proxy.kind === 'http' || proxy.kind === 'https') {
      return await unlessAborted(openHttpTunnel(proxy, `${url.hostname}:${port}`, signal), signal);
    }
    const socket = await openSocket(proxy.host, proxy.port, signal);
    // A proxy may accept the connection and never answer.
    const timer = setTimeout(() => socket.destroy(timedOut()), connectTimeoutMs);
    try {
      const connect = proxy.kind === 'socks5' ? connectBySocks5 : connectBySocks4;
      await connect(socket, host, port);
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  } catch (error) {
    if (signal.aborted || error instanceof ProxyError) throw error;
    if (error instanceof SocksRefusal) throw refused(nameOf(proxy), error);
    return unreachable(proxy);
  }
}

/** Closes a connection that its request never takes over. */
function endWith(signal: AbortSignal, socket: Socket): void {
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
  if (signal.aborted) onAbort();
}

function unreachable(proxy: ProxyServer): ProxyError {
  return new ProxyError(
    failure('unreachable', sentence('services.proxy_unreachable', { proxy: nameOf(proxy) })),
    true,
  );
}

function refused(proxy: string, { status, isTemporary }: SocksRefusal): ProxyError {
  return new ProxyError(
    failure(
      'unreachable',
      status === null
        ? sentence('services.proxy_sign_in_unknown', { proxy })
        : sentence('services.proxy_refused', { proxy, status: String(status) }),
    ),
    isTemporary,
  );
}

function unsupported(rule: Extract<Route, { kind: 'unsupported' }>['rule']): ProxyError {
  const shown = rule.replace(/[^\x20-\x7e]/g, ' ').slice(0, 100);
  return new ProxyError(failure('unreachable', sentence('services.proxy_unsupported', { rule: shown })));
}

/** Rejects as soon as the signal aborts, because the user may take minutes to enter a proxy's login. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new DOMException('Aborted.', 'AbortError'));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
