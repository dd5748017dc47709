// Downloading an engine and a model in the real app: its own process, a kill in the middle, and the next start.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { EngineStatus } from '../../shared/domain/engine';
import { sha256Of, startDownloadServer } from '../servers/downloads';
import { modelBytes, serveCatalogue } from '../servers/engine-catalogue';
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';

/** Returns the status, as the page asks for it. */
async function statusIn(page: Page): Promise<EngineStatus> {
  const reply = await page.evaluate(() => window.afterimage.request('engine:status', {}));
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

test('a killed app continues its download at the next start, verifies all of it, and runs it', async ({
  start,
  dataFolder,
  rows,
}) => {
  const server = await startDownloadServer();
  try {
    const { catalogue, weights } = await serveCatalogue(server);
    const engines = catalogue.engines.map((build) => ({
      ...build,
      platform: process.platform,
      arch: process.arch,
    }));
    const own = Buffer.from(JSON.stringify({ ...catalogue, engines }));
    const env = { AFTERIMAGE_ENGINE_CATALOGUE: server.serve('/catalogue.json', own) };
    const first = await start({ env });
    const { offers, machine, installed } = await statusIn(first.page);
    expect(offers[0]).toMatchObject({ engine: 'test-engine', isInstalled: false });
    expect(machine.memoryBytes).toBeGreaterThan(1e9);
    expect(machine.freeDiskBytes).toBeGreaterThan(0);
    expect(installed).toEqual([]);
    server.failNext('/one.gguf', { kind: 'stall', afterBytes: 500_000 });
    const reply = await first.page.evaluate(() =>
      window.afterimage.request('engine:download', { model: 'one' }),
    );
    expect(reply).toEqual({ ok: true, value: null });
    const part = path.join(dataFolder, 'engine', 'partial', 'one', '0.part');
    await expect.poll(() => existsSync(part) && statSync(part).size).toBe(500_000);
    await first.kill();

    const second = await start({ env });
    await expect
      .poll(async () => (await statusIn(second.page)).installed.map(({ id }) => id))
      .toEqual(['test-engine', 'one']);
    expect(server.requests.findLast(({ path: asked }) => asked === '/one.gguf')).toMatchObject({
      range: 'bytes=500000-',
      sentBytes: modelBytes - 500_000,
    });
    const stored = readFileSync(path.join(dataFolder, 'engine/models/one/one.gguf'));
    expect(sha256Of(stored)).toBe(sha256Of(weights));
    expect((await statusIn(second.page)).downloads).toEqual([]);

    // Without a key, the model makes the next picture: the downloaded program runs.
    await sendMessage(second.page, 'a red fox at dawn');
    await expectFullPicture(pictures(second.page));
    expect(rows("SELECT provider, model FROM messages WHERE kind = 'image'")).toEqual([
      { provider: 'engine', model: 'one' },
    ]);
    expect((await statusIn(second.page)).server).toBe('running');
  } finally {
    await server.close();
  }
});
