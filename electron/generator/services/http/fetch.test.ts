// Requests through the system's proxies: no request takes a route that the rules do not permit.

import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Result, success, untranslatedFailure } from '../../../../shared/domain/errors';
import type { LoginQuestion, ProxyLogin } from '../../../../shared/generator/proxies';
import { holdTimeouts } from '../../../../tests/harness/hold-timeouts';
import { type ConnectProxy, startConnectProxy } from '../../../../tests/servers/connect-proxy';
import { listen } from '../../../../tests/servers/listen';
import { selfSigned } from '../../../../tests/servers/self-signed';
import { type SocksProxy, startSocksProxy } from '../../../../tests/servers/socks-proxy';
import { explainConnectionError, isRetryableConnectError } from '../failures';
import { systemFetch } from './fetch';
import { connectTimeoutMs } from './open-socket';
import { useProxyDirectory, withoutQuestions } from './proxy-directory';
import { requestBytes } from './request-bytes';

let server: http.Server;
let proxy: ConnectProxy;
let socks: SocksProxy;
let serverPort: number;
let requests: string[];
/** The user's answers, in order. */
let logins: (ProxyLogin | null)[];
let questions: LoginQuestion[];

/** Returns a port on which nothing listens. */
async function closedPort(): Promise<number> {
  const { port, close } = await startConnectProxy(serverPort);
  await close();
  return port;
}

function useRules(rules: (origin: string) => Result<string>): void {
  useProxyDirectory({
    find: async (origin) => rules(origin),
    logIn: async (question) => {
      questions.push(question);
      return logins.shift() ?? null;
    },
  });
}

beforeEach(async () => {
  requests = [];
  logins = [];
  questions = [];
  server = http.createServer((request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    if (request.url === '/moved') response.writeHead(302, { location: 'http://elsewhere.test/' }).end();
    else if (request.url === '/broken') request.socket.destroy();
    else if (request.url === '/compressed')
      response.writeHead(200, { 'content-encoding': 'gzip', 'x-id': '7' }).end(gzipSync('decoded'));
    else request.pipe(response.writeHead(200, { 'x-host': request.headers.host ?? '' }));
  });
  serverPort = await listen(server);
  proxy = await startConnectProxy(serverPort);
  socks = await startSocksProxy(serverPort);
  useRules(() => success(`PROXY 127.0.0.1:${proxy.port}`));
});

afterEach(async () => {
  useProxyDirectory(null);
  await proxy.close();
  await socks.close();
  server.closeAllConnections();
  server.close();
});

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  const exchange = {
    wasSent: true,
    hasLeft: false,
    status: null,
    isJsonResponse: false,
    retryAfterMs: null,
    error: null,
  };
  const { code, message, costMicroUsd } = explainConnectionError(error, exchange, 1000, {
    ...{ kind: 'openai', baseUrl: null },
  });
  return { code, message, costMicroUsd, isRetryable: isRetryableConnectError(error) };
}

const signal = () => new AbortController().signal;

test('sends a request through the proxy and returns the whole response', async () => {
  const body = 'x'.repeat(10_000_000);
  const response = await systemFetch('http://provider.test/v1', { method: 'POST', body });
  expect(await response.text()).toBe(body);
  expect(response.headers.get('x-host')).toBe('provider.test');
  expect(proxy.targets).toEqual(['provider.test:80']);
});

test.each([
  ['SOCKS5', '5'],
  ['SOCKS', '4'],
])('sends requests of both clients through a %s proxy, which resolves the name', async (kind, version) => {
  useRules(() => success(`${kind} 127.0.0.1:${socks.port}`));
  const body = 'x'.repeat(1_000_000);
  const response = await systemFetch('http://provider.test:81/v1', { method: 'POST', body });
  expect(await response.text()).toBe(body);
  const url = new URL('http://provider.test:82/v2');
  const { bytes } = await requestBytes(url, { method: 'POST', body, signal: signal(), maxBytes: 2_000_000 });
  expect(bytes.toString()).toBe(body);
  expect(socks.targets).toEqual([`${version} provider.test:81`, `${version} provider.test:82`]);
});

test('sends a request of the second client through the proxy', async () => {
  const url = new URL('http://provider.test/v1?a=b');
  const { status } = await requestBytes(url, { signal: signal(), maxBytes: 1000 });
  expect(status).toBe(200);
  expect(proxy.targets).toEqual(['provider.test:80']);
  expect(requests).toEqual(['provider.test/v1?a=b']);
});

/** Starts a server with a certificate, and a proxy to it. */
async function startSecured() {
  const secured = https.createServer(selfSigned, (request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    request.pipe(response);
  });
  const port = await listen(secured);
  const leading = await startConnectProxy(port);
  const byNames = await startSocksProxy(port);
  useRules(() => success(`PROXY 127.0.0.1:${leading.port}`));
  return {
    byNames,
    async close() {
      await leading.close();
      await byNames.close();
      secured.closeAllConnections();
      secured.close();
    },
  };
}

test.each(['CONNECT', 'SOCKS5'])('encrypts the connection to the server through a %s proxy', async (kind) => {
  const secured = await startSecured();
  if (kind === 'SOCKS5') useRules(() => success(`SOCKS5 127.0.0.1:${secured.byNames.port}`));
  // The certificate is checked in another test, because Node 20 cannot add an authority at run time.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const body = 'x'.repeat(1_000_000);
  const response = await systemFetch('https://provider.test/v1', { method: 'POST', body });
  expect(await response.text()).toBe(body);
  const url = new URL('https://provider.test/v2');
  const { bytes } = await requestBytes(url, { method: 'POST', body, signal: signal(), maxBytes: 2_000_000 });
  expect(bytes.toString()).toBe(body);
  expect(requests).toEqual(['provider.test/v1', 'provider.test/v2']);
  vi.unstubAllEnvs();
  await secured.close();
});

test('asks for the route to each server without its path', async () => {
  const asked: string[] = [];
  useRules((origin) => {
    asked.push(origin);
    return success(origin.includes('one') ? `PROXY 127.0.0.1:${proxy.port}` : 'DIRECT');
  });
  await (await systemFetch('http://one.test/a?key=secret')).text();
  await (await systemFetch(`http://127.0.0.1:${serverPort}/b`)).text();
  expect(asked).toEqual(['http://one.test', `http://127.0.0.1:${serverPort}`]);
  expect(proxy.targets).toEqual(['one.test:80']);
});

test.each(['a proxy', 'a direct connection'])('decodes a compressed response by %s', async (way) => {
  if (way !== 'a proxy') useRules(() => success('DIRECT'));
  const response = await systemFetch(`http://127.0.0.1:${serverPort}/compressed`);
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('x-id')).toBe('7');
  expect(await response.text()).toBe('decoded');
});

test('does not follow a redirect in manual mode', async () => {
  const response = await systemFetch('http://provider.test/moved', { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(proxy.targets).toEqual(['provider.test:80']);
});

test('fails a followed redirect instead of opening a second connection', async () => {
  await expect(systemFetch('http://provider.test/moved')).rejects.toThrow();
  expect(proxy.targets).toEqual(['provider.test:80']);
});

describe('the rules', () => {
  test('lead to the next proxy, or to a direct connection, only if they list it and a proxy is unreachable', async () => {
    const closed = await closedPort();
    useRules(() =>
      success(`PROXY 127.0.0.1:${closed}; SOCKS5 127.0.0.1:${closed}; PROXY 127.0.0.1:${proxy.port}`),
    );
    await (await systemFetch('http://provider.test/')).text();
    expect(proxy.targets).toEqual(['provider.test:80']);
    useRules(() => success(`PROXY 127.0.0.1:${closed}; DIRECT`));
    expect((await systemFetch(`http://127.0.0.1:${serverPort}/`)).status).toBe(200);
  });

  test.each([
    ['an unreachable proxy', (closed: number) => success(`PROXY 127.0.0.1:${closed}`), true],
    ['an unreachable TLS proxy', (closed: number) => success(`HTTPS 127.0.0.1:${closed}`), true],
    ['an unreachable SOCKS proxy', (closed: number) => success(`SOCKS5 127.0.0.1:${closed}`), true],
    ['an unknown kind', () => success('QUIC 127.0.0.1:443; DIRECT'), false],
    ['an impossible port', () => success('PROXY 127.0.0.1:99999; DIRECT'), false],
    ['nonsense', () => success('nonsense'), false],
    ['nothing', () => success(''), false],
    [
      'an unknown answer',
      () => untranslatedFailure('unreachable', 'The proxy settings could not be read.'),
      true,
    ],
  ])('never lead to a direct connection with %s', async (_name, rules, isRetryable) => {
    const closed = await closedPort();
    useRules(() => rules(closed));
    const url = `http://127.0.0.1:${serverPort}/`;
    const failures = [
      await failureOf(systemFetch(url)),
      await failureOf(
        requestBytes(new URL(url), { signal: signal(), maxBytes: 1000 }).catch((error: unknown) => {
          throw new TypeError('fetch failed', { cause: error });
        }),
      ),
    ];
    for (const failed of failures) {
      expect(failed).toMatchObject({ code: 'unreachable', costMicroUsd: null, isRetryable });
      expect(failed.message).toMatch(/proxy/);
    }
    expect(requests).toEqual([]);
  });
});

describe('a failure', () => {
  test.each([
    [403, false],
    [405, false],
    [502, true],
  ])('of a proxy that answers %d shows that nothing was sent', async (status, isRetryable) => {
    proxy.refuseWith(status);
    useRules(() => success(`PROXY 127.0.0.1:${proxy.port}; DIRECT`));
    expect(await failureOf(systemFetch(`http://127.0.0.1:${serverPort}/`))).toMatchObject({
      code: 'unreachable',
      costMicroUsd: null,
      message: expect.stringContaining(`status ${status}`),
      isRetryable,
    });
    expect(requests).toEqual([]);
  });

  test.each([
    ['refuses by a rule', 'SOCKS5', [5, 0], [5, 2, 0, 1], /refused the connection with status 2,/, false],
    ['reaches no server', 'SOCKS5', [5, 0], [5, 4, 0, 1], /refused the connection with status 4,/, true],
    ['requires a login', 'SOCKS5', [5, 2], [], /requires a sign-in method/, false],
    ['accepts no way to sign in', 'SOCKS5', [5, 255], [], /requires a sign-in method/, false],
    ['refuses', 'SOCKS', [0, 91, 0, 0, 0, 0, 0, 0], [], /refused the connection with status 91,/, true],
    ['asks who the user is', 'SOCKS', [0, 93, 0, 0, 0, 0, 0, 0], [], /refused .* status 93,/, false],
  ])(
    'of a SOCKS proxy that %s is not gone around, and nothing was sent: %s',
    async (_what, kind, first, second, message, isRetryable) => {
      const answers = [first, second];
      const refusing = createServer((socket) => {
        socket.on('data', () => socket.write(Buffer.from(answers.shift() ?? [])));
      });
      const port = await listen(refusing);
      useRules(() => success(`${kind} 127.0.0.1:${port}; DIRECT`));
      expect(await failureOf(systemFetch(`http://127.0.0.1:${serverPort}/`))).toMatchObject({
        ...{ code: 'unreachable', costMicroUsd: null, isRetryable },
        message: expect.stringMatching(message),
      });
      expect(requests).toEqual([]);
      refusing.close();
    },
  );

  test.each(['SOCKS5', 'SOCKS'])('of a %s proxy that never answers comes after a timeout', async (kind) => {
    const silent = createServer();
    const greeted = new Promise<void>((resolve) => {
      silent.once('connection', (socket) => socket.once('data', () => resolve()));
    });
    const port = await listen(silent);
    useRules(() => success(`${kind} 127.0.0.1:${port}`));
    const pass = holdTimeouts();
    const failed = failureOf(systemFetch('http://provider.test/'));
    await greeted;
    pass(connectTimeoutMs);
    expect(await failed).toMatchObject({
      ...{ code: 'unreachable', costMicroUsd: null, isRetryable: true },
      message: expect.stringContaining(`The proxy 127.0.0.1:${port} could not be reached`),
    });
    silent.close();
  });

  test('of a certificate shows that nothing was sent', async () => {
    const secured = await startSecured();
    const failed = await failureOf(systemFetch(`https://provider.test/`));
    expect(failed).toMatchObject({ code: 'unreachable', costMicroUsd: null, isRetryable: false });
    expect(failed.message).toMatch(/certificate is from no known authority/);
    expect(requests).toEqual([]);
    await secured.close();
  });

  test('of a server that ends the TLS handshake shows that nothing was sent', async () => {
    expect(await failureOf(systemFetch('https://provider.test/'))).toMatchObject({
      code: 'unreachable',
      costMicroUsd: null,
    });
    expect(proxy.targets).toEqual(['provider.test:443']);
    expect(requests).toEqual([]);
  });

  test('of a connection after the request was sent may have been charged', async () => {
    expect(await failureOf(systemFetch('http://provider.test/broken'))).toMatchObject({
      code: 'connection_lost',
      costMicroUsd: 1000,
      isRetryable: false,
    });
  });

  test('by an abort is immediate, even while the route is unknown', async () => {
    const controller = new AbortController();
    useProxyDirectory({ find: () => new Promise(() => {}), logIn: async () => null });
    let hasSent = false;
    const fetching = systemFetch('http://provider.test/', { signal: controller.signal }, () => {
      hasSent = true;
    });
    controller.abort();
    await expect(fetching).rejects.toThrow(/abort/i);
    expect(hasSent).toBe(false);
  });
});

describe('a proxy that requires a login', () => {
  const right = { username: 'eva', password: 'sécret:1' };
  const wrong = { username: 'eva', password: 'wrong' };

  beforeEach(() => proxy.requireLogin('eva:sécret:1'));

  test('receives it, reports a rejected one, and asks once for several requests', async () => {
    logins = [wrong, right];
    const response = await systemFetch('http://provider.test/', { method: 'POST', body: 'a' });
    expect(await response.text()).toBe('a');
    expect(questions).toEqual([
      { proxy: `127.0.0.1:${proxy.port}`, realm: 'Office', refused: null, mayAsk: true },
      { proxy: `127.0.0.1:${proxy.port}`, realm: 'Office', refused: wrong, mayAsk: true },
    ]);
    expect(proxy.logins).toEqual([null, 'eva:wrong', 'eva:sécret:1']);
    // The accepted login is sent at once.
    await (await systemFetch('http://other.test/')).text();
    expect(proxy.logins.slice(3)).toEqual(['eva:sécret:1']);
    expect(requests).toEqual(['provider.test/', 'other.test/']);
  });

  test('does not receive the old login again after rejecting it', async () => {
    logins = [right];
    await (await systemFetch('http://provider.test/')).text();
    proxy.requireLogin('eva:changed');
    await failureOf(systemFetch('http://provider.test/'));
    await failureOf(systemFetch('http://provider.test/'));
    expect(proxy.logins).toEqual([null, 'eva:sécret:1', 'eva:sécret:1', null]);
  });

  test('fails the request if there is none, and is not bypassed', async () => {
    useRules(() => success(`PROXY 127.0.0.1:${proxy.port}; DIRECT`));
    const failed = await failureOf(systemFetch(`http://127.0.0.1:${serverPort}/`));
    expect(failed).toMatchObject({ code: 'unreachable', costMicroUsd: null, isRetryable: false });
    expect(failed.message).toMatch(/requires a user name and a password/);
    expect(requests).toEqual([]);
  });

  test.each([[['NTLM', 'Negotiate']], [['Digest realm="basic"']], [[]]])(
    'fails the request if it accepts none of ours but %j',
    async (challenges) => {
      proxy.requireLogin('x', challenges);
      const failed = await failureOf(systemFetch('http://provider.test/'));
      expect(failed.message).toMatch(/does not support/);
      expect(failed.isRetryable).toBe(false);
      expect(questions).toEqual([]);
    },
  );

  test('is supported beside other authentication schemes', async () => {
    proxy.requireLogin('eva:sécret:1', ['NTLM', 'Digest realm="a, basic", nonce="x"', 'basic']);
    logins = [right];
    expect((await systemFetch('http://provider.test/')).status).toBe(200);
    expect(questions).toMatchObject([{ realm: '' }]);
  });

  test('does not make a prefetch ask for a login', async () => {
    await withoutQuestions(() => failureOf(systemFetch('http://provider.test/')));
    expect(questions).toMatchObject([{ mayAsk: false }]);
  });
});
