import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import type { Result } from '../../../shared/domain/errors';
import {
  buildDownloader,
  openRoom,
  stoppedServer,
  type TestRoom,
  testMachine,
} from '../../../tests/harness/engine-room';
import { mountSmallDisk } from '../../../tests/harness/small-disk';
import { type DownloadServer, sha256Of, startDownloadServer } from '../../../tests/servers/downloads';
import { modelBytes, serveCatalogue, type TestCatalogue } from '../../../tests/servers/engine-catalogue';
import { sdServerScript } from '../../../tests/servers/sd-server';
import { tarGz } from '../../../tests/servers/tar-gz';
import { temporaryFolder } from '../test-support/temporary-folder';
import type { EngineOptions } from './create-engine';

let downloader: Awaited<ReturnType<typeof buildDownloader>>;
let server: DownloadServer;
let served: TestCatalogue;
let dataFolder: string;

beforeAll(async () => {
  downloader = await buildDownloader();
});
afterAll(() => downloader.remove());
beforeEach(async () => {
  server = await startDownloadServer();
  served = await serveCatalogue(server);
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  dataFolder = temporary.folder;
});
afterEach(() => server.close());

function open(changes: Partial<EngineOptions> = {}): TestRoom {
  const room = openRoom(dataFolder, downloader.script, served.catalogue, changes);
  onTestFinished(room.close);
  return room;
}

type Name = Exclude<keyof TestRoom['handlers'], 'engine:status'>;
type Input = { model?: string; id?: string; url?: string; sha256?: string; role?: string };

function request(room: TestRoom, name: Name, input: Input = {}): Promise<Result<unknown>> {
  return Reflect.apply(room.handlers[name], null, [input, { sender: null }]);
}

const download = (room: TestRoom, model = 'one') => request(room, 'engine:download', { model });

async function until(
  room: TestRoom,
  condition: (status: Awaited<ReturnType<TestRoom['status']>>) => boolean,
) {
  await expect.poll(async () => condition(await room.status())).toBe(true);
  return room.status();
}

const isInstalled = (id: string) => (status: Awaited<ReturnType<TestRoom['status']>>) =>
  status.installed.some((item) => item.id === id) && status.downloads.length === 0;

/** Returns the paths of all files in a folder, sorted. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

const partOf = (id: string, index = 0) => path.join(dataFolder, 'engine', 'partial', id, `${index}.part`);

describe('a download', () => {
  test('brings the engine and the model, verified, executable and recorded', async () => {
    const room = open();
    const [offer] = (await room.status()).offers;
    expect(offer).toMatchObject({
      engine: 'test-engine',
      model: 'one',
      isInstalled: false,
      suitability: 'good',
    });
    expect(offer?.downloadBytes).toBe(modelBytes + 300_000 + served.engine.length);
    expect(await download(room)).toEqual({ ok: true, value: null });
    const status = await until(room, isInstalled('one'));
    expect(filesIn(path.join(dataFolder, 'engine'))).toEqual([
      'builds/test-engine/lib/libsd.so',
      'builds/test-engine/sd-server',
      'items.json',
      'models/one/encoder.gguf',
      'models/one/one.gguf',
    ]);
    const [engine] = room.items.engines();
    const [model] = room.items.models();
    if (!engine || !model) throw new Error('Nothing is installed.');
    expect(execFileSync(room.items.executableOf(engine), ['--version'], { encoding: 'utf8' })).toMatch(
      /^stable-diffusion\.cpp version/,
    );
    expect(model.files.map(({ path: name, role }) => [name, role])).toEqual([
      ['one.gguf', 'diffusion-model'],
      ['encoder.gguf', 'llm'],
    ]);
    expect(status.offers.find(({ model: id }) => id === 'one')).toMatchObject({
      isInstalled: true,
      downloadBytes: 0,
    });
    expect(room.ready).toEqual(['Model one']);
    expect(await room.verify('test-engine')).toBe(true);
    // A new start reads the same list.
    expect(open().items.list()).toEqual(room.items.list());
  });

  test('of a second model downloads neither the engine nor a shared file again', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    server.requests.length = 0;
    await download(room, 'two');
    await until(room, isInstalled('two'));
    expect(server.requests.map(({ path: asked }) => asked)).toEqual(['/two.gguf']);
    // Removing the first one leaves the shared file to the second one.
    await request(room, 'engine:remove', { id: 'one' });
    expect(statSync(path.join(dataFolder, 'engine/models/two/encoder.gguf')).size).toBe(300_000);
  });

  test('says the size without what a second model shares with the first one', async () => {
    const room = open();
    await download(room);
    const { offers } = await until(room, isInstalled('one'));
    expect(offers.find(({ model }) => model === 'two')).toMatchObject({
      downloadBytes: 200_000,
      bringsEngine: false,
    });
  });

  test('uses an installed older engine of the same kind instead of downloading another', async () => {
    const room = open();
    await download(room, 'two');
    await until(room, isInstalled('two'));
    room.close();
    const [build] = served.catalogue.engines;
    if (build) build.id = 'newer-engine';
    const next = open();
    expect((await next.status()).offers.map(({ model, isInstalled: is }) => [model, is])).toEqual([
      ['one', false],
      ['two', true],
    ]);
    await download(next);
    await until(next, isInstalled('one'));
    expect(next.items.engines().map(({ id }) => id)).toEqual(['test-engine']);
  });

  test('sends at most four statuses a second, with a rate and the time left', async () => {
    const room = open();
    await room.status();
    server.failAlways('/one.gguf', { kind: 'drip', bytes: 8_000, pauseMs: 10 });
    const start = performance.now();
    await download(room);
    await until(room, isInstalled('one'));
    const seconds = (performance.now() - start) / 1000;
    expect(room.statuses.length).toBeLessThanOrEqual(4 * seconds + 2);
    const moving = room.statuses.flatMap(({ downloads: [first] }) =>
      first && first.bytesPerSecond !== null ? [first] : [],
    );
    expect(moving.length).toBeGreaterThan(0);
    for (const { receivedBytes, totalBytes, bytesPerSecond, secondsLeft } of moving) {
      expect(bytesPerSecond).toBeGreaterThan(0);
      expect(secondsLeft).toBe(Math.ceil((totalBytes - receivedBytes) / (bytesPerSecond ?? 1)));
    }
    const revisions = room.statuses.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((one, other) => one - other));
  });
});

describe('a gzipped tar file', () => {
  test('brings an engine whose libraries have several names', async () => {
    const [engine] = served.catalogue.engines;
    const archive = tarGz([
      { name: './build/sd-server', text: sdServerScript(), mode: 0o755 },
      { name: './build/libsd.so', linkTo: 'libsd.so.1' },
      { name: './build/libsd.so.1', text: 'library' },
    ]);
    if (!engine?.files[0]) throw new Error('No engine.');
    Object.assign(engine, { executable: 'build/sd-server' });
    engine.files[0] = {
      ...engine.files[0],
      ...{ unpack: 'tar.gz', bytes: archive.length, sha256: sha256Of(archive) },
      urls: [server.serve('/engine.tar.gz', archive)],
    };
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    expect(filesIn(path.join(dataFolder, 'engine/builds/test-engine'))).toEqual([
      'build/libsd.so',
      'build/libsd.so.1',
      'build/sd-server',
    ]);
    expect(await room.verify('test-engine')).toBe(true);
  });
});

describe('a file that is gone', () => {
  const weights = () => path.join(dataFolder, 'engine/models/one/one.gguf');

  test('makes its model be offered again, and alone is downloaded', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    rmSync(weights());
    const damaged = await room.status();
    expect(damaged.installed.map(({ id, isDamaged }) => [id, isDamaged])).toEqual([
      ['test-engine', false],
      ['one', true],
    ]);
    expect(damaged.offers.find(({ model }) => model === 'one')).toMatchObject({
      isInstalled: false,
      downloadBytes: modelBytes,
      bringsEngine: false,
    });
    expect(room.items.intact().map(({ id }) => id)).toEqual(['test-engine']);
    server.requests.length = 0;
    await download(room);
    await until(room, ({ installed }) => installed.every(({ isDamaged }) => !isDamaged));
    expect(server.requests.map(({ path: asked }) => asked)).toEqual(['/one.gguf']);
    expect(sha256Of(readFileSync(weights()))).toBe(sha256Of(served.weights));
    expect(filesIn(path.join(dataFolder, 'engine/models'))).toEqual(['one/encoder.gguf', 'one/one.gguf']);
  });

  test('is found out at once where it comes back, too', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    writeFileSync(weights(), 'cut off');
    expect((await room.status()).installed[1]).toMatchObject({ id: 'one', isDamaged: true });
    writeFileSync(weights(), served.weights);
    expect((await room.status()).installed[1]).toMatchObject({ id: 'one', isDamaged: false });
  });

  test('of a model that is in use makes the download wait for the picture', async () => {
    let isFree = true;
    const room = open({ server: { ...stoppedServer, release: async () => isFree } });
    await download(room);
    await until(room, isInstalled('one'));
    rmSync(weights());
    isFree = false;
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_in_use');
    isFree = true;
    await download(room);
    await until(room, ({ installed }) => installed.every(({ isDamaged }) => !isDamaged));
  });
});

describe('what a download has left behind', () => {
  test('is listed by its name and size, and is removed on request', async () => {
    mkdirSync(path.dirname(partOf('two')), { recursive: true });
    writeFileSync(partOf('two'), Buffer.alloc(5_000));
    writeFileSync(path.join(dataFolder, 'engine/downloads.json'), 'damaged');
    const room = open();
    expect((await room.status()).abandoned).toEqual([{ id: 'two', label: 'Model two', bytes: 5_000 }]);
    expect(await request(room, 'engine:remove', { id: 'two' })).toEqual({ ok: true, value: null });
    expect((await room.status()).abandoned).toEqual([]);
    expect(existsSync(path.dirname(partOf('two')))).toBe(false);
    expect(await request(room, 'engine:remove', { id: 'two' })).toMatchObject({ code: 'not_found' });
  });

  test('is continued by a download of the same model', async () => {
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), served.weights.subarray(0, 300_000));
    const room = open();
    expect((await room.status()).abandoned).toHaveLength(1);
    await download(room);
    await until(room, isInstalled('one'));
    expect((await room.status()).abandoned).toEqual([]);
    expect(server.requests.find(({ path: asked }) => asked === '/one.gguf')?.range).toBe('bytes=300000-');
  });

  test('goes with its model, and at the next start after a kill between the record and the end', async () => {
    const leave = () => {
      mkdirSync(path.dirname(partOf('one')), { recursive: true });
      writeFileSync(partOf('one'), served.weights);
    };
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    leave();
    expect((await room.status()).abandoned).toEqual([]);
    await room.start();
    expect(existsSync(path.dirname(partOf('one')))).toBe(false);
    leave();
    await request(room, 'engine:remove', { id: 'one' });
    expect(existsSync(path.dirname(partOf('one')))).toBe(false);
  });
});

describe('after a kill', () => {
  test('of the downloader, the download says so and continues with a range', async () => {
    const room = open();
    server.failNext('/one.gguf', { kind: 'stall', afterBytes: 500_000 });
    await download(room);
    await expect.poll(() => existsSync(partOf('one')) && statSync(partOf('one')).size).toBe(500_000);
    room.children.at(-1)?.kill('SIGKILL');
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure).toMatchObject({ code: 'engine_downloader_stopped' });
    await download(room);
    await until(room, isInstalled('one'));
    const last = server.requests.findLast(({ path: asked }) => asked === '/one.gguf');
    expect(last).toMatchObject({ range: 'bytes=500000-', sentBytes: modelBytes - 500_000 });
    expect(sha256Of(readFileSync(path.join(dataFolder, 'engine/models/one/one.gguf')))).toBe(
      sha256Of(served.weights),
    );
  });

  test('of the app, the next start continues by itself', async () => {
    const room = open();
    server.failNext('/one.gguf', { kind: 'stall', afterBytes: 300_000 });
    await download(room);
    await expect.poll(() => existsSync(partOf('one')) && statSync(partOf('one')).size).toBe(300_000);
    room.children.at(-1)?.kill('SIGKILL');
    room.close();
    const next = open();
    await next.start();
    await until(next, isInstalled('one'));
    expect(server.requests.some(({ range }) => range === 'bytes=300000-')).toBe(true);
    expect(next.ready).toEqual(['Model one']);
  });

  test('with everything downloaded, nothing is downloaded again and everything is hashed again', async () => {
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), served.weights);
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    expect(server.requests.map(({ path: asked }) => asked)).toEqual(['/engine.zip', '/encoder.gguf']);
  });

  test('between the folder and the record, the item is installed again from its parts', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    room.close();
    writeFileSync(path.join(dataFolder, 'engine/items.json'), '{"version":1,"items":[]}');
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), served.weights);
    writeFileSync(path.join(dataFolder, 'engine/models/one/one.gguf'), 'something else');
    const next = open();
    await download(next);
    await until(next, isInstalled('one'));
    expect(readFileSync(path.join(dataFolder, 'engine/models/one/one.gguf')).equals(served.weights)).toBe(
      true,
    );
  });
});

describe('the user', () => {
  async function startSlowly(room: TestRoom): Promise<void> {
    server.failNext('/one.gguf', { kind: 'stall', afterBytes: 400_000 });
    await download(room);
    await expect.poll(() => existsSync(partOf('one')) && statSync(partOf('one')).size).toBe(400_000);
  }

  test('pauses and continues; a paused download stays paused after a restart', async () => {
    const room = open();
    await startSlowly(room);
    expect(room.awake).toEqual([true]);
    await request(room, 'engine:pause', { model: 'one' });
    // To the last byte, although reports are sent at intervals.
    expect((await room.status()).downloads).toMatchObject([
      {
        ...{ model: 'one', state: 'paused', storedBytes: 400_000 },
        receivedBytes: served.engine.length + 400_000,
      },
    ]);
    expect(room.awake).toEqual([true, false]);
    // Nothing is left to do, so its process has ended.
    await expect
      .poll(() => room.children.every(({ killed, exitCode }) => killed || exitCode !== null))
      .toBe(true);
    room.close();
    const next = open();
    await next.start();
    expect((await next.status()).downloads).toMatchObject([{ state: 'paused', receivedBytes: 400_000 }]);
    expect((await next.status()).offers[0]?.downloadBytes).toBe(modelBytes - 400_000 + 300_000);
    await download(next);
    await until(next, isInstalled('one'));
    expect(server.requests.at(-2)).toMatchObject({ path: '/one.gguf', range: 'bytes=400000-' });
  });

  test('cancels, which leaves nothing, not even the engine that it has brought', async () => {
    const room = open();
    await startSlowly(room);
    expect(room.items.engines()).toHaveLength(1);
    await request(room, 'engine:cancel', { model: 'one' });
    expect(filesIn(path.join(dataFolder, 'engine'))).toEqual(['items.json']);
    expect(await room.status()).toMatchObject({ downloads: [], installed: [] });
    expect(await request(room, 'engine:cancel', { model: 'one' })).toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['pauses', 'engine:pause', [{ model: 'one', state: 'paused' }]],
    ['cancels', 'engine:cancel', []],
  ] as const)(
    '%s between two parts of a download, and the next part is not fetched',
    async (_what, name, left) => {
      const room = open();
      let asked: Promise<unknown> | undefined;
      room.items.on(() => {
        asked ??= request(room, name, { model: 'one' });
      });
      await download(room);
      await expect.poll(() => asked !== undefined).toBe(true);
      expect(await asked).toEqual({ ok: true, value: null });
      expect((await room.status()).downloads).toMatchObject(left);
      expect(server.requests.map(({ path: file }) => file)).not.toContain('/one.gguf');
    },
  );

  test('cancels a second model, and the engine stays for the first one', async () => {
    const room = open();
    await download(room, 'two');
    await until(room, isInstalled('two'));
    await startSlowly(room);
    await request(room, 'engine:cancel', { model: 'one' });
    expect(room.items.list().map(({ id }) => id)).toEqual(['test-engine', 'two']);
    expect(await room.verify('test-engine')).toBe(true);
  });

  test('wants two models: the second one waits', async () => {
    const room = open();
    await startSlowly(room);
    await download(room, 'two');
    expect((await room.status()).downloads.map(({ model, state }) => [model, state])).toEqual([
      ['one', 'downloading'],
      ['two', 'waiting'],
    ]);
    await request(room, 'engine:pause', { model: 'one' });
    await until(room, (status) => status.installed.some(({ id }) => id === 'two'));
    await request(room, 'engine:cancel', { model: 'one' });
  });

  test('removes a model and then the engine; both are gone from the disk', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    for (const id of ['one', 'test-engine']) {
      expect(await request(room, 'engine:remove', { id })).toEqual({ ok: true, value: null });
    }
    expect(filesIn(path.join(dataFolder, 'engine'))).toEqual(['items.json']);
    expect(await request(room, 'engine:remove', { id: 'one' })).toMatchObject({ code: 'not_found' });
    expect(await room.verify('test-engine')).toBe(false);
  });

  test('cannot remove what is in use', async () => {
    const room = open({ server: { ...stoppedServer, release: async () => false } });
    await download(room);
    await until(room, isInstalled('one'));
    expect(await request(room, 'engine:remove', { id: 'one' })).toMatchObject({ code: 'engine_in_use' });
    expect(existsSync(path.join(dataFolder, 'engine/models/one/one.gguf'))).toBe(true);
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
    server.failAlways('/one.gguf', fault);
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe(code);
    expect(downloads[0]?.failure?.message).toMatch(/^[A-Z].*\.$/);
    expect(room.items.models()).toEqual([]);
    server.failAlways('/one.gguf', null);
    await download(room);
    await until(room, isInstalled('one'));
  });

  test('of the network passes by itself', async () => {
    const room = open({ after: (milliseconds, work) => void setTimeout(work, Math.min(milliseconds, 300)) });
    server.failAlways('/one.gguf', { kind: 'cut', afterBytes: 0 });
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_connection_lost');
    server.failAlways('/one.gguf', null);
    await until(room, isInstalled('one'));
  });

  test('of the network ends at once when the computer wakes up', async () => {
    // Time stands still, as for a computer that sleeps.
    const room = open({ after: (milliseconds, work) => void (milliseconds < 1_000 && setTimeout(work, 50)) });
    server.failAlways('/one.gguf', { kind: 'cut', afterBytes: 0 });
    await download(room);
    await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    server.failAlways('/one.gguf', null);
    room.wake();
    await until(room, isInstalled('one'));
  });

  test('of the archive deletes it, and nothing of it is installed', async () => {
    const [engine] = served.catalogue.engines;
    const bad = Buffer.from('no archive');
    if (!engine?.files[0]) throw new Error('No engine.');
    engine.files[0] = {
      ...engine.files[0],
      urls: [server.serve('/bad.zip', bad)],
      bytes: bad.length,
      sha256: sha256Of(bad),
    };
    const room = open();
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_bad_archive');
    expect(filesIn(path.join(dataFolder, 'engine'))).toEqual(['downloads.json']);
  });

  test('of an archive without the program is one of the archive', async () => {
    const [engine] = served.catalogue.engines;
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
    dataFolder = disk.folder;
    writeFileSync(path.join(dataFolder, 'other'), Buffer.alloc(900_000));
    let hasRoom = false;
    const room = open({
      freeDiskBytes: async () => (hasRoom ? 100e9 : 0),
      after: (milliseconds, work) => void setTimeout(work, Math.min(milliseconds, 50)),
    });
    await download(room);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'paused');
    expect(downloads[0]?.failure?.code).toBe('engine_disk_full');
    writeFileSync(path.join(dataFolder, 'other'), '');
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
    expect(server.requests).toEqual([]);
    expect(existsSync(path.join(dataFolder, 'engine'))).toBe(false);
  });

  test('where a hash is unknown', async () => {
    const file = served.catalogue.models[0]?.files[0];
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

test('an engine that was changed on the disk is not verified', async () => {
  const room = open();
  await download(room);
  await until(room, isInstalled('one'));
  room.close();
  writeFileSync(path.join(dataFolder, 'engine/builds/test-engine/lib/libsd.so'), 'virus');
  expect(await open().verify('test-engine')).toBe(false);
});

describe('a model of the user’s own', () => {
  const gguf = Buffer.concat([
    Buffer.from('GGUF\x03\0\0\0'),
    Buffer.alloc(64),
    Buffer.from('first_stage_model.x'),
  ]);

  test('from an address is downloaded and compared with the hash', async () => {
    const room = open();
    const input = { url: server.serve('/my%20model.gguf', gguf), sha256: sha256Of(gguf), role: 'model' };
    server.serve('/my model.gguf', gguf);
    expect(await request(room, 'engine:add-address', input)).toEqual({ ok: true, value: null });
    await expect.poll(() => room.items.models().length).toBe(1);
    expect(room.items.models()[0]).toMatchObject({ label: 'my-model', isOwn: true });
    const wrong = { ...input, sha256: 'f'.repeat(64) };
    await request(room, 'engine:add-address', wrong);
    const { downloads } = await until(room, ({ downloads: [first] }) => first?.state === 'failed');
    expect(downloads[0]?.failure?.code).toBe('engine_wrong_hash');
  });

  test.each(['http://example.com/m.gguf', 'https://192.168.1.2/m.gguf', 'https://a:b@example.com/m.gguf'])(
    'is refused at %s',
    async (url) => {
      expect(
        await request(open(), 'engine:add-address', { url, sha256: 'a'.repeat(64), role: 'model' }),
      ).toMatchObject({ code: 'not_a_model_address' });
    },
  );

  test('from a file stays where it is, also when it is removed from the list', async () => {
    const file = path.join(dataFolder, 'My model.gguf');
    writeFileSync(file, gguf);
    const room = open({ chooseModelFile: async () => file });
    const added = await request(room, 'engine:choose-model');
    expect(added).toMatchObject({ ok: true, value: { label: 'My model', isOwn: true, bytes: gguf.length } });
    await request(room, 'engine:choose-model');
    const [model, ...more] = room.items.models();
    expect(more).toEqual([]);
    expect(model?.files).toEqual([{ path: file, bytes: gguf.length, sha256: null, role: 'model' }]);
    await request(room, 'engine:remove', { id: model?.id ?? '' });
    expect(existsSync(file)).toBe(true);
    expect(room.items.models()).toEqual([]);
  });
});

test('a start deletes what nobody has wanted for a month, and nothing else', async () => {
  const room = open();
  await download(room);
  await until(room, isInstalled('one'));
  room.close();
  const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  const recent = new Date(Date.now() - 29 * 24 * 60 * 60 * 1000);
  for (const [id, time] of [['old', old] as const, ['recent', recent] as const]) {
    mkdirSync(path.dirname(partOf(id)), { recursive: true });
    writeFileSync(partOf(id), 'part');
    utimesSync(partOf(id), time, time);
    utimesSync(path.dirname(partOf(id)), time, time);
  }
  mkdirSync(path.join(dataFolder, 'engine/models/removed'), { recursive: true });
  writeFileSync(path.join(dataFolder, 'engine/models/removed/x.gguf'), 'x');
  await open().start();
  const left = filesIn(path.join(dataFolder, 'engine'));
  expect(left.filter((name) => name.startsWith('partial'))).toEqual(['partial/recent/0.part']);
  expect(left.filter((name) => name.startsWith('models'))).toEqual([
    'models/one/encoder.gguf',
    'models/one/one.gguf',
  ]);
});

test('a damaged list of items is kept, and nothing that it may have named is deleted', async () => {
  const room = open();
  await download(room);
  await until(room, isInstalled('one'));
  room.close();
  const list = path.join(dataFolder, 'engine/items.json');
  writeFileSync(list, '{"version":1,"items":[{');
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const next = open();
  await next.start();
  expect(next.items.list()).toEqual([]);
  expect(existsSync(`${list}.unreadable`)).toBe(true);
  next.close();
  writeFileSync(list, 'damaged again');
  expect(open().items.list()).toEqual([]);
  expect(readFileSync(`${list}.unreadable`, 'utf8')).toBe('{"version":1,"items":[{');
  expect(readFileSync(`${list}.unreadable-2`, 'utf8')).toBe('damaged again');
  expect(existsSync(path.join(dataFolder, 'engine/models/one/one.gguf'))).toBe(true);
});

test('nothing is written and no process starts before something is asked for', async () => {
  const room = open();
  await room.start();
  await room.status();
  expect(existsSync(path.join(dataFolder, 'engine'))).toBe(false);
  expect(room.children).toEqual([]);
});
