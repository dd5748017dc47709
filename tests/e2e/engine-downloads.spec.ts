// Downloading an engine and a model in the real app: its own process, a kill in the middle, and the next start.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { EngineStatus } from '../../shared/domain/engine';
import { type DownloadServer, sha256Of, startDownloadServer } from '../servers/downloads';
import { modelBytes, serveCatalogue } from '../servers/engine-catalogue';
import { accessibilityProblems } from './accessibility';
import { expect, expectFullPicture, openSettings, pictures, sendMessage, test } from './fixture';

/** Returns the status, as the page asks for it. */
async function statusIn(page: Page): Promise<EngineStatus> {
  const reply = await page.evaluate(() => window.afterimage.request('engine:status', {}));
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

/** Serves a catalogue for this computer. @returns the environment of an app that is offered it. */
async function offerHere(server: DownloadServer) {
  const { catalogue, weights } = await serveCatalogue(server);
  const { platform, arch } = process;
  const engines = catalogue.engines.map((build) => ({ ...build, platform, arch }));
  const own = Buffer.from(JSON.stringify({ ...catalogue, engines }));
  return { weights, env: { AFTERIMAGE_ENGINE_CATALOGUE: server.serve('/catalogue.json', own) } };
}

test('a killed app continues its download at the next start, verifies all of it, runs it, and counts it in Storage', async ({
  start,
  dataFolder,
  rows,
}) => {
  const server = await startDownloadServer();
  try {
    const { env, weights } = await offerHere(server);
    const first = await start({ env });
    const { offers, machine, installed } = await statusIn(first.page);
    expect(offers[0]).toMatchObject({ engine: 'test-engine', isInstalled: false });
    expect(machine.memoryBytes).toBeGreaterThan(1e9);
    expect(installed).toEqual([]);
    server.failNext('/one.gguf', { kind: 'stall', afterBytes: 500_000 });
    const reply = await first.page.evaluate(() =>
      window.afterimage.request('engine:download', { model: 'one' }),
    );
    expect(reply).toEqual({ ok: true, value: null });
    const part = path.join(dataFolder, 'engine', 'partial', 'one', '0.part');
    await expect.poll(() => existsSync(part) && statSync(part).size).toBe(500_000);
    await first.kill();

    const abandoned = path.join(dataFolder, 'engine', 'partial', 'two');
    mkdirSync(abandoned, { recursive: true });
    writeFileSync(path.join(abandoned, '0.part'), Buffer.alloc(150_000));
    const { page } = await start({ env });
    const file = path.join(dataFolder, 'engine/models/one/one.gguf');

    await test.step('the next start continues the download and verifies all of it', async () => {
      await expect
        .poll(async () => (await statusIn(page)).installed.map(({ id }) => id))
        .toEqual(['test-engine', 'one']);
      expect(server.requests.findLast(({ path: asked }) => asked === '/one.gguf')).toMatchObject({
        range: 'bytes=500000-',
        sentBytes: modelBytes - 500_000,
      });
      expect(sha256Of(readFileSync(file))).toBe(sha256Of(weights));
      await expect.poll(async () => (await statusIn(page)).downloads).toEqual([]);
    });

    await test.step('without a key, the model makes the next picture: the downloaded program runs', async () => {
      await sendMessage(page, 'a red fox at dawn');
      await expectFullPicture(pictures(page));
      expect(rows("SELECT provider, model FROM messages WHERE kind = 'image'")).toEqual([
        { provider: 'engine', model: 'one' },
      ]);
      expect((await statusIn(page)).server).toBe('running');
    });

    await test.step('Storage counts models and unfinished downloads, and removes them', async () => {
      await openSettings(page, 'Storage');
      const usage = page.getByRole('region', { name: 'Storage' });
      const partOf = (label: string) => usage.locator('dl > div').filter({ hasText: label });
      await expect(partOf('Engines and models')).toContainText('1.1 MB');
      await expect(partOf('Unfinished downloads')).toContainText('150 kB');
      const unfinished = page.getByRole('list', { name: 'Unfinished downloads' });
      await expect(unfinished.getByRole('listitem')).toHaveText(
        /Model two.*Left over from an earlier download/,
      );
      expect(await accessibilityProblems(page)).toEqual([]);
      await unfinished.getByRole('button', { name: 'Delete the download of Model two' }).click();
      await page.getByRole('button', { name: 'Delete download', exact: true }).click();
      await expect(unfinished).toHaveCount(0);
      // The disk is measured again.
      await expect(partOf('Unfinished downloads')).toHaveCount(0);
      await expect.poll(() => existsSync(abandoned)).toBe(false);
    });

    await test.step('a file that was deleted is downloaded again', async () => {
      rmSync(file);
      await openSettings(page, 'Models & keys');
      const here = page.getByRole('region', { name: 'Models on this computer' });
      await expect(here.getByText('A file is missing or was changed')).toBeVisible();
      server.requests.length = 0;
      await here.getByRole('button', { name: 'Download Model one again' }).click();
      await expect.poll(() => existsSync(file) && sha256Of(readFileSync(file))).toBe(sha256Of(weights));
      await expect(here.getByText('A file is missing or was changed')).toHaveCount(0);
      await expect(here.getByRole('progressbar')).toHaveCount(0);
      expect(server.requests.map(({ path: asked }) => asked)).toEqual(['/one.gguf']);
    });
  } finally {
    await server.close();
  }
});
