import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  arrivalFile,
  arrivedFile,
  factsOf,
  keptFile,
  livePreviewFile,
  oldPrefetchFile,
  pictureFile,
  recipeFile,
  thumbnailOf,
} from '../../../shared/domain/picture-files';
import type { PictureJob, RecoverJob } from '../../../shared/generator/jobs';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { writeArrival } from './arrivals';
import { recoverFromDisk } from './recover-from-disk';
import { filesIn, noise, origin, pictureId, sample } from './test-pictures';
import { answerFacts, arrival, contextOf, requestId, storeArrived } from './test-storing';

const { prompt, params } = origin;
const job: RecoverJob = {
  kind: 'recover',
  jobId: pictureId,
  requestId,
  provider: 'google',
  model: origin.model,
  prompt,
  params,
};
const bytes = sample(300, 200).toBuffer('image/png');
const file = pictureFile(pictureId, 'png');
const price = 33_600;

let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
});

function put(name: string, content: Uint8Array | string): void {
  const target = path.join(dataFolder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function read(name: string): Buffer {
  return readFileSync(path.join(dataFolder, name));
}

async function store() {
  const stored = await storeArrived(dataFolder, bytes);
  if (!stored.ok) throw new Error(stored.message);
  return stored.value;
}

async function recovered() {
  const found = await recoverFromDisk(contextOf(dataFolder), job);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

async function expectNothing(): Promise<void> {
  expect(await recoverFromDisk(contextOf(dataFolder), job)).toMatchObject({
    ok: false,
    code: 'nothing_to_recover',
  });
}

test('recovers a picture of unknown price with an unknown price', async () => {
  const stored = await storeArrived(dataFolder, bytes, { costMicroUsd: null });
  expect(stored.ok).toBe(true);
  expect(await recovered()).toMatchObject({ costMicroUsd: null });
});

test('recovers a complete picture with its duration and cost without writing it again', async () => {
  const { image } = await store();
  const before = [
    statSync(path.join(dataFolder, file)).mtimeMs,
    statSync(path.join(dataFolder, recipeFile(pictureId))).mtimeMs,
  ];
  expect(await recovered()).toMatchObject({
    image,
    costMicroUsd: origin.costMicroUsd,
    durationMs: origin.durationMs,
  });
  const after = [
    statSync(path.join(dataFolder, file)).mtimeMs,
    statSync(path.join(dataFolder, recipeFile(pictureId))).mtimeMs,
  ];
  expect(after).toEqual(before);
});

test('derives missing thumbnails of a recovered picture', async () => {
  await store();
  const { deriveFiles } = await recovered();
  await deriveFiles(90);
  expect(existsSync(path.join(dataFolder, thumbnailOf(file, 512)))).toBe(true);
  expect(existsSync(path.join(dataFolder, thumbnailOf(file, 256)))).toBe(true);
});

test('finishes storing bytes that had just arrived, at the price of the model', async () => {
  put(arrivedFile(pictureId), bytes);
  utimesSync(path.join(dataFolder, arrivedFile(pictureId)), 1_600_000_000, 1_600_000_000);
  const { image, costMicroUsd, durationMs } = await recovered();
  expect([costMicroUsd, durationMs]).toEqual([price, 0]);
  expect(image).toMatchObject({ file, width: 300, height: 200, bytes: bytes.length });
  expect(read(file).equals(bytes)).toBe(true);
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
  expect(JSON.parse(read(recipeFile(pictureId)).toString())).toMatchObject({
    prompt,
    params,
    createdAt: 1_600_000_000_000,
    costMicroUsd: price,
  });
  expect((await recovered()).image).toEqual(image);
});

test('stores the facts of bytes that have arrived', async () => {
  const facts = { costMicroUsd: 12, durationMs: 345, ...answerFacts };
  await writeArrival(dataFolder, { ...arrival, ...facts }, bytes);
  expect(await recovered()).toMatchObject({ ...facts, requestId, provider: 'google' });
  // A crash before the message's row was written: only the recipe is left.
  rmSync(path.join(dataFolder, factsOf(arrivalFile(requestId))), { force: true });
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
  expect(await recovered()).toMatchObject({ ...facts, requestId });
});

describe('the arrival of another request for the same message', () => {
  const earlier = '01930000-0000-7000-8000-00000000ff03';
  const retry: PictureJob = { ...job, kind: 'picture' };

  test('is used by a retry with the same model, and keeps its own request', async () => {
    await writeArrival(dataFolder, { ...arrival, requestId: earlier, costMicroUsd: 5 }, bytes);
    const found = await recoverFromDisk(contextOf(dataFolder), retry);
    expect(found).toMatchObject({ ok: true, value: { requestId: earlier, costMicroUsd: 5 } });
  });

  test.each([
    ['painter', 'painter-1'],
    ['openai', 'gpt-image-1'],
    ['google', 'gemini-3-pro-image'],
  ] as const)('is neither relabelled nor overwritten by a retry with %s, %s', async (provider, model) => {
    await writeArrival(dataFolder, { ...arrival, requestId: earlier }, bytes);
    const other = { ...retry, provider, model };
    const found = await recoverFromDisk(contextOf(dataFolder), other);
    expect(found).toMatchObject({ ok: false, code: 'nothing_to_recover' });
    await storeArrived(dataFolder, noise(30, 20).toBuffer('image/jpeg'), { provider, model });
    expect(read(arrivalFile(earlier)).equals(bytes)).toBe(true);
  });

  test('is not used by a retry with another model if it has become the picture’s own file', async () => {
    await store();
    const other = { ...retry, provider: 'openai', model: 'gpt-image-1' } as const;
    expect(await recoverFromDisk(contextOf(dataFolder), other)).toMatchObject({ code: 'nothing_to_recover' });
    expect(await recoverFromDisk(contextOf(dataFolder), { ...other, kind: 'recover' })).toMatchObject({
      value: { provider: 'google', model: arrival.model },
    });
  });
});

test('recovers a prefetched picture that an older version left', async () => {
  put(oldPrefetchFile(requestId), bytes);
  expect(await recovered()).toMatchObject({ requestId, costMicroUsd: price });
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
});

test.each(['', '{', '{"requestId":"another"}'])(
  'recovers bytes whose facts are %j after a power failure',
  async (text) => {
    put(arrivalFile(requestId), bytes);
    put(factsOf(arrivalFile(requestId)), text);
    expect(await recovered()).toMatchObject({ requestId, provider: 'google', costMicroUsd: price });
    expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
  },
);

describe.each([
  ['PNG', bytes],
  ['JPEG', noise(300, 200).toBuffer('image/jpeg')],
  ['WebP', noise(300, 200).toBuffer('image/webp')],
  ['AVIF', noise(300, 200).toBuffer('image/avif')],
])('a %s that a power failure cut short together with its facts', (_format, whole) => {
  test.each([0.5, 0.9])('to %d of its length is kept, and is not recovered as a picture', async (share) => {
    const torn = whole.subarray(0, Math.floor(whole.length * share));
    put(arrivalFile(requestId), torn);
    put(factsOf(arrivalFile(requestId)), '');
    // The second attempt runs as after a kill between the new facts and the picture.
    for (const _attempt of ['first', 'second']) {
      const found = await recoverFromDisk(contextOf(dataFolder), job);
      expect(found).toMatchObject({ ok: false, code: 'unreadable_picture' });
      expect(read(keptFile(requestId)).equals(torn)).toBe(true);
      expect(existsSync(path.join(dataFolder, recipeFile(pictureId)))).toBe(false);
      renameSync(path.join(dataFolder, keptFile(requestId)), path.join(dataFolder, arrivalFile(requestId)));
      const [kept, arrived] = [keptFile(requestId), arrivalFile(requestId)].map((of) =>
        factsOf(path.join(dataFolder, of)),
      );
      renameSync(kept ?? '', arrived ?? '');
    }
  });
});

test('removes facts that a crash left beside a stored picture', async () => {
  await store();
  put(factsOf(arrivalFile(requestId)), JSON.stringify(arrival));
  await recovered();
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
});

test('keeps arrived bytes that are not a picture', async () => {
  put(arrivedFile(pictureId), 'not a picture');
  const found = await recoverFromDisk(contextOf(dataFolder), job);
  expect(found).toMatchObject({ ok: false, code: 'unreadable_picture' });
  expect(read(keptFile(requestId)).toString()).toBe('not a picture');
  expect(JSON.parse(read(factsOf(keptFile(requestId))).toString())).toMatchObject({ jobId: pictureId });
});

test('takes duration and cost from the recipe beside arrived bytes', async () => {
  const { image } = await store();
  put(arrivedFile(pictureId), bytes);
  rmSync(path.join(dataFolder, file));
  const found = await recovered();
  expect(found).toMatchObject({ image, costMicroUsd: origin.costMicroUsd, durationMs: origin.durationMs });
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
});

test('ignores the recipe of another attempt beside arrived bytes', async () => {
  await store();
  rmSync(path.join(dataFolder, file));
  const others = noise(30, 20).toBuffer('image/jpeg');
  put(arrivedFile(pictureId), others);
  const { image, costMicroUsd } = await recovered();
  expect(image).toMatchObject({ file: pictureFile(pictureId, 'jpg'), width: 30, bytes: others.length });
  expect(costMicroUsd).toBe(price);
});

test('writes a recipe for a picture that has none', async () => {
  put(file, bytes);
  expect((await recovered()).image).toMatchObject({ file, bytes: bytes.length });
  expect(filesIn(dataFolder)).toEqual([recipeFile(pictureId), file]);
  expect(read(file).equals(bytes)).toBe(true);
});

describe('has nothing to recover', () => {
  test('when there is no file', async () => {
    await expectNothing();
    expect(filesIn(dataFolder)).toEqual([]);
  });

  test('when a write was interrupted, and removes its files', async () => {
    put(`${arrivedFile(pictureId)}.part`, bytes.subarray(0, 100));
    put(livePreviewFile(pictureId), bytes.subarray(0, 100));
    await expectNothing();
    expect(filesIn(dataFolder)).toEqual([]);
  });

  test('when only a recipe is left', async () => {
    await store();
    rmSync(path.join(dataFolder, file));
    await expectNothing();
  });

  test('when the picture is shorter than its recipe says', async () => {
    await store();
    truncateSync(path.join(dataFolder, file), bytes.length - 1);
    await expectNothing();
  });

  test('when the recipe names a file of another picture', async () => {
    await store();
    const recipe = JSON.parse(read(recipeFile(pictureId)).toString());
    put('elsewhere.png', bytes);
    rmSync(path.join(dataFolder, file));
    for (const other of [
      'elsewhere.png',
      '../elsewhere.png',
      pictureFile('01930000-0000-7000-8000-0000000000ac', 'png'),
    ]) {
      put(recipeFile(pictureId), JSON.stringify({ ...recipe, file: other }));
      put(pictureFile('01930000-0000-7000-8000-0000000000ac', 'png'), bytes);
      await expectNothing();
    }
  });

  test.each(['', '{', '[]', '{"version":2}'])('when the recipe is %j, which counts as none', async (text) => {
    put(recipeFile(pictureId), text);
    await expectNothing();
    put(arrivedFile(pictureId), bytes);
    expect((await recovered()).image.file).toBe(file);
  });
});

test('leaves bytes that cannot be stored on disk, and recovers them later', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  put(arrivedFile(pictureId), bytes);
  mkdirSync(path.join(dataFolder, recipeFile(pictureId)));
  expect(await recoverFromDisk(contextOf(dataFolder), job)).toMatchObject({
    ok: false,
    code: 'picture_not_stored',
  });
  rmSync(path.join(dataFolder, recipeFile(pictureId)), { recursive: true });
  expect((await recovered()).image.file).toBe(file);
});
