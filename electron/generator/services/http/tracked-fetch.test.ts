// The record of a tracked fetch, and the maximum size of responses, which no real server exceeds.
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startLoopback } from '../../../../tests/servers/loopback';
import { explainConnectionError } from '../failures';
import { ResponseTooLargeError } from './request-bytes';
import { notSent, trackedFetch } from './tracked-fetch';

const tenBytes = 'data:application/json,0123456789';

test('reads a response up to the limit and rejects a longer one', async () => {
  const whole = await trackedFetch({ ...notSent }, { maxBytes: 10 })(tenBytes);
  expect(await whole.text()).toBe('0123456789');
  const exchange = { ...notSent };
  const cut = await trackedFetch(exchange, { maxBytes: 9 })(tenBytes);
  expect(exchange).toMatchObject({ wasSent: true, status: 200, isJsonResponse: true });
  await expect(cut.text()).rejects.toBeInstanceOf(ResponseTooLargeError);
});

test.each([200, 500])('counts the decompressed bytes of a body of status %i', async (status) => {
  const bytes = gzipSync(Buffer.alloc(8_000_000, ' '));
  expect(bytes.length).toBeLessThan(10_000);
  const server = await startLoopback(() => ({
    body: { status, contentType: 'application/json', bytes, headers: { 'Content-Encoding': 'gzip' } },
  }));
  onTestFinished(() => server.close());
  const cut = await trackedFetch({ ...notSent }, { maxBytes: 1_000_000 })(server.origin);
  await expect(cut.text()).rejects.toBeInstanceOf(ResponseTooLargeError);
  const whole = await trackedFetch({ ...notSent }, { maxBytes: 8_000_000 })(server.origin);
  expect((await whole.text()).length).toBe(8_000_000);
});

/** Listens, and destroys each connection once it has received something. @returns its port */
async function startBreakingServer(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.resetAndDestroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test.each([
  ['over http, once the connection was made', 'http', true],
  ['over https, if the handshake was broken off', 'https', false],
] as const)('notices whether a request left %s', async (_when, protocol, left) => {
  const port = await startBreakingServer();
  const exchanges = [{ ...notSent }, { ...notSent }];
  const requests = exchanges.map((exchange) => trackedFetch(exchange)(`${protocol}://127.0.0.1:${port}/`));
  for (const { status } of await Promise.allSettled(requests)) expect(status).toBe('rejected');
  expect(exchanges.map((exchange) => exchange.hasLeft)).toEqual([left, left]);
});

test('does not count a request as sent if no server was found', async () => {
  const port = await startBreakingServer();
  const exchange = { ...notSent };
  await expect(trackedFetch(exchange)(`http://127.0.0.2:${port}/`)).rejects.toThrow();
  expect(exchange).toMatchObject({ wasSent: true, hasLeft: false });
});

test.each(['ERR_SSL_BAD_RECORD_MAC', 'EPROTO', 'ECONNREFUSED', 'EPERM', undefined])(
  'the error code %s says that nothing left only if nothing was seen to leave',
  (code) => {
    const error = new TypeError('fetch failed', { cause: { code } });
    const explain = (left: boolean) =>
      explainConnectionError(error, { ...notSent, wasSent: true, hasLeft: left }, 5, {
        kind: 'openai',
        baseUrl: null,
      });
    expect(explain(true)).toMatchObject({ code: 'connection_lost', costMicroUsd: 5 });
    expect(explain(false)).toMatchObject({ code: 'unreachable', costMicroUsd: null });
  },
);
