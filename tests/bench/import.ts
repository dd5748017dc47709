// Measures an import of many pictures: its rate against the bare codec, the page's frame times meanwhile, and the
// main process.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCanvas } from '@napi-rs/canvas';
import { decode, encodeThumbnail, thumbhashOf } from '../../electron/generator/codec/decode';
import type { ImportProgress } from '../../shared/contract/import';
import { thumbnailSides } from '../../shared/domain/picture-files';
import { summarise } from '../../shared/domain/timings';
import { launch, type Running } from '../harness/launch';
import { createRandom, type Random } from '../harness/random';
import type { Summary } from './headline';
import { type LimitRow, rowAgainstFloor, rowOfValue } from './limits';

const size = { width: 768, height: 512 } as const;
const quality = 85;
/** Number of pictures that the bare codec opens before the import, and again after it. */
const barePictures = 300;
const minRatio = 0.5;
/** A frame of a 60 Hz display, plus the rounding of the clock (ms). */
const maxFrameMs = 16.9;
const maxBlockMs = 50;

export type ImportFigures = {
  rows: LimitRow[];
  pictures: number;
  /** Pictures per second. */
  perSecond: number;
  barePerSecond: number;
  /** Milliseconds between frames of the open gallery. */
  frame: Summary;
  worstFrame: number;
  /** The longest time in which the main process did not respond, and the one that 1 in 1,000 exceeds (ms). */
  longestBlock: number;
  blockP999: number;
};

/** @param pictures number of imported pictures. */
export async function reportImport(pictures: number): Promise<ImportFigures> {
  const base = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    const files = await paintPictures(path.join(base, 'pictures'), pictures);
    const before = await runBareCodec(files.slice(0, barePictures));
    const measured = await importInApp(base, path.dirname(files[0] ?? base), pictures);
    const after = await runBareCodec(files.slice(-barePictures));
    const barePerSecond = (before + after) / 2;
    const { perSecond, frame, worstFrame, longestBlock } = measured;
    console.log(
      `\nImport of ${pictures} pictures: ${perSecond.toFixed(1)} a second, bare codec ${barePerSecond.toFixed(1)} (${before.toFixed(1)} before, ${after.toFixed(1)} after); frames p50 ${frame.p50.toFixed(1)}, p95 ${frame.p95.toFixed(1)}, worst ${worstFrame.toFixed(0)} ms; main process ${longestBlock.toFixed(0)} ms at most, p99.9 ${measured.blockP999.toFixed(1)} ms\n`,
    );
    return {
      rows: [
        rowAgainstFloor('Pictures imported a second, against the bare codec', perSecond, barePerSecond, {
          atLeast: minRatio,
        }),
        rowOfValue('Frame of the page while pictures are imported, p95 (ms)', frame.p95, {
          atMost: maxFrameMs,
        }),
        rowOfValue('Longest block of the main process while pictures are imported (ms)', longestBlock, {
          atMost: maxBlockMs,
        }),
      ],
      ...{ pictures, barePerSecond, ...measured },
    };
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Paints different pictures. @returns their files. */
async function paintPictures(folder: string, count: number): Promise<string[]> {
  await mkdir(folder);
  const random = createRandom(1);
  const files: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const file = path.join(folder, `picture ${number}.jpg`);
    await writeFile(file, await paint(random));
    files.push(file);
    if (number % 500 === 0) process.stderr.write(`\rimport: ${number} of ${count} pictures painted `);
  }
  process.stderr.write('\n');
  return files;
}

function paint(random: Random): Promise<Buffer> {
  const canvas = createCanvas(size.width, size.height);
  const pen = canvas.getContext('2d');
  const sky = pen.createLinearGradient(0, 0, size.width, size.height);
  sky.addColorStop(0, `hsl(${random() * 360}, 60%, 40%)`);
  sky.addColorStop(1, `hsl(${random() * 360}, 70%, 70%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, size.width, size.height);
  for (let disc = 0; disc < 24; disc += 1) {
    pen.fillStyle = `hsl(${random() * 360}, 80%, 50%)`;
    pen.beginPath();
    pen.arc(random() * size.width, random() * size.height, 8 + random() * 60, 0, 7);
    pen.fill();
  }
  return canvas.encode('jpeg', quality);
}

/** Opens pictures and derives the same files as the app, on all cores. @returns pictures per second. */
async function runBareCodec(files: readonly string[]): Promise<number> {
  const queue = files.values();
  const worker = async () => {
    for (const file of queue) {
      const picture = await decode(await readFile(file));
      await thumbhashOf(picture);
      await Promise.all(thumbnailSides.map((side) => encodeThumbnail(picture, side)));
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return (files.length * 1000) / (performance.now() - startedAt);
}

async function importInApp(base: string, folder: string, pictures: number) {
  const running = await launch({
    dataFolder: path.join(base, 'data'),
    env: { AFTERIMAGE_PROVIDER: 'painter' },
  });
  try {
    const { page } = running;
    await chooseFolder(running, folder);
    await watchMainProcess(running);
    await watchFrames(running);
    const ended = endOfImport(running);
    const startedAt = performance.now();
    await page
      .getByRole('dialog', { name: /^Import “/ })
      .getByRole('button', { name: 'Import' })
      .click();
    const { state, added } = await ended;
    const seconds = (performance.now() - startedAt) / 1000;
    if (added !== pictures) throw new Error(`${added} of ${pictures} pictures were imported: ${state}.`);
    return { perSecond: pictures / seconds, ...(await readFrames(running)), ...(await readBlocks(running)) };
  } finally {
    await running.kill();
  }
}

async function chooseFolder({ electron, page }: Running, folder: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByRole('button', { name: 'A folder…', exact: true }).click();
  await page.getByRole('dialog', { name: /^Import “/ }).waitFor();
}

/** Resolves with the last progress of the next import. */
function endOfImport({ page }: Running): Promise<ImportProgress> {
  return page.evaluate(
    () =>
      new Promise<ImportProgress>((resolve) => {
        const stop = window.afterimage.on('import:progress', (progress) => {
          if (progress.state === 'looking' || progress.state === 'running') return;
          stop();
          resolve(progress);
        });
      }),
  );
}

function watchMainProcess({ electron }: Running): Promise<void> {
  return electron.evaluate(() => {
    const hooks = process.getBuiltinModule('node:perf_hooks');
    const delays = hooks.monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    Object.assign(globalThis, { benchDelays: delays });
  });
}

async function readBlocks({ electron }: Running) {
  return electron.evaluate(() => {
    const delays: ReturnType<typeof monitorEventLoopDelay> = Reflect.get(globalThis, 'benchDelays');
    return { longestBlock: delays.max / 1e6, blockP999: delays.percentile(99.9) / 1e6 };
  });
}

function watchFrames({ page }: Running): Promise<void> {
  return page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const step = (at: number) => {
      frames.push(at - last);
      last = at;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    Object.assign(globalThis, { benchFrames: frames });
  });
}

async function readFrames({ page }: Running): Promise<{ frame: Summary; worstFrame: number }> {
  const frames: number[] = await page.evaluate(() => Reflect.get(globalThis, 'benchFrames'));
  const { p50, p95, count } = summarise('', frames);
  return { frame: { p50, p95, count }, worstFrame: frames.reduce((most, each) => Math.max(most, each), 0) };
}
