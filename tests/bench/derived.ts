// Measures how many pictures a second get all their files, against the bare codec in a process of its own.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { decode, encodeDisplay, encodeThumbnail, thumbhashOf } from '../../electron/generator/codec/decode';
import { thumbnailSides } from '../../shared/domain/picture-files';
import { launch } from '../harness/launch';
import { startGoogleServer } from '../servers/google-server';
import { samplePicture } from '../servers/sample-picture';
import { type LimitRow, rowAgainstFloor } from './limits';

const minRatio = 0.8;
/** As many requests as the app has in flight. */
const picturesAtOnce = 4;
const quality = 90;
/** The first pictures start the processes and warm up compilers; they are not counted. */
const warmUpPictures = 4;

/** Pictures per second. */
export type DerivedFigures = { rows: LimitRow[]; perSecond: number; barePerSecond: number };

export async function reportDerived(pictures: number): Promise<DerivedFigures> {
  const picture = await samplePicture('1:1');
  const perSecond = await measureApp(picture, pictures);
  const barePerSecond = await measureBareCodec(picture, pictures);
  const figure = `Pictures a second with all derived files, ${picturesAtOnce} at once, against the bare codec`;
  return {
    rows: [rowAgainstFloor(figure, perSecond, barePerSecond, { atLeast: minRatio })],
    perSecond,
    barePerSecond,
  };
}

/** From the first counted answer to the last derived file on disk. */
async function measureApp(picture: Uint8Array, pictures: number): Promise<number> {
  const server = await startGoogleServer({ picture });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const env = {
    GEMINI_API_KEY: 'bench',
    GOOGLE_GEMINI_BASE_URL: server.baseUrl,
    AFTERIMAGE_LIMITS: '10000/10000',
  };
  const running = await launch({ dataFolder, env });
  try {
    const { page } = running;
    const send = async (count: number) => {
      const field = page.getByRole('textbox', { name: 'Message' });
      for (let sent = 0; sent < count; sent += 1) {
        await field.fill('a red fox at dawn');
        await field.press('Enter');
      }
    };
    await send(warmUpPictures);
    await untilDerived(dataFolder, warmUpPictures);
    await wait(1000);
    // All messages are there before the first answer, so that the app has nothing to wait for but its own work.
    server.setDefault({ kind: 'hang' });
    await send(pictures);
    await server.received(warmUpPictures + picturesAtOnce);
    server.setDefault({ kind: 'picture' });
    const startedAt = performance.now();
    server.release();
    await untilDerived(dataFolder, warmUpPictures + pictures);
    return (pictures * 1000) / (performance.now() - startedAt);
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A picture that has all its thumbnails has all its files. */
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

/** The same work on bytes in memory, on as many cores as there are. */
async function measureBareCodec(bytes: Uint8Array, pictures: number): Promise<number> {
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
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return (pictures * 1000) / (performance.now() - startedAt);
}
