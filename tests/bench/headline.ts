// The headline: how soon there is an answer, before (the reply waits for the work) and after (the spine).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCanvas, Image } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { summarise } from '../../shared/domain/timings';
import { launch } from '../harness/launch';
import { startGoogleServer } from '../servers/google-server';
import { samplePicture } from '../servers/sample-picture';
import { askInTurn, measured, watchOne } from './in-page';

export type Summary = { p50: number; p95: number; count: number };

export type ModeFigures = {
  /** From the page to the main process and back, in milliseconds like all of these. */
  reply: Summary;
  placeholder: Summary;
  lastByteToScreen: Summary;
};

export type HeadlineOptions = { delayMs: number; rounds: number };

const apps = { before: 'out/before', after: '.' } as const;
const aspectRatio = '1:1';
const askRounds = 50;
/** The first rounds warm up compilers and caches and are not counted. */
const warmUps = 3;
const prompt = 'a red fox at dawn';

export async function measureHeadline({ delayMs, rounds }: HeadlineOptions) {
  const picture = await samplePicture(aspectRatio);
  const bareEncode = await measureBareEncode(picture, rounds);
  const before = await measureMode('before', { delayMs, rounds });
  const after = await measureMode('after', { delayMs, rounds });
  return {
    bareEncode,
    before: before.figures,
    after: after.figures,
    idle: after.idle,
    pictureBytes: picture.length,
  };
}

/** One picture after another, each sent by Enter as a user would. */
async function measureMode(mode: keyof typeof apps, { delayMs, rounds }: HeadlineOptions) {
  const server = await startGoogleServer({ delayMs });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const running = await launch({
    dataFolder,
    main: apps[mode],
    env: { GEMINI_API_KEY: 'bench', GOOGLE_GEMINI_BASE_URL: server.baseUrl },
  });
  try {
    const { page } = running;
    await page.getByRole('button', { name: 'Shape: 3:2' }).click();
    await page.getByText(aspectRatio, { exact: true }).click();
    await page.keyboard.press('Escape');
    const field = page.getByRole('textbox', { name: 'Message' });
    const placeholder: number[] = [];
    const lastByteToScreen: number[] = [];
    for (let round = 0; round < warmUps + rounds; round += 1) {
      await field.fill(prompt);
      await quiet(page);
      const watch = await watchOne(page);
      await field.press('Enter');
      const seen = await watch.seen();
      const answeredAt = server.requests.at(-1)?.answeredAt;
      if (answeredAt == null) throw new Error('The server has not answered.');
      if (round < warmUps) continue;
      placeholder.push(seen.placeholder - seen.enter);
      lastByteToScreen.push(seen.full - answeredAt);
      process.stderr.write(`\r${mode}: ${round + 1 - warmUps} of ${rounds} `);
    }
    process.stderr.write('\n');
    const figures: ModeFigures = {
      reply: sum((await measured(page, 'Wait for the reply')).slice(warmUps)),
      placeholder: sum(placeholder),
      lastByteToScreen: sum(lastByteToScreen),
    };
    // Before would take the provider's time for each of these.
    const idle = mode === 'after' ? await askInTurn(page, askRounds, prompt) : { ping: [], send: [] };
    return { figures, idle: { ping: sum(idle.ping), reply: sum(idle.send) } };
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A user has looked at the last picture before they send again: its fade is over and its thumbnail is made. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await wait(500);
}

/** Opening the provider's PNG and encoding it as WebP, alone in a process that does nothing else. */
async function measureBareEncode(png: Uint8Array, rounds: number): Promise<Summary> {
  const durations: number[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const started = performance.now();
    const image = new Image();
    image.src = Buffer.from(png);
    await image.decode();
    const canvas = createCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    await canvas.encode('webp', 90);
    if (round >= warmUps) durations.push(performance.now() - started);
  }
  return sum(durations);
}

function sum(durations: readonly number[]): Summary {
  const { p50, p95, count } = summarise('', durations);
  return { p50, p95, count };
}
