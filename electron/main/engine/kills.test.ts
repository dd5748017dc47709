// Kills the downloader and the room again and again: nothing unverified is ever used, and nothing is lost.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { buildDownloader, openRoom, type TestRoom } from '../../../tests/harness/engine-room';
import { between, createRandom } from '../../../tests/harness/random';
import { sha256Of, startDownloadServer } from '../../../tests/servers/downloads';
import { modelBytes, serveCatalogue } from '../../../tests/servers/engine-catalogue';
import { temporaryFolder } from '../test-support/temporary-folder';

const kills = 12;

test(`survives ${kills} kills at any point of a download`, async () => {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  const downloader = await buildDownloader();
  onTestFinished(downloader.remove);
  const server = await startDownloadServer();
  onTestFinished(server.close);
  const { catalogue, weights } = await serveCatalogue(server);
  const random = createRandom(20261128);
  const folder = (name: string) => path.join(dataFolder, 'engine', name);
  const part = folder('partial/one/0.part');
  const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);
  const installed = folder('models/one');
  // Pieces that are small enough for a kill between any two of them. What comes after the place of a kill waits, so that
  // a busy computer, which kills late, has something left to kill.
  let killAt = 0;
  server.failAlways('/one.gguf', { kind: 'drip', bytes: 20_000, pauseMs: 4, until: () => killAt });

  let room = openRoom(dataFolder, downloader.script, catalogue);
  const isDone = () => room.items.models().length > 0;
  const start = (opened: TestRoom) =>
    Reflect.apply(opened.handlers['engine:download'], null, [{ model: 'one' }, null]);
  let killed = 0;
  await start(room);
  while (!isDone()) {
    if (killed < kills) {
      const before = sizeOf(part);
      // At some size of the part, or as soon as the folder of what is ready appears.
      const wantedSize = before + between(random, 0, 200_000);
      const isLast = wantedSize >= modelBytes;
      killAt = wantedSize + 20_000;
      const isThere = () => (isLast ? existsSync(folder('partial/one/ready')) : sizeOf(part) >= wantedSize);
      // Watching without a pause would slow down the start of the process.
      const isStarting = () => before < modelBytes && sizeOf(part) === before;
      while (!isThere() && !isDone()) await (isStarting() ? pause(1) : new Promise(setImmediate));
      for (const child of room.children) child.kill('SIGKILL');
      killed += 1;
      // Every file in the model's folder is complete.
      if (existsSync(installed))
        expect(sha256Of(readFileSync(path.join(installed, 'one.gguf')))).toBe(sha256Of(weights));
      room.close();
      room = openRoom(dataFolder, downloader.script, catalogue);
      onTestFinished(room.close);
      await room.start();
      if ((await room.status()).downloads.length === 0 && !isDone()) await start(room);
    } else killAt = modelBytes;
    await pause(1);
  }
  expect(killed).toBeGreaterThan(4);
  expect(sha256Of(readFileSync(path.join(installed, 'one.gguf')))).toBe(sha256Of(weights));
  expect(await room.verify('test-engine')).toBe(true);
  await expect.poll(() => existsSync(folder('partial/one'))).toBe(false);
  const ranges = server.requests.filter(({ path: asked, range }) => asked === '/one.gguf' && range !== null);
  expect(ranges.length).toBeGreaterThan(2);
});
