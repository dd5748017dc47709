// Installed items: the user’s own models, and changes of files and lists.
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
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
import { sha256Of } from '../../../tests/servers/downloads';

useDownloads();

test('an engine that was changed on the disk is not verified', async () => {
  const room = open();
  await download(room);
  await until(room, isInstalled('one'));
  room.close();
  writeFileSync(path.join(fixture.dataFolder, 'engine/builds/test-engine/lib/libsd.so'), 'virus');
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
    const input = {
      url: fixture.server.serve('/my%20model.gguf', gguf),
      sha256: sha256Of(gguf),
      role: 'model',
    };
    fixture.server.serve('/my model.gguf', gguf);
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
    const file = path.join(fixture.dataFolder, 'My model.gguf');
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
  mkdirSync(path.join(fixture.dataFolder, 'engine/models/removed'), { recursive: true });
  writeFileSync(path.join(fixture.dataFolder, 'engine/models/removed/x.gguf'), 'x');
  await open().start();
  const left = filesIn(path.join(fixture.dataFolder, 'engine'));
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
  const list = path.join(fixture.dataFolder, 'engine/items.json');
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
  expect(existsSync(path.join(fixture.dataFolder, 'engine/models/one/one.gguf'))).toBe(true);
});

test('nothing is written and no process starts before something is asked for', async () => {
  const room = open();
  await room.start();
  await room.status();
  expect(existsSync(path.join(fixture.dataFolder, 'engine'))).toBe(false);
  expect(room.children).toEqual([]);
});
