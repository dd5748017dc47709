// Measures the gallery with 100, 10,000 and 100,000 pictures, a fifth of them in stacks, in the real app: opening, fast scrolling and memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { type LayoutOptions, layOut } from '../../renderer/features/gallery/timeline/layout';
import { append, emptyIndex } from '../../renderer/state/gallery/picture-index';
import { summarise } from '../../shared/domain/timings';
import { launch, projectRoot, type Running } from '../harness/launch';
import { createRandom } from '../harness/random';
import { seed } from '../seed/seed';
import { openGalleryTimed, scrollFast, scrollThrough } from './gallery-in-page';
import type { Summary } from './headline';

export type GalleryFigures = {
  pictures: number;
  /** Milliseconds from the click until the pictures of the first row are painted. */
  open: Summary;
  /** Milliseconds between frames of a scripted fast scroll. */
  frame: Summary;
  worstFrame: number;
  /** Milliseconds of the longest task while scrolling; 0 if none took over 50 ms. */
  longestTask: number;
  maxTiles: number;
  /** Milliseconds to lay out all pictures, in plain Node. */
  layout: Summary;
  /** Megabytes of all processes after scrolling from end to end, minus those of the app without pictures. */
  memory: number;
};

const sizes = [100, 10_000, 100_000];
const openings = 9;
const layouts = 15;

/** Measures and prints the figures. @param pictures further gallery sizes, such as 1,000,000. */
export async function reportGallery(pictures: readonly number[] = []): Promise<GalleryFigures[]> {
  const empty = await withApp(0, (running) => memoryOf(running));
  const figures: GalleryFigures[] = [];
  for (const size of [...sizes, ...pictures]) figures.push(await measureSize(size, empty));
  const [smallest] = figures;
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  console.log('\nGallery; ms as p50 / p95; x: ratio to the smallest gallery\n');
  console.table(
    Object.fromEntries(
      figures.map((size) => [
        `${size.pictures} pictures`,
        {
          'open to first row': show(size.open),
          'open x': (size.open.p50 / (smallest?.open.p50 ?? 1)).toFixed(2),
          'frame of fast scroll': show(size.frame),
          'frame p95 x': (size.frame.p95 / (smallest?.frame.p95 ?? 1)).toFixed(2),
          worst: size.worstFrame.toFixed(1),
          'longest task': size.longestTask.toFixed(0),
          tiles: size.maxTiles,
          layout: show(size.layout),
          'MB over empty': size.memory.toFixed(0),
        },
      ]),
    ),
  );
  return figures;
}

async function measureSize(pictures: number, emptyMemory: number): Promise<GalleryFigures> {
  process.stderr.write(`gallery of ${pictures}\n`);
  return withApp(pictures, async (running) => {
    const { page } = running;
    const open: number[] = [];
    for (let opening = 0; opening < openings; opening += 1) {
      // A reloaded page has no state, as after a start. The first opening only warms up, and is not counted.
      await page.evaluate(() => location.replace('#/chat'));
      await page.reload();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      const milliseconds = await openGalleryTimed(page);
      if (opening > 0) open.push(milliseconds);
    }
    const { frames, maxTiles, longestTask } = await scrollFast(page);
    await scrollThrough(page);
    const memory = (await memoryOf(running)) - emptyMemory;
    const { p50, p95, count } = summarise('', frames);
    return {
      pictures,
      open: summarise('', open),
      frame: { p50, p95, count },
      worstFrame: Math.max(...frames),
      longestTask,
      maxTiles,
      layout: summarise('', timeLayout(pictures)),
      memory,
    };
  });
}

async function withApp<Value>(pictures: number, work: (running: Running) => Promise<Value>): Promise<Value> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    if (pictures > 0) {
      await seed({
        ...{
          dataFolder,
          pictures,
          messages: 0,
          longest: 0,
          files: 200,
          recipes: false,
          stacks: true,
          seed: 1,
        },
        until: Date.now(),
        nativeBinding: nativeBinding(projectRoot),
        onProgress: () => {},
      });
    }
    const running = await launch({ dataFolder });
    try {
      await running.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
      );
      return await work(running);
    } finally {
      await running.kill();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @returns the working set of all processes of the app in megabytes. */
function memoryOf({ electron }: Running): Promise<number> {
  return electron.evaluate(
    ({ app }) => app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024,
  );
}

/** @returns milliseconds of each complete layout of pictures of mixed shapes over three years. */
function timeLayout(pictures: number): number[] {
  const random = createRandom(1);
  const column = Array.from({ length: pictures });
  const index = append(emptyIndex(), {
    ids: new Uint8Array(pictures * 16),
    widths: Uint32Array.from(column, () => 600 + random() * 1800),
    heights: Uint32Array.from(column, () => 600 + random() * 1200),
    positions: new BigInt64Array(pictures),
    createdAt: Float64Array.from(column, (_, at) => 1.8e12 - (at / pictures) * 3 * 365 * 86_400_000),
    colours: new Uint8Array(pictures * 3),
  });
  const options: LayoutOptions = {
    ...{ width: 914, rowHeight: 180, gap: 8, headHeight: 44, sectionGap: 20 },
    grouping: 'day',
  };
  return Array.from({ length: layouts }, () => {
    const started = performance.now();
    layOut(index, options);
    return performance.now() - started;
  });
}
