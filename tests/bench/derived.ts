// Measures how many pictures per second get all their files, and the processor time of that, against the bare
// codec.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { decode, encodeDisplay, encodeThumbnail, thumbhashOf } from '../../electron/generator/codec/decode';
import { thumbnailSides } from '../../shared/domain/picture-files';
import { launch, type Running } from '../harness/launch';
import { type GoogleServer, startGoogleServer } from '../servers/google-server';
import { samplePicture } from '../servers/sample-picture';
import { type LimitRow, rowAgainstFloor } from './limits';
import { processorTime, processTree } from './processes';

const minRatio = 0.8;
/** The app's number of requests in flight. */
const picturesAtOnce = 4;
const quality = 90;
/** The first pictures start the processes and warm up compilers; they are not counted. */
const warmUpPictures = 4;
/** App and bare codec alternate, so that other programs affect both. */
const blocks = 3;

/** Total of all blocks, in milliseconds. */
type Effort = { wall: number; processor: number };

/** Pictures per second, and milliseconds of processor time per picture. */
export type DerivedFigures = {
  rows: LimitRow[];
  perSecond: number;
  barePerSecond: number;
  processorMs: number;
  bareProcessorMs: number;
};

/** @param pictures total number in all blocks. */
export async function reportDerived(pictures: number): Promise<DerivedFigures> {
  const picture = await samplePicture('1:1');
  const inBlock = Math.ceil(pictures / blocks);
  const server = await startGoogleServer({ picture });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const env = {
    GEMINI_API_KEY: 'bench',
    GOOGLE_GEMINI_BASE_URL: server.baseUrl,
    AFTERIMAGE_LIMITS: '10000/10000',
  };
  const running = await launch({ dataFolder, env });
  const app: Effort = { wall: 0, processor: 0 };
  const bare: Effort = { wall: 0, processor: 0 };
  try {
    await send(running, warmUpPictures);
    await untilDerived(dataFolder, warmUpPictures);
    for (let block = 0; block < blocks; block += 1) {
      add(bare, await runBareCodec(picture, inBlock));
      add(app, await runApp(running, server, dataFolder, warmUpPictures + block * inBlock, inBlock));
    }
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
  const all = blocks * inBlock;
  const [perSecond, barePerSecond] = [(all * 1000) / app.wall, (all * 1000) / bare.wall];
  const [processorMs, bareProcessorMs] = [app.processor / all, bare.processor / all];
  const figure = `Pictures a second with all derived files, ${picturesAtOnce} at once, against the bare codec`;
  const effort = 'Processor time of a picture with all derived files, against the bare codec (ms)';
  return {
    rows: [
      rowAgainstFloor(figure, perSecond, barePerSecond, { atLeast: minRatio }),
      rowAgainstFloor(effort, processorMs, bareProcessorMs, { atMost: 1 / minRatio }),
    ],
    ...{ perSecond, barePerSecond, processorMs, bareProcessorMs },
  };
}

function add(sum: Effort, { wall, processor }: Effort): void {
  sum.wall += wall;
  sum.processor += processor;
}

async function send({ page }: Running, count: number): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' });
  for (let sent = 0; sent < count; sent += 1) {
    await field.fill('a red fox at dawn');
    await field.press('Enter');
  }
}

/** Measures from the first answer to the last derived file on disk. @param known number of existing pictures. */
async function runApp(
  running: Running,
  server: GoogleServer,
  dataFolder: string,
  known: number,
  pictures: number,
): Promise<Effort> {
  // All messages are sent before the first answer, so that the app waits only for its own work.
  server.setDefault({ kind: 'hang' });
  await send(running, pictures);
  await server.received(known + Math.min(pictures, picturesAtOnce));
  // Work on earlier pictures may remain, because those out of sight are loaded later.
  await wait(4000);
  server.setDefault({ kind: 'picture' });
  const ids = processTree(running.electron.process().pid ?? 0);
  const before = processorTime(ids);
  const startedAt = performance.now();
  server.release();
  await untilDerived(dataFolder, known + pictures);
  return { wall: performance.now() - startedAt, processor: processorTime(ids) - before };
}

/** Waits until all pictures have all thumbnails, which are written last. */
async function untilDerived(dataFolder: string, pictures: number): Promise<void> {
  const folder = path.join(dataFolder, 'images');
  const endings = thumbnailSides.map((side) => `.${side}.webp`);
  for (;;) {
    const names = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
    const thumbnails = names.filter((name) => endings.some((ending) => name.endsWith(ending)));
    if (thumbnails.length >= pictures * thumbnailSides.length) return;
    await wait(20);
  }
}

/** Does the same work on bytes in memory, on all cores. */
async function runBareCodec(bytes: Uint8Array, pictures: number): Promise<Effort> {
  let left = pictures;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const image = await decode(bytes);
      await thumbhashOf(image);
      const small = thumbnailSides.map((side) => encodeThumbnail(image, side));
      await Promise.all([...small, encodeDisplay(image, quality)]);
    }
  };
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - startedAt, processor: (user + system) / 1000 };
}
