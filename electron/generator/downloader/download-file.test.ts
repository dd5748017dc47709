import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { WantedFile } from '../../../shared/generator/downloader-messages';
import { mountSmallDisk } from '../../../tests/harness/small-disk';
import { startConnectProxy } from '../../../tests/servers/connect-proxy';
import { type DownloadServer, sha256Of, startDownloadServer } from '../../../tests/servers/downloads';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { useProxyDirectory } from '../services/http/proxy-directory';
import { type DownloadOptions, downloadFile } from './download-file';

const content = randomBytes(600_000);
const sha256 = sha256Of(content);
const timing = { stallMs: 300, pausesMs: [0, 1, 1], minFreeBytes: 0 };

let server: DownloadServer;
let folder: string;
let part: string;
let url: string;

beforeEach(async () => {
  server = await startDownloadServer();
  const temporary = temporaryFolder();
  folder = temporary.folder;
  part = path.join(folder, 'a', '0.part');
  url = server.serve('/model.gguf', content);
  onTestFinished(temporary.remove);
});
afterEach(() => server.close());

function download(changes: Partial<WantedFile> = {}, options: Partial<DownloadOptions> = {}) {
  const wanted = { name: 'm', urls: [url], bytes: content.length, sha256, unpack: null, copies: [] };
  return downloadFile(
    { ...wanted, ...changes },
    {
      part,
      allowLoopback: true,
      signal: new AbortController().signal,
      timing,
      onProgress: () => {},
      onChecking: () => {},
      ...options,
    },
  );
}

function writePart(bytes: Uint8Array): void {
  mkdirSync(path.dirname(part), { recursive: true });
  writeFileSync(part, bytes);
}

/** Compare hashes, because comparing buffers with toEqual() would take seconds. */
const hashOfPart = () => sha256Of(readFileSync(part));
const ranges = () => server.requests.map(({ range }) => range);

test('downloads a file in one request and reports its progress', async () => {
  const progress: number[] = [];
  const result = await download({}, { onProgress: (received) => progress.push(received) });
  expect(result).toEqual({ ok: true, value: content.length });
  expect(hashOfPart()).toBe(sha256);
  expect(ranges()).toEqual([null]);
  expect(progress.at(-1)).toBe(content.length);
  expect(progress).toEqual(progress.toSorted((one, other) => one - other));
});

test('sends no request for a complete part with the right hash', async () => {
  writePart(content);
  expect((await download()).ok).toBe(true);
  expect(server.requests).toEqual([]);
});

describe('resumes', () => {
  test('after each interruption, with a range and the ETag, and hashes the whole file', async () => {
    server.failNext(
      '/model.gguf',
      { kind: 'cut', afterBytes: 100_000 },
      { kind: 'cut', afterBytes: 200_000 },
    );
    expect((await download()).ok).toBe(true);
    expect(hashOfPart()).toBe(sha256);
    const etag = `"${sha256.slice(0, 16)}"`;
    expect(server.requests.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [null, null],
      ['bytes=100000-', etag],
      ['bytes=300000-', etag],
    ]);
  });

  test('after a connection stalls', async () => {
    server.failNext('/model.gguf', { kind: 'stall', afterBytes: 50_000 });
    expect((await download()).ok).toBe(true);
    expect(ranges()).toEqual([null, 'bytes=50000-']);
  });

  test('a part of an earlier run, and retries after attempts without a byte', async () => {
    writePart(content.subarray(0, 123_456));
    server.failNext('/model.gguf', { kind: 'cut', afterBytes: 0 }, { kind: 'cut', afterBytes: 0 });
    expect((await download()).ok).toBe(true);
    expect(ranges()).toEqual(['bytes=123456-', 'bytes=123456-', 'bytes=123456-']);
    expect(hashOfPart()).toBe(sha256);
  });

  test('from the start if the file behind the ETag has changed', async () => {
    const other = Buffer.from(content).fill(1, 0, 10);
    server.failNext('/model.gguf', { kind: 'cut', afterBytes: 100_000 }, { kind: 'cut', afterBytes: 0 });
    const first = await download({}, { timing: { ...timing, pausesMs: [0] } });
    expect(first).toMatchObject({ ok: false, code: 'engine_connection_lost' });
    server.serve('/model.gguf', other);
    expect(await download({ sha256: sha256Of(other) })).toMatchObject({ ok: true });
    expect(hashOfPart()).toBe(sha256Of(other));
    expect(server.requests.at(-1)).toMatchObject({ range: 'bytes=100000-', sentBytes: content.length });
  });

  test('from the start if the server ignores ranges', async () => {
    writePart(content.subarray(0, 1_000));
    server.failAlways('/model.gguf', { kind: 'ignore-range' });
    expect((await download()).ok).toBe(true);
    expect(hashOfPart()).toBe(sha256);
  });

  test('from the start if the server cannot continue at the offset', async () => {
    writePart(content.subarray(0, 1_000));
    server.failNext('/model.gguf', { kind: 'status', status: 416 });
    expect((await download()).ok).toBe(true);
    expect(ranges()).toEqual(['bytes=1000-', null]);
  });

  test('from the start if the server sends another range', async () => {
    writePart(content.subarray(0, 1_000));
    server.failNext('/model.gguf', { kind: 'other-range' });
    expect((await download()).ok).toBe(true);
    expect(ranges()).toEqual(['bytes=1000-', null]);
    expect(hashOfPart()).toBe(sha256);
  });

  test.each([
    ['belongs to another file', Buffer.alloc(70_000, 3)],
    ['is longer than the file', Buffer.concat([content, Buffer.alloc(5)])],
    ['has the right length and other content', Buffer.alloc(content.length, 3)],
  ])('from the start if the part %s', async (_what, bytes) => {
    writePart(bytes);
    expect((await download()).ok).toBe(true);
    expect(hashOfPart()).toBe(sha256);
  });
});

describe('a wrong hash', () => {
  test('fails the download and deletes the bytes', async () => {
    server.failAlways('/model.gguf', { kind: 'tamper' });
    expect(await download()).toMatchObject({ ok: false, code: 'engine_wrong_hash' });
    expect(statSync(part).size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  test('makes it try the next mirror, and is reported if no mirror has the right file', async () => {
    const mirror = server.serve('/mirror.gguf', content);
    server.failAlways('/model.gguf', { kind: 'tamper' });
    expect((await download({ urls: [url, mirror] })).ok).toBe(true);
    expect(await download({ urls: [`${server.origin}/gone`, url], sha256: 'f'.repeat(64) })).toMatchObject({
      code: 'engine_wrong_hash',
    });
  });

  test('is reported without a download if the server’s file has another size', async () => {
    expect(await download({ bytes: content.length + 1 })).toMatchObject({ code: 'engine_wrong_hash' });
  });

  test('is reported if a body exceeds the expected size', async () => {
    server.failAlways('/model.gguf', { kind: 'too-long' });
    expect(await download()).toMatchObject({ code: 'engine_wrong_hash' });
    expect(statSync(part).size).toBe(0);
  });
});

describe('the server', () => {
  test.each([
    ['404', 404, 'engine_file_gone', 1],
    ['410', 410, 'engine_file_gone', 1],
    ['403', 403, 'engine_server_refused', 1],
    ['401', 401, 'engine_server_refused', 1],
    ['429', 429, 'engine_server_refused', 3],
    ['500', 500, 'engine_server_refused', 3],
    ['503', 503, 'engine_server_refused', 3],
  ] as const)('answers %s: the code and the number of requests', async (_name, status, code, count) => {
    server.failAlways('/model.gguf', { kind: 'status', status });
    expect(await download()).toMatchObject({ ok: false, code });
    expect(server.requests).toHaveLength(count);
  });

  test('that does not exist is reported as unreachable, and the part is kept', async () => {
    writePart(content.subarray(0, 1_000));
    await server.close();
    expect(await download()).toMatchObject({ code: 'engine_unreachable' });
    expect(statSync(part).size).toBe(1_000);
    server = await startDownloadServer();
  });

  test('that no longer has the file is replaced by the next mirror, which continues the part', async () => {
    const mirror = server.serve('/mirror.gguf', content);
    server.failNext('/model.gguf', { kind: 'cut', afterBytes: 40_000 });
    server.failAlways('/model.gguf', { kind: 'status', status: 404 });
    expect((await download({ urls: [url, mirror] })).ok).toBe(true);
    expect(server.requests.at(-1)).toMatchObject({
      path: '/mirror.gguf',
      range: 'bytes=40000-',
      ifRange: null,
    });
  });
});

describe('redirects', () => {
  test('are followed, with the range', async () => {
    const other = server.serve('/cdn/model', content);
    writePart(content.subarray(0, 2_000));
    server.failAlways('/model.gguf', { kind: 'redirect', to: '/cdn/model' });
    expect((await download()).ok).toBe(true);
    expect(server.requests.map(({ path: asked, range }) => [asked, range])).toEqual([
      ['/model.gguf', 'bytes=2000-'],
      [new URL(other).pathname, 'bytes=2000-'],
    ]);
  });

  test.each([
    'http://example.com/model.gguf',
    'https://10.0.0.7/model.gguf',
    'https://169.254.169.254/latest/meta-data',
    'https://nas.local/model.gguf',
    'https://[fd00::1]/model.gguf',
    'https://user:password@example.com/model.gguf',
    'file:///etc/passwd',
    'ftp://example.com/model.gguf',
    'http://[',
  ])('are not followed to %s', async (to) => {
    server.failAlways('/model.gguf', { kind: 'redirect', to });
    expect(await download()).toMatchObject({ ok: false, code: 'engine_unsafe_address' });
  });

  test('in a loop end', async () => {
    server.failAlways('/model.gguf', { kind: 'redirect', to: url });
    expect(await download()).toMatchObject({ code: 'engine_unsafe_address' });
    expect(server.requests).toHaveLength(6);
  });
});

test('refuses a loopback address without a catalogue of the user’s own', async () => {
  expect(await download({}, { allowLoopback: false })).toMatchObject({ code: 'engine_unsafe_address' });
  expect(server.requests).toEqual([]);
});

test('ends the request at once when aborted, and keeps the part', async () => {
  server.failNext('/model.gguf', { kind: 'stall', afterBytes: 50_000 });
  const stop = new AbortController();
  const ended = download(
    {},
    {
      signal: stop.signal,
      timing: { ...timing, stallMs: 60_000 },
      onProgress: (received) => received === 50_000 && stop.abort(),
    },
  );
  await expect(ended).rejects.toThrow();
  expect(statSync(part).size).toBe(50_000);
});

test('downloads, resumes and completes a file of unknown size', async () => {
  server.failNext('/model.gguf', { kind: 'cut', afterBytes: 10_000 });
  expect(await download({ bytes: null })).toEqual({ ok: true, value: content.length });
  expect(ranges()).toEqual([null, 'bytes=10000-']);
  expect((await download({ bytes: null })).ok).toBe(true);
  expect(server.requests).toHaveLength(2);
});

test('rejects with the file system’s error when the disk is full, and keeps the written bytes', async ({
  skip,
}) => {
  const disk = mountSmallDisk(1_000_000);
  if (disk === null) return skip();
  onTestFinished(disk.unmount);
  part = path.join(disk.folder, '0.part');
  writeFileSync(path.join(disk.folder, 'other'), Buffer.alloc(700_000));
  await expect(download()).rejects.toMatchObject({ code: 'ENOSPC' });
  const { size } = statSync(part);
  expect(size).toBeGreaterThan(0);
  rmSync(path.join(disk.folder, 'other'));
  expect((await download()).ok).toBe(true);
  expect(hashOfPart()).toBe(sha256);
  expect(server.requests.at(-1)).toMatchObject({ range: `bytes=${size}-` });
});

test('treats a disk with less free space than the reserve as full', async () => {
  const minFreeBytes = Number.MAX_SAFE_INTEGER;
  await expect(download({}, { timing: { ...timing, minFreeBytes } })).rejects.toMatchObject({
    code: 'ENOSPC',
  });
  expect(statSync(part).size).toBe(0);
});

describe('through the system’s proxy', () => {
  afterEach(() => useProxyDirectory(null));

  test('sends every request, and never bypasses a proxy that refuses', async () => {
    const proxy = await startConnectProxy(Number(new URL(server.origin).port));
    onTestFinished(proxy.close);
    const rules = success(`PROXY 127.0.0.1:${proxy.port}`);
    useProxyDirectory({ find: async () => rules, logIn: async () => null });
    server.failNext('/model.gguf', { kind: 'cut', afterBytes: 1_000 });
    expect((await download()).ok).toBe(true);
    expect(proxy.targets).toEqual([new URL(url).host, new URL(url).host]);
    expect(ranges()).toEqual([null, 'bytes=1000-']);
    proxy.refuseWith(403);
    const refused = await download({ sha256: 'f'.repeat(64) });
    expect(refused).toMatchObject({
      ok: false,
      code: 'engine_unreachable',
      message: expect.stringMatching(/proxy/i),
    });
    expect(server.requests).toHaveLength(2);
  });
});
