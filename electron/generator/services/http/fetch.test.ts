// Requests through the system's proxy.
import { once } from 'node:events';
import http from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectProxy, startConnectProxy } from '../../../../tests/servers/connect-proxy';
import { explainConnectionError, isRetryableConnectError } from '../failures';
import { isLoopback, readProxy, setProxies, systemFetch } from './fetch';

let server: http.Server;
let proxy: ConnectProxy;
let serverPort: number;

beforeEach(async () => {
  server = http.createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://elsewhere.test/' }).end();
    else if (request.url === '/broken') request.socket.destroy();
    else request.pipe(response.writeHead(200, { 'x-host': request.headers.host ?? '' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  serverPort = address !== null && typeof address === 'object' ? address.port : 0;
  proxy = await startConnectProxy(serverPort);
  setProxies({ '*': `PROXY 127.0.0.1:${proxy.port}` });
});

afterEach(async () => {
  setProxies({});
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  const exchange = { sent: true, left: false, status: null, isJsonResponse: false, retryAfterMs: null };
  return {
    code: explainConnectionError(error, exchange, 1000).code,
    isRetryableConnectError: isRetryableConnectError(error),
  };
}

test('sends a request through the proxy and returns the whole response', async () => {
  const body = 'x'.repeat(200_000);
  const response = await systemFetch('http://provider.test/v1', { method: 'POST', body });
  expect(await response.text()).toBe(body);
  expect(response.headers.get('x-host')).toBe('provider.test');
  expect(proxy.targets).toEqual(['provider.test:80']);
});

test('uses the proxy of each origin, or none', async () => {
  setProxies({ 'http://one.test': `PROXY 127.0.0.1:${proxy.port}; DIRECT`, 'http://two.test': 'DIRECT' });
  await (await systemFetch('http://one.test/')).text();
  await expect(systemFetch('http://two.test/')).rejects.toThrow();
  await expect(systemFetch('http://three.test/')).rejects.toThrow();
  expect(proxy.targets).toEqual(['one.test:80']);
});

test('uses no proxy for this computer', async () => {
  const response = await systemFetch(`http://127.0.0.1:${serverPort}/`);
  expect(response.status).toBe(200);
  expect(proxy.targets).toEqual([]);
});

test('does not follow a redirect in manual mode', async () => {
  const response = await systemFetch('http://provider.test/moved', { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(proxy.targets).toEqual(['provider.test:80']);
});

describe('a failure', () => {
  test('of an unreachable proxy means that nothing was sent', async () => {
    const { port } = proxy;
    await proxy.close();
    setProxies({ '*': `PROXY 127.0.0.1:${port}` });
    const broken = await failureOf(systemFetch('http://provider.test/'));
    proxy = await startConnectProxy(serverPort);
    expect(broken).toEqual({ code: 'unreachable', isRetryableConnectError: true });
  });

  test.each([403, 407, 502])('of a proxy that answers %d means that nothing was sent', async (status) => {
    proxy.refuseWith(status);
    expect(await failureOf(systemFetch('http://provider.test/'))).toEqual({
      code: 'unreachable',
      isRetryableConnectError: true,
    });
  });

  test('of a connection after the request means a possible charge', async () => {
    expect(await failureOf(systemFetch('http://provider.test/broken'))).toEqual({
      code: 'connection_lost',
      isRetryableConnectError: false,
    });
  });

  test('by an abort is immediate', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(systemFetch('http://provider.test/', { signal: controller.signal })).rejects.toThrow(
      /abort/i,
    );
  });
});

test.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.test:8080', { isSecure: false, host: 'proxy.test', port: 8080 }],
  ['PROXY [2001:db8::1]:3128; DIRECT', { isSecure: false, host: '2001:db8::1', port: 3128 }],
  ['HTTPS proxy.test:443', { isSecure: true, host: 'proxy.test', port: 443 }],
  ['SOCKS5 proxy.test:1080; PROXY other.test:80', { isSecure: false, host: 'other.test', port: 80 }],
  ['SOCKS5 proxy.test:1080', null],
  ['nonsense', null],
])('parses %j', (rules, wanted) => {
  expect(readProxy(rules)).toEqual(wanted);
});

test.each(['127.0.0.1', '127.9.9.9', '[::1]', '::1', 'localhost', 'LOCALHOST', 'a.localhost'])(
  '%s is this computer',
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each(['127.0.0.1.example.com', 'localhost.example.com', '128.0.0.1', 'notlocalhost'])(
  '%s is not this computer',
  (host) => expect(isLoopback(host)).toBe(false),
);
