// Downloads of pictures to which a service links, and the addresses that are refused.
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { success } from '../../../../shared/domain/errors';
import { holdTimeouts } from '../../../../tests/harness/hold-timeouts';
import { startConnectProxy } from '../../../../tests/servers/connect-proxy';
import { startLoopback } from '../../../../tests/servers/loopback';
import { downloadPicture } from './download-picture';
import { useProxyDirectory } from './proxy-directory';

const bytes = Uint8Array.of(1, 2, 3, 4);
let ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

async function startFiles() {
  const paths: string[] = [];
  const server = await startLoopback(({ path, headers }) => {
    paths.push(path);
    expect(headers.authorization).toBeUndefined();
    const to = new URLSearchParams(path.split('?')[1]).get('to');
    const ok = { status: 200, contentType: 'image/png', bytes };
    if (to !== null) return { body: { ...ok, status: 302, headers: { Location: to } } };
    if (path === '/gone') return { body: { ...ok, status: 404 } };
    if (path === '/breaks') return { body: ok, mishap: { kind: 'reset', when: 'midway' } };
    return { body: ok };
  });
  ends.push(server.close);
  return { origin: server.origin, paths };
}

const signal = new AbortController().signal;
const fetchFrom = (url: string, more: { allowPrivate?: boolean; maxBytes?: number } = {}) =>
  downloadPicture({ url, allowPrivate: true, signal, costMicroUsd: 5, ...more });

it('returns the bytes unchanged, also after redirects', async () => {
  const { origin, paths } = await startFiles();
  const fetched = await fetchFrom(`${origin}/a?to=${encodeURIComponent('/b?to=/c')}`);
  expect(fetched.ok && [...fetched.bytes]).toEqual([...bytes]);
  expect(paths).toHaveLength(3);
});

it.each([
  ['of this computer', (origin: string) => `${origin}/x`],
  ['of this computer, as IPv6', (origin: string) => origin.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
  ['of this computer, as a number', (origin: string) => origin.replace('127.0.0.1', '2130706433')],
  ['of this computer, by name', (origin: string) => origin.replace('127.0.0.1', 'localhost')],
])('refuses an address %s if the service is elsewhere', async (_name, at) => {
  const { origin, paths } = await startFiles();
  const fetched = await fetchFrom(at(origin), { allowPrivate: false });
  expect(fetched).toMatchObject({ code: 'bad_picture_address', costMicroUsd: 5 });
  expect(paths).toEqual([]);
});

it.each([
  ['a file', 'file:///etc/passwd'],
  ['nothing', ''],
  ['no address', 'http://'],
])('refuses %s as an address', async (_name, url) => {
  expect(await fetchFrom(url)).toMatchObject({ code: 'bad_picture_address', costMicroUsd: 5 });
  const { origin } = await startFiles();
  expect(await fetchFrom(`${origin}/a?to=${encodeURIComponent(url || 'about:blank')}`)).toMatchObject({
    code: 'bad_picture_address',
  });
});

it.each([
  'http://127.0.0.1:8188/view',
  'http://[::1]/x',
  'http://169.254.169.254/latest/meta-data',
  'http://10.0.0.1/x',
  'http://2130706433/x',
])('refuses a redirect from a public address to %s', async (to) => {
  const { origin, paths } = await startFiles();
  // Only a proxy can resolve the public name.
  const proxy = await startConnectProxy(Number(new URL(origin).port));
  ends.push(proxy.close);
  useProxyDirectory({
    find: async () => success(`PROXY 127.0.0.1:${proxy.port}`),
    logIn: async () => null,
  });
  const at = `http://pictures.test/a?to=${encodeURIComponent(to)}`;
  const fetched = await fetchFrom(at, { allowPrivate: false });
  useProxyDirectory(null);
  expect(fetched).toMatchObject({ code: 'bad_picture_address', costMicroUsd: 5 });
  expect(paths).toHaveLength(1);
  expect(proxy.targets).toEqual(['pictures.test:80']);
});

it('gives up after its maximum time, and not before', async () => {
  let onReceived = () => {};
  const received = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  const server = await startLoopback(() => {
    onReceived();
    return { body: { status: 200, contentType: 'image/png', bytes }, mishap: { kind: 'drip' } };
  });
  ends.push(server.close);
  const pass = holdTimeouts();
  const ended = vi.fn();
  const fetched = downloadPicture({
    ...{ url: `${server.origin}/x`, allowPrivate: true, signal, costMicroUsd: 5, maxMs: 200 },
  }).finally(ended);
  await received;
  pass(199);
  await setImmediate();
  expect(ended).not.toHaveBeenCalled();
  pass(1);
  expect(await fetched).toMatchObject({ code: 'connection_lost', costMicroUsd: 5 });
});

it('stops after three redirects', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(302, { Location: '/again' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  expect(await fetchFrom(`http://127.0.0.1:${address.port}/`)).toMatchObject({ code: 'bad_picture_address' });
  expect(asked).toBe(4);
});

it.each([
  ['/gone', 'bad_picture_address'],
  ['/breaks', 'connection_lost'],
])('warns of a possible charge if the download fails: %s', async (path, code) => {
  const { origin } = await startFiles();
  const fetched = await fetchFrom(`${origin}${path}`);
  expect(fetched).toMatchObject({
    code,
    costMicroUsd: 5,
    message: expect.stringMatching(/already have been charged/),
  });
});

it('rejects a picture over the maximum size', async () => {
  const { origin } = await startFiles();
  expect(await fetchFrom(`${origin}/x`, { maxBytes: 4 })).toMatchObject({ ok: true });
  expect(await fetchFrom(`${origin}/x`, { maxBytes: 3 })).toMatchObject({ code: 'picture_too_large' });
});
