// Downloads that are killed, that fail, or that are refused.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  download,
  filesIn,
  fixture,
  isInstalled,
  open,
  partOf,
  until,
  useDownloads,
} from '../../../tests/harness/engine-downloads';
import { testMachine } from '../../../tests/harness/engine-room';
import { mountSmallDisk } from '../../../tests/harness/small-disk';
import { sha256Of } from '../../../tests/servers/downloads';
import { modelBytes } from '../../../tests/servers/engine-catalogue';

useDownloads();

describe('after a kill', () => {
  test('of the downloader, the download says so and continues with a range', async () => {
    const room = open();
    fixture.server.failNext('/one.gguf', { kind: 'stall', afterBytes: 500_000 });
    await download(room);
    await expect.poll(() => existsSync(partOf('one')) && statSync(partOf('one')).size).toBe(500_000);
    room.children.at(-1)?.kill('SIGKILL');
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure).toMatchObject({ code: 'engine_downloader_stopped' });
    await download(room);
    await until(room, isInstalled('one'));
    const last = fixture.server.requests.findLast(({ path: asked }) => asked === '/one.gguf');
    expect(last).toMatchObject({ range: 'bytes=500000-', sentBytes: modelBytes - 500_000 });
    expect(sha256Of(readFileSync(path.join(fixture.dataFolder, 'engine/models/one/one.gguf')))).toBe(
      sha256Of(fixture.served.weights),
    );
  });

  test('of the app, the next start continues by itself', async () => {
    const room = open();
    fixture.server.failNext('/one.gguf', { kind: 'stall', afterBytes: 300_000 });
    await download(room);
    await expect.poll(() => existsSync(partOf('one')) && statSync(partOf('one')).size).toBe(300_000);
    room.children.at(-1)?.kill('SIGKILL');
    room.close();
    const next = open();
    await next.start();
    await until(next, isInstalled('one'));
    expect(fixture.server.requests.some(({ range }) => range === 'bytes=300000-')).toBe(true);
    expect(next.ready).toEqual(['Model one']);
  });

  test('with everything downloaded, nothing is downloaded again and everything is hashed again', async () => {
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), fixture.served.weights);
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    expect(fixture.server.requests.map(({ path: asked }) => asked)).toEqual(['/engine.zip', '/encoder.gguf']);
  });

  test('between the folder and the record, the item is installed again from its parts', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    room.close();
    writeFileSync(path.join(fixture.dataFolder, 'engine/items.json'), '{"version":1,"items":[]}');
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), fixture.served.weights);
    writeFileSync(path.join(fixture.dataFolder, 'engine/models/one/one.gguf'), 'something else');
    const next = open();
    await download(next);
    await until(next, isInstalled('one'));
    expect(
      readFileSync(path.join(fixture.dataFolder, 'engine/models/one/one.gguf')).equals(
        fixture.served.weights,
      ),
    ).toBe(true);
  });
});

describe('a fault', () => {
  test.each([
    ['a wrong hash', { kind: 'tamper' }, 'engine_wrong_hash'],
    ['a missing file', { kind: 'status', status: 404 }, 'engine_file_gone'],
    ['a server error', { kind: 'status', status: 500 }, 'engine_server_refused'],
    ['a broken connection', { kind: 'cut', afterBytes: 0 }, 'engine_connection_lost'],
    ['a redirect to http', { kind: 'redirect', to: 'http://example.com/x' }, 'engine_unsafe_address'],
  ] as const)('such as %s is said, and the next attempt succeeds', async (_what, fault, code) => {
    const room = open();
    fixture.server.failAlways('/one.gguf', fault);
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe(code);
    expect(downloads[0]?.failure?.message).toMatch(/^[A-Z].*\.$/);
    expect(room.items.models()).toEqual([]);
    fixture.server.failAlways('/one.gguf', null);
    await download(room);
    await until(room, isInstalled('one'));
  });

  test('of the network passes by itself', async () => {
    const room = open({ after: (milliseconds, work) => void setTimeout(work, Math.min(milliseconds, 300)) });
    fixture.server.failAlways('/one.gguf', { kind: 'cut', afterBytes: 0 });
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_connection_lost');
    fixture.server.failAlways('/one.gguf', null);
    await until(room, isInstalled('one'));
  });

  test('of the network ends at once when the computer wakes up', async () => {
    // Time stands still, as for a computer that sleeps.
    const room = open({ after: (milliseconds, work) => void (milliseconds < 1_000 && setTimeout(work, 50)) });
    fixture.server.failAlways('/one.gguf', { kind: 'cut', afterBytes: 0 });
    await download(room);
    await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    fixture.server.failAlways('/one.gguf', null);
    room.wake();
    await until(room, isInstalled('one'));
  });

  test('of the archive deletes it, and nothing of it is installed', async () => {
    const [engine] = fixture.served.catalogue.engines;
    const bad = Buffer.from('no archive');
    if (!engine?.files[0]) throw new Error('No engine.');
    engine.files[0] = {
      ...engine.files[0],
      urls: [fixture.server.serve('/bad.zip', bad)],
      bytes: bad.length,
      sha256: sha256Of(bad),
    };
    const room = open();
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_bad_archive');
    expect(filesIn(path.join(fixture.dataFolder, 'engine'))).toEqual(['downloads.json']);
  });

  test('of an archive without the program is one of the archive', async () => {
    const [engine] = fixture.served.catalogue.engines;
    if (!engine) throw new Error('No engine.');
    engine.executable = 'another';
    const room = open();
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_bad_archive');
  });

  test('a full disk pauses the download, which continues when there is room', async ({ skip }) => {
    const disk = mountSmallDisk(1_500_000);
    if (disk === null) return skip();
    onTestFinished(disk.unmount);
    fixture.dataFolder = disk.folder;
    writeFileSync(path.join(fixture.dataFolder, 'other'), Buffer.alloc(900_000));
    let hasRoom = false;
    const room = open({
      freeDiskBytes: async () => (hasRoom ? 100e9 : 0),
      after: (milliseconds, work) => void setTimeout(work, Math.min(milliseconds, 50)),
    });
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'paused');
    expect(downloads[0]?.failure?.code).toBe('engine_disk_full');
    writeFileSync(path.join(fixture.dataFolder, 'other'), '');
    hasRoom = true;
    await until(room, isInstalled('one'));
  });
});

describe('a download is refused before it begins', () => {
  test('where the disk has too little room, with the amount', async () => {
    const room = open({ readMachine: async () => ({ ...testMachine, freeDiskBytes: 500e6 }) });
    expect((await room.status()).offers[0]?.missingDiskBytes).toBeGreaterThan(500e6);
    expect(await download(room)).toMatchObject({
      code: 'engine_no_room',
      message: expect.stringContaining('0.5\u00a0GB more are needed'),
    });
    expect(fixture.server.requests).toEqual([]);
    expect(existsSync(path.join(fixture.dataFolder, 'engine'))).toBe(false);
  });

  test('where a hash is unknown', async () => {
    const file = fixture.served.catalogue.models[0]?.files[0];
    if (file) file.sha256 = null;
    const room = open();
    expect((await room.status()).offers.map(({ model }) => model)).toEqual(['two']);
    expect(await download(room)).toMatchObject({ code: 'engine_not_verified' });
  });

  test('where the memory is too small, and where the model is unknown', async () => {
    const room = open({ readMachine: async () => ({ ...testMachine, memoryBytes: 2e9 }) });
    expect((await room.status()).offers[0]).toMatchObject({ suitability: 'no' });
    expect(await download(room)).toMatchObject({ code: 'engine_too_large' });
    expect(await download(room, 'three')).toMatchObject({ code: 'engine_not_offered' });
  });
});
