// Measures whether the memory of all processes grows while pictures are requested, and while a gallery is scrolled.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { launch, projectRoot, type Running } from '../harness/launch';
import { seed } from '../seed/seed';
import { scrollThrough } from './gallery-in-page';
import { type LimitRow, rowAgainstFloor } from './limits';
import { memoryOf, processTree } from './processes';

const picturesPerHalf = 100;
const batchSize = 10;
const galleryPictures = 300_000;
/** Time without work after which collected memory has been released (ms). */
const settleMs = 5_000;
/** Allows for the few percent by which two measurements of the same state differ. */
const maxGrowth = 1.1;

export type MemoryFigures = {
  rows: LimitRow[];
  /** Megabytes of all processes, as proportional set size. */
  pictures: { start: number; first: number; second: number };
  gallery: { opened: number; first: number; second: number };
};

/** Measures and prints the figures. The second half of each kind of work must take as much memory as the first. */
export async function reportMemory(): Promise<MemoryFigures> {
  const pictures = await withApp(0, measurePictures);
  const gallery = await withApp(galleryPictures, measureGallery);
  const rows = [
    growth(`Memory after ${2 * picturesPerHalf} pictures against ${picturesPerHalf} (MB)`, pictures),
    growth(`Memory after scrolling twice through ${galleryPictures} pictures against once (MB)`, gallery),
  ];
  const show = (megabytes: number) => megabytes.toFixed(0);
  console.log('\nMemory of all processes in MB\n');
  console.table({
    'Pictures asked for': {
      before: show(pictures.start),
      first: show(pictures.first),
      second: show(pictures.second),
    },
    'Gallery scrolled': {
      before: show(gallery.opened),
      first: show(gallery.first),
      second: show(gallery.second),
    },
  });
  return { rows, pictures, gallery };
}

function growth(figure: string, { first, second }: { first: number; second: number }): LimitRow {
  return rowAgainstFloor(figure, second, first, { atMost: maxGrowth });
}

async function measurePictures(running: Running): Promise<MemoryFigures['pictures']> {
  const start = await settledMemory(running);
  await askFor(running.page, picturesPerHalf);
  const first = await settledMemory(running);
  await askFor(running.page, picturesPerHalf);
  return { start, first, second: await settledMemory(running) };
}

async function askFor(page: Page, count: number): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' });
  for (let asked = 0; asked < count; asked += batchSize) {
    for (let index = 0; index < batchSize; index += 1) {
      await field.fill(`a red fox at dawn, number ${asked + index}`);
      await field.press('Enter');
      await page.waitForFunction(
        (element) => element instanceof HTMLTextAreaElement && element.value === '',
        await field.elementHandle(),
      );
    }
    await page.waitForFunction(
      () => document.querySelector('[data-testid="picture"][aria-busy="true"]') === null,
      undefined,
      { timeout: 300_000 },
    );
    process.stderr.write(`\rmemory: ${asked + batchSize} of ${count} pictures `);
  }
  process.stderr.write('\n');
}

async function measureGallery(running: Running): Promise<MemoryFigures['gallery']> {
  const { page } = running;
  await page.evaluate(() => location.replace('#/gallery'));
  await page.locator('[data-image-id]').first().waitFor();
  const opened = await settledMemory(running);
  await scrollThrough(page);
  const first = await settledMemory(running);
  await scrollThrough(page);
  return { opened, first, second: await settledMemory(running) };
}

/** @returns megabytes of all processes once they have been idle. */
async function settledMemory({ page, electron }: Running): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await wait(settleMs);
  return memoryOf(processTree(electron.process().pid ?? 0)) / 1e6;
}

async function withApp<Value>(pictures: number, work: (running: Running) => Promise<Value>): Promise<Value> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    if (pictures > 0) {
      process.stderr.write(`memory: seeding ${pictures} pictures\n`);
      await seed({
        ...{
          dataFolder,
          pictures,
          messages: 0,
          longest: 0,
          files: 200,
          recipes: false,
          stacks: false,
          seed: 1,
        },
        until: Date.now(),
        nativeBinding: nativeBinding(projectRoot),
        onProgress: () => {},
      });
    }
    const env = { AFTERIMAGE_PROVIDER: 'painter', AFTERIMAGE_LIMITS: '10000/100000' };
    const running = await launch({ dataFolder, env });
    try {
      return await work(running);
    } finally {
      await running.kill();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}
