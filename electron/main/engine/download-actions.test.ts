// The user's actions on downloads and on installed items.
import { existsSync, statSync } from 'node:fs';
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
import { stoppedServer, type TestRoom } from '../../../tests/harness/engine-room';
import { modelBytes } from '../../../tests/servers/engine-catalogue';

useDownloads();

describe('the user', () => {
  async function startSlowly(room: TestRoom): Promise<void> {
    fixture.server.failNext('/one.gguf', { kind: 'stall', afterBytes: 400_000 });
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
        receivedBytes: fixture.served.engine.length + 400_000,
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
    expect(fixture.server.requests.at(-2)).toMatchObject({ path: '/one.gguf', range: 'bytes=400000-' });
  });

  test('cancels, which leaves nothing, not even the engine that it has brought', async () => {
    const room = open();
    await startSlowly(room);
    expect(room.items.engines()).toHaveLength(1);
    await request(room, 'engine:cancel', { model: 'one' });
    expect(filesIn(path.join(fixture.dataFolder, 'engine'))).toEqual(['items.json']);
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
      expect(fixture.server.requests.map(({ path: file }) => file)).not.toContain('/one.gguf');
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
    expect(filesIn(path.join(fixture.dataFolder, 'engine'))).toEqual(['items.json']);
    expect(await request(room, 'engine:remove', { id: 'one' })).toMatchObject({ code: 'not_found' });
    expect(await room.verify('test-engine')).toBe(false);
  });

  test('cannot remove what is in use', async () => {
    const room = open({ server: { ...stoppedServer, release: async () => false } });
    await download(room);
    await until(room, isInstalled('one'));
    expect(await request(room, 'engine:remove', { id: 'one' })).toMatchObject({ code: 'engine_in_use' });
    expect(existsSync(path.join(fixture.dataFolder, 'engine/models/one/one.gguf'))).toBe(true);
  });
});
