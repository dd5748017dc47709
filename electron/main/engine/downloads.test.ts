// Downloads of engines and models, through real processes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  download,
  filesIn,
  fixture,
  isInstalled,
  open,
  partOf,
  request,
  until,
  useDownloads,
} from '../../../tests/harness/engine-downloads';
import { stoppedServer } from '../../../tests/harness/engine-room';
import { sha256Of } from '../../../tests/servers/downloads';
import { modelBytes } from '../../../tests/servers/engine-catalogue';
import { sdServerScript } from '../../../tests/servers/sd-server';
import { tarGz } from '../../../tests/servers/tar-gz';

useDownloads();

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
    expect(offer?.downloadBytes).toBe(modelBytes + 300_000 + fixture.served.engine.length);
    expect(await download(room)).toEqual({ ok: true, value: null });
    const status = await until(room, isInstalled('one'));
    expect(filesIn(path.join(fixture.dataFolder, 'engine'))).toEqual([
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
    fixture.server.requests.length = 0;
    await download(room, 'two');
    await until(room, isInstalled('two'));
    expect(fixture.server.requests.map(({ path: asked }) => asked)).toEqual(['/two.gguf']);
    // Removing the first one leaves the shared file to the second one.
    await request(room, 'engine:remove', { id: 'one' });
    expect(statSync(path.join(fixture.dataFolder, 'engine/models/two/encoder.gguf')).size).toBe(300_000);
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
    const [build] = fixture.served.catalogue.engines;
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
    fixture.server.failAlways('/one.gguf', { kind: 'drip', bytes: 8_000, pauseMs: 10 });
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
    const [engine] = fixture.served.catalogue.engines;
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
      urls: [fixture.server.serve('/engine.tar.gz', archive)],
    };
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    expect(filesIn(path.join(fixture.dataFolder, 'engine/builds/test-engine'))).toEqual([
      'build/libsd.so',
      'build/libsd.so.1',
      'build/sd-server',
    ]);
    expect(await room.verify('test-engine')).toBe(true);
  });
});

describe('a file that is gone', () => {
  const weights = () => path.join(fixture.dataFolder, 'engine/models/one/one.gguf');

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
    fixture.server.requests.length = 0;
    await download(room);
    await until(room, ({ installed }) => installed.every(({ isDamaged }) => !isDamaged));
    expect(fixture.server.requests.map(({ path: asked }) => asked)).toEqual(['/one.gguf']);
    expect(sha256Of(readFileSync(weights()))).toBe(sha256Of(fixture.served.weights));
    expect(filesIn(path.join(fixture.dataFolder, 'engine/models'))).toEqual([
      'one/encoder.gguf',
      'one/one.gguf',
    ]);
  });

  test('is found out at once where it comes back, too', async () => {
    const room = open();
    await download(room);
    await until(room, isInstalled('one'));
    writeFileSync(weights(), 'cut off');
    expect((await room.status()).installed[1]).toMatchObject({ id: 'one', isDamaged: true });
    writeFileSync(weights(), fixture.served.weights);
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

describe('files that a download has left behind', () => {
  test('is listed by its name and size, and is removed on request', async () => {
    mkdirSync(path.dirname(partOf('two')), { recursive: true });
    writeFileSync(partOf('two'), Buffer.alloc(5_000));
    writeFileSync(path.join(fixture.dataFolder, 'engine/downloads.json'), 'damaged');
    const room = open();
    expect((await room.status()).abandoned).toEqual([{ id: 'two', label: 'Model two', bytes: 5_000 }]);
    expect(await request(room, 'engine:remove', { id: 'two' })).toEqual({ ok: true, value: null });
    expect((await room.status()).abandoned).toEqual([]);
    expect(existsSync(path.dirname(partOf('two')))).toBe(false);
    expect(await request(room, 'engine:remove', { id: 'two' })).toMatchObject({ code: 'not_found' });
  });

  test('is continued by a download of the same model', async () => {
    mkdirSync(path.dirname(partOf('one')), { recursive: true });
    writeFileSync(partOf('one'), fixture.served.weights.subarray(0, 300_000));
    const room = open();
    expect((await room.status()).abandoned).toHaveLength(1);
    await download(room);
    await until(room, isInstalled('one'));
    expect((await room.status()).abandoned).toEqual([]);
    expect(fixture.server.requests.find(({ path: asked }) => asked === '/one.gguf')?.range).toBe(
      'bytes=300000-',
    );
  });

  test('goes with its model, and at the next start after a kill between the record and the end', async () => {
    const leave = () => {
      mkdirSync(path.dirname(partOf('one')), { recursive: true });
      writeFileSync(partOf('one'), fixture.served.weights);
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
