// Measures the headline figures: time to the reply, the placeholder and the picture, before and after.
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
import { measureRoundTrips, readMeasures, watchNextPicture } from './in-page';

export type Summary = { p50: number; p95: number; count: number };

export type ModeFigures = {
  /** Milliseconds from the page to the main process and back. The other figures are in milliseconds, too. */
  reply: Summary;
  placeholder: Summary;
  lastByteToScreen: Summary;
};

export type HeadlineFigures = Awaited<ReturnType<typeof measureHeadline>>;

export type HeadlineOptions = { delayMs: number; rounds: number };

const apps = { before: 'out/before', after: '.' } as const;
const aspectRatio = '1:1';
const askRounds = 50;
/** The first rounds warm up compilers and caches; they are not counted. */
const warmUpRounds = 3;
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

/** Requests one picture after another, each with Enter as a user would. */
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
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      await field.fill(prompt);
      await waitUntilIdle(page);
      const watch = await watchNextPicture(page);
      await field.press('Enter');
      const seen = await watch.seen();
      const answeredAt = server.requests.at(-1)?.answeredAt;
      if (answeredAt == null) throw new Error('The server has not replied.');
      if (round < warmUpRounds) continue;
      placeholder.push(seen.placeholder - seen.enter);
      lastByteToScreen.push(seen.full - answeredAt);
      process.stderr.write(`\r${mode}: ${round + 1 - warmUpRounds} of ${rounds} `);
    }
    process.stderr.write('\n');
    const figures: ModeFigures = {
      reply: sum((await readMeasures(page, 'Wait for the reply')).slice(warmUpRounds)),
      placeholder: sum(placeholder),
      lastByteToScreen: sum(lastByteToScreen),
    };
    // Not measured with the before app, in which each of these requests would take as long as the service.
    const idle = mode === 'after' ? await measureRoundTrips(page, askRounds, prompt) : { ping: [], send: [] };
    return { figures, idle: { ping: sum(idle.ping), reply: sum(idle.send) } };
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Waits until the last picture has faded in and its thumbnail is made, as a user would before the next request. */
async function waitUntilIdle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await wait(500);
}

/** Measures decoding the service's PNG and encoding it as WebP in an otherwise idle process. */
async function measureBareEncode(png: Uint8Array, rounds: number): Promise<Summary> {
  const durations: number[] = [];
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    const started = performance.now();
    const image = new Image();
    image.src = Buffer.from(png);
    await image.decode();
    const canvas = createCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    await canvas.encode('webp', 90);
    if (round >= warmUpRounds) durations.push(performance.now() - started);
  }
  return sum(durations);
}

function sum(durations: readonly number[]): Summary {
  const { p50, p95, count } = summarise('', durations);
  return { p50, p95, count };
}
