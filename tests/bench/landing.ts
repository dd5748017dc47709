// Measures the time from a picture's last byte until it is on screen, against loading and decoding the same file in
// the page. Over loopback an answer arrives in one burst, which the app has to read after its last byte; over a network
// it arrives for a fifth of a second, and the app has read most of it by then.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { arrivalFile, pictureFile, thumbnailOf } from '../../shared/domain/picture-files';
import { arrivedUrl } from '../../shared/domain/pictures';
import { summarise } from '../../shared/domain/timings';
import { launch } from '../harness/launch';
import { startGoogleServer } from '../servers/google-server';
import { samplePicture } from '../servers/sample-picture';
import { type LimitRow, rowAgainstFloor } from './limits';

const maxRatio = 1.25;
/** The first rounds warm up compilers and caches; they are not counted. */
const warmUpRounds = 3;
/** Long enough for the request itself to be complete. */
const delayMs = 300;
/** About 100 Mbit/s for an answer of 2.7 MB. */
const network = { chunks: 200, everyMs: 1 };

/** In milliseconds. `landing`: from the last byte to `data-visible="full"`. `floor`: load and decode of the same file. */
type Samples = { landing: number[]; floor: number[] };

export type LandingFigures = { rows: LimitRow[]; loopback: Samples; network: Samples };

/**
 * Measures the figures. Answers over loopback and over the network alternate.
 *
 * @param rounds number of pictures of each.
 */
export async function reportLanding(rounds: number): Promise<LandingFigures> {
  const picture = await samplePicture('3:2');
  const server = await startGoogleServer({ picture, delayMs });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const env = { GEMINI_API_KEY: 'bench', GOOGLE_GEMINI_BASE_URL: server.baseUrl };
  const running = await launch({ dataFolder, env });
  try {
    const { page } = running;
    /** Makes a picture, shows it, and loads and decodes it again. */
    async function land(drip: typeof network | null): Promise<{ landingMs: number; floorMs: number }> {
      const fullAt = await watchNextFull(page);
      server.answerNext({ kind: 'picture', ...(drip && { drip }) });
      const field = page.getByRole('textbox', { name: 'Message' });
      await field.fill('a red fox at dawn');
      await field.press('Enter');
      const { at, address } = await fullAt();
      const answeredAt = server.requests.at(-1)?.answeredAt;
      if (answeredAt == null) throw new Error('The server has not replied.');
      const { pathname, search } = new URL(address);
      const id = pathname.split('/')[1] ?? '';
      await untilIdle(page, path.join(dataFolder, thumbnailOf(pictureFile(id, 'png'), 256)));
      // Write the file to the path where it was first shown, because it is no longer there.
      const file = path.join(dataFolder, arrivalFile(search.slice(1)));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, picture);
      const floorMs = await page.evaluate(loadAndDecode, arrivedUrl(id, `again-${server.requests.length}`));
      await rm(file);
      return { landingMs: at - answeredAt, floorMs };
    }

    const samples = { loopback: noSamples(), network: noSamples() };
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      for (const [way, drip] of [
        ['loopback', null],
        ['network', network],
      ] as const) {
        const { landingMs, floorMs } = await land(drip);
        if (round < warmUpRounds) continue;
        samples[way].landing.push(landingMs);
        samples[way].floor.push(floorMs);
      }
    }
    const figure = 'Last byte to full picture, against load and decode in the page (ms, p50)';
    const rows = [
      row(figure, samples.loopback),
      row('The same of an answer that comes over a network of 100 Mbit/s', samples.network),
    ];
    return { rows, ...samples };
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function noSamples(): Samples {
  return { landing: [], floor: [] };
}

function row(figure: string, { landing, floor }: Samples): LimitRow {
  const [now, least] = [summarise('', landing), summarise('', floor)];
  return rowAgainstFloor(figure, now.p50, least.p50, { atMost: maxRatio });
}

/** Waits until the small versions are written and nothing moves, as before a user's next request. */
async function untilIdle(page: Page, lastFile: string): Promise<void> {
  while (!existsSync(lastFile)) await wait(20);
  await page.waitForFunction(
    () =>
      document.getAnimations().length === 0 &&
      document.querySelector('[data-testid="picture"][aria-busy="true"]') === null,
  );
  await wait(500);
}

/**
 * @returns a function that waits for the next picture, and returns when it was shown (milliseconds since 1970) and
 *   its URL.
 */
async function watchNextFull(page: Page): Promise<() => Promise<{ at: number; address: string }>> {
  const handle = await page.evaluateHandle(() => {
    const known = new Set(document.querySelectorAll('[data-testid="picture"]'));
    const seen = new Promise<{ at: number; address: string }>((resolve) => {
      const observer = new MutationObserver(() => {
        for (const picture of document.querySelectorAll('[data-testid="picture"][data-visible="full"]')) {
          const image = picture.querySelector('img');
          if (known.has(picture) || !image) continue;
          observer.disconnect();
          resolve({ at: performance.timeOrigin + performance.now(), address: image.src });
        }
      });
      const attributeFilter = ['data-visible'];
      observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter });
    });
    return { seen };
  });
  return async () => {
    const found = await handle.evaluate(({ seen }) => seen);
    await handle.dispose();
    return found;
  };
}

/** Runs in the page. @returns milliseconds */
async function loadAndDecode(address: string): Promise<number> {
  const startedAt = performance.now();
  const image = document.createElement('img');
  image.src = address;
  await image.decode();
  return performance.now() - startedAt;
}
