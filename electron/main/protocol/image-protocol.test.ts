import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { maskFile } from '../../../shared/domain/edits';
import {
  arrivalFile,
  displayOf,
  livePreviewFile,
  type PictureFormat,
  pictureFile,
  thumbnailOf,
} from '../../../shared/domain/picture-files';
import {
  arrivedUrl,
  imageUrl,
  imageVariants,
  livePreviewUrl,
  maskUrl,
} from '../../../shared/domain/pictures';
import { temporaryFolder } from '../test-support/temporary-folder';
import { serveImages } from './image-protocol';
import { asResponse } from './test-response';

const id = '01930000-0000-7000-8000-0000000000ab';
const file = pictureFile(id, 'png');
const immutable = 'public, max-age=31536000, immutable';

let dataFolder: string;
/** Every id that was looked up. */
let lookedUp: string[];
type Arrival = { requestId: string; format: PictureFormat };
let arrivals: Map<string, Arrival | Promise<Arrival | undefined>>;
let serve: ReturnType<typeof serveImages>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  mkdirSync(path.join(dataFolder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(dataFolder, file), 'the picture');
  writeFileSync(path.join(dataFolder, thumbnailOf(file)), 'the thumbnail');
  writeFileSync(path.join(dataFolder, thumbnailOf(file, 256)), 'the small one');
  writeFileSync(path.join(folder, 'secret.png'), 'secret');
  writeFileSync(path.join(dataFolder, 'afterimage.db'), 'secret');
  lookedUp = [];
  arrivals = new Map();
  serve = serveImages(dataFolder, {
    fileOf(imageId) {
      lookedUp.push(imageId);
      return imageId === id ? file : undefined;
    },
    arrivalOf: (imageId) => arrivals.get(imageId),
  });
});

async function get(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return asResponse(await serve(new URL(address), { method, headers }));
}

const plainGet = { method: 'GET', headers: {} };

async function expectNotFound(response: Response): Promise<void> {
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
  expect(response.headers.get('cache-control')).toBeNull();
}

test('serves the bytes of a picture with its type as immutable', async () => {
  const response = await get(imageUrl(id, 'full'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('the picture');
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'image/png',
    'content-length': '11',
    'cache-control': immutable,
    etag: `"${id}-full-11"`,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  });
});

test('serves a thumbnail as immutable WebP', async () => {
  const response = await get(imageUrl(id, '512'));
  expect(await response.text()).toBe('the thumbnail');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe(immutable);
});

test('serves the picture uncached instead of a missing thumbnail and requests a new one once', async () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const onlyFile = pictureFile(other, 'jpg');
  mkdirSync(path.join(dataFolder, path.dirname(onlyFile)), { recursive: true });
  writeFileSync(path.join(dataFolder, onlyFile), 'the only file');
  const reported: string[] = [];
  const serveWithoutThumbnail = serveImages(dataFolder, {
    fileOf: () => onlyFile,
    makeThumbnails: async (...missing) => void reported.push(...missing),
  });
  await serveWithoutThumbnail(new URL(imageUrl(other, '256')), plainGet);
  const response = asResponse(await serveWithoutThumbnail(new URL(imageUrl(other, '512')), plainGet));
  expect(response.status).toBe(200);
  expect(response.headers.get('etag')).toBeNull();
  expect(reported).toEqual([other, onlyFile]);
  expect(await response.text()).toBe('the only file');
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

describe('a picture whose thumbnails are missing', () => {
  const thumbnails = () =>
    ([256, 512] as const).map((side) => path.join(dataFolder, thumbnailOf(file, side)));

  beforeEach(() => {
    for (const thumbnail of thumbnails()) rmSync(thumbnail);
  });

  test('is served at a size once that is made, which is requested once', async () => {
    const requested: string[] = [];
    let finish = () => {};
    const made = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const serveMade = serveImages(dataFolder, {
      fileOf: () => file,
      makeThumbnails(imageId) {
        requested.push(imageId);
        return made;
      },
      maxThumbnailWaitMs: 60_000,
    });
    const load = (variant: '256' | '512') => serveMade(new URL(imageUrl(id, variant)), plainGet);
    // The sidebar asks for it as soon as the picture is stored.
    const both = [load('256'), load('512')];
    await vi.waitFor(() => expect(requested).toEqual([id]));
    for (const thumbnail of thumbnails()) writeFileSync(thumbnail, 'made');
    finish();
    for (const response of (await Promise.all(both)).map(asResponse)) {
      expect(await response.text()).toBe('made');
      expect(response.headers.get('cache-control')).toBe(immutable);
    }
    expect(requested).toEqual([id]);

    // Lost again.
    rmSync(path.join(dataFolder, thumbnailOf(file, 512)));
    await load('512');
    await load('512');
    expect(requested).toEqual([id, id]);
  });

  test('is served as it is if making them takes too long', async () => {
    const serveUnmade = serveImages(dataFolder, {
      fileOf: () => file,
      makeThumbnails: () => new Promise(() => {}),
      maxThumbnailWaitMs: 0,
    });
    const response = asResponse(await serveUnmade(new URL(imageUrl(id, '256')), plainGet));
    expect(await response.text()).toBe('the picture');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the sharper thumbnail', () => {
  const sharp = () => path.join(dataFolder, thumbnailOf(file, 1024));

  function serveSharp(makeSharpThumbnail: (imageId: string) => Promise<void>) {
    const options = { fileOf: () => file, makeSharpThumbnail, maxThumbnailWaitMs: 0 };
    const serveIt = serveImages(dataFolder, options);
    return async () => asResponse(await serveIt(new URL(imageUrl(id, '1024')), plainGet));
  }

  test('is waited for without a limit, because the smaller one is shown meanwhile', async () => {
    const requested: string[] = [];
    let finish = () => {};
    const load = serveSharp((imageId) => {
      requested.push(imageId);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    const both = [load(), load()];
    await vi.waitFor(() => expect(requested).toEqual([id]));
    writeFileSync(sharp(), 'sharp');
    finish();
    for (const response of await Promise.all(both)) {
      expect(await response.text()).toBe('sharp');
      expect(response.headers.get('cache-control')).toBe(immutable);
    }
    expect(requested).toEqual([id]);
  });

  test('that cannot be made is tried once, and the smaller one stands in for it uncached', async () => {
    let tries = 0;
    const load = serveSharp(async () => {
      tries += 1;
    });
    for (const response of [await load(), await load()]) {
      expect(await response.text()).toBe('the thumbnail');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    expect(tries).toBe(1);
  });
});

test('serves the larger thumbnail uncached instead of a missing smaller one', async () => {
  const small = imageUrl(id, '256');
  expect(await (await get(small)).text()).toBe('the small one');
  rmSync(path.join(dataFolder, thumbnailOf(file, 256)));
  const response = await get(small);
  expect(await response.text()).toBe('the thumbnail');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('serves the display file instead of its PNG', async () => {
  writeFileSync(path.join(dataFolder, displayOf(file)), 'for the screen');
  const response = await get(imageUrl(id, 'full'));
  expect(await response.text()).toBe('for the screen');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe(immutable);
});

describe('conditional and range requests', () => {
  const full = imageUrl(id, 'full');

  test('HEAD returns the headers of GET without the body', async () => {
    const head = await get(full, {}, 'HEAD');
    expect(await head.text()).toBe('');
    expect([...head.headers]).toEqual([...(await get(full)).headers]);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get'])('%s is not allowed', async (method) => {
    const response = await get(full, {}, method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(lookedUp).toEqual([]);
  });

  test('responds 304 to a matching ETag', async () => {
    const etag = (await get(full)).headers.get('etag') ?? '';
    const response = await get(full, { 'If-None-Match': `"other", ${etag}` });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(etag);
    expect((await get(imageUrl(id, '512'), { 'if-none-match': etag })).status).toBe(200);
  });

  test('responds with the requested range', async () => {
    const response = await get(full, { Range: 'bytes=4-6' });
    expect([response.status, await response.text()]).toEqual([206, 'pic']);
    expect(response.headers.get('content-range')).toBe('bytes 4-6/11');
    expect(response.headers.get('content-length')).toBe('3');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await (await get(full, { range: 'bytes=-4' })).text()).toBe('ture');
  });

  test('sends the whole file if the range is of another version', async () => {
    const etag = (await get(full)).headers.get('etag') ?? '';
    expect((await get(full, { range: 'bytes=4-6', 'if-range': etag })).status).toBe(206);
    expect((await get(full, { range: 'bytes=4-6', 'if-range': '"old"' })).status).toBe(200);
  });

  test('responds 416 to a range outside the file', async () => {
    const response = await get(full, { range: 'bytes=11-' });
    expect([response.status, await response.text()]).toEqual([416, '']);
    expect(response.headers.get('content-range')).toBe('bytes */11');
  });
});

test.each([
  '../secret.png',
  '../../etc/passwd',
  'afterimage.db',
  'images/../afterimage.db',
  '/etc/passwd',
  'images',
])('does not serve the path %j of a row, which is outside the images folder', async (outside) => {
  const serveOutside = serveImages(dataFolder, { fileOf: () => outside });
  for (const variant of imageVariants) {
    await expectNotFound(asResponse(await serveOutside(new URL(imageUrl(id, variant)), plainGet)));
  }
});

test('accepts an id in capitals', async () => {
  const response = await get(`afterimage://image/${id.toUpperCase()}/full`);
  expect(await response.text()).toBe('the picture');
  expect(lookedUp).toEqual([id]);
});

test('ignores query and fragment', async () => {
  expect(await (await get(`${imageUrl(id, 'full')}?x=../../secret#y`)).text()).toBe('the picture');
});

describe('is not found', () => {
  test('if there is no such row', async () => {
    await expectNotFound(await get(imageUrl('01930000-0000-7000-8000-000000000000', 'full')));
    expect(lookedUp).toHaveLength(1);
  });

  test('if the file is missing, at any size', async () => {
    const serveMissing = serveImages(dataFolder, { fileOf: () => 'images/ab/gone.png' });
    for (const variant of ['full', '512'] as const)
      await expectNotFound(asResponse(await serveMissing(new URL(imageUrl(id, variant)), plainGet)));
  });

  test('if the id is too long', async () => {
    await expectNotFound(await get(`afterimage://image/${'a'.repeat(100_000)}/full`));
    expect(lookedUp).toEqual([]);
  });

  test('if there is a folder instead of the file', async () => {
    const serveFolder = serveImages(dataFolder, { fileOf: () => path.dirname(file) });
    await expectNotFound(asResponse(await serveFolder(new URL(imageUrl(id, 'full')), plainGet)));
  });

  test.each([
    'afterimage://image',
    'afterimage://image/',
    'afterimage://image//',
    `afterimage://image/${id}`,
    `afterimage://image/${id}/`,
    `afterimage://image//${id}/full`,
    `afterimage://image/${id}//full`,
    `afterimage://image/${id}/full/`,
    `afterimage://image/${id}/full/more`,
    `afterimage://image/${id}/Full`,
    `afterimage://image/${id}/original`,
    `afterimage://image/${id}/thumbnail`,
    `afterimage://image/${id}/0512`,
    `afterimage://image/${id}/thumbnail.webp`,
    `afterimage://image/${id}/constructor`,
    `afterimage://image/${id}/full%00`,
    `afterimage://image/${id}/ful%6c`,
    `afterimage://image/${id}%00/full`,
    `afterimage://image/${id}.png/full`,
    `afterimage://image/${id.replaceAll('-', '')}/full`,
    `afterimage://image/${id.replace('0193', '%30193')}/full`,
    'afterimage://image/afterimage.db/full',
    'afterimage://image/../secret.png/full',
    'afterimage://image/..%2fsecret.png/full',
    'afterimage://image/%2e%2e/%2e%2e/etc/passwd',
    'afterimage://image/%2e%2e%2f%2e%2e%2fsecret/full',
    'afterimage://image/..%5c..%5csecret/full',
    'afterimage://image/%252e%252e%252fsecret/full',
    'afterimage://image//etc/passwd',
    'afterimage://image/%2fetc%2fpasswd/full',
    'afterimage://image/file:%2f%2f%2fetc%2fpasswd/full',
    'afterimage://image/%ff%fe/full',
    'afterimage://image/%zz/full',
    `afterimage://image/${id}/../${id}/full/..`,
  ])('for %s, without looking up a row', async (address) => {
    await expectNotFound(await get(address));
    expect(lookedUp).toEqual([]);
  });
});

describe('a picture that has arrived and is being stored', () => {
  const requestId = '01930000-0000-7000-8000-00000000ff01';
  const url = arrivedUrl(id, requestId);

  beforeEach(() => {
    arrivals.set(id, { requestId, format: 'jpg' });
    mkdirSync(path.join(dataFolder, 'arrived'));
    writeFileSync(path.join(dataFolder, arrivalFile(requestId)), 'the bytes');
  });

  test('is served with the type of its bytes, and never cached', async () => {
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([200, 'the bytes']);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await (await get(url, {}, 'HEAD')).text()).toBe('');
    expect(lookedUp).toEqual([]);
  });

  test('is served under its own name once it is stored', async () => {
    const stored = path.join(dataFolder, pictureFile(id, 'jpg'));
    renameSync(path.join(dataFolder, arrivalFile(requestId)), stored);
    const response = await get(url);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'image/jpeg',
      'the bytes',
    ]);
  });

  test('is served once its bytes are on disk, and not found if they never are', async () => {
    const written = path.join(dataFolder, arrivalFile(requestId));
    rmSync(written);
    let decide: (arrival: Arrival | undefined) => void = () => {};
    const wait = () =>
      arrivals.set(
        id,
        new Promise((resolve) => {
          decide = resolve;
        }),
      );
    wait();
    const later = get(url);
    writeFileSync(written, 'the late bytes');
    decide({ requestId, format: 'jpg' });
    expect(await (await later).text()).toBe('the late bytes');
    wait();
    const never = get(url);
    decide(undefined);
    await expectNotFound(await never);
  });

  test('is not found after its bytes have been moved to where only the user deletes them', async () => {
    rmSync(path.join(dataFolder, arrivalFile(requestId)));
    await expectNotFound(await get(url));
  });

  test('is not found without news of its arrival, whatever request the URL names', async () => {
    arrivals.clear();
    await expectNotFound(await get(url));
    await expectNotFound(await get(`afterimage://image/${requestId}/arrived`));
  });

  test.each(['../../secret.png', '../afterimage.db', '../images', '.', ''])(
    'is not found if the name %j of its request leaves the folder of arrivals',
    async (outside) => {
      arrivals.set(id, { requestId: outside, format: 'jpg' });
      await expectNotFound(await get(url));
    },
  );
});

describe('a mask', () => {
  test('is served by its own id, without a row', async () => {
    await expectNotFound(await get(maskUrl(id)));
    mkdirSync(path.join(dataFolder, 'masks'));
    writeFileSync(path.join(dataFolder, maskFile(id)), 'the mask');
    const response = await get(maskUrl(id.toUpperCase()));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await response.text()).toBe('the mask');
    expect(lookedUp).toEqual([]);
  });
});

describe('a live preview', () => {
  const url = livePreviewUrl(id, 3);

  test('is served in its current state and never cached', async () => {
    expect((await get(url)).status).toBe(404);
    for (const preview of ['one preview', 'the next']) {
      writeFileSync(path.join(dataFolder, livePreviewFile(id)), preview);
      const response = await get(url);
      expect(await response.text()).toBe(preview);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-type')).toBe('image/webp');
    }
    expect(lookedUp).toEqual([]);
  });

  test('is found only by a valid id', async () => {
    for (const invalid of ['..%2f..%2fsecret', 'x', `${id}%2f..`]) {
      expect((await get(url.replace(id, invalid))).status).toBe(404);
    }
  });
});

describe('a picture whose file stays in a folder of the user’s', () => {
  let own: string;
  let link: { path: string; bytes: number; modifiedAt: number };
  let missing: string[];

  beforeEach(() => {
    own = path.join(path.dirname(dataFolder), 'pictures', 'own.png');
    mkdirSync(path.dirname(own));
    writeFileSync(own, 'the user’s own');
    utimesSync(own, 1_700_000_000, 1_700_000_000);
    rmSync(path.join(dataFolder, file));
    link = { path: own, bytes: statSync(own).size, modifiedAt: 1_700_000_000_000 };
    missing = [];
    serve = serveImages(dataFolder, {
      fileOf: (imageId) => (imageId === id ? file : undefined),
      linkOf: (imageId) => (imageId === id ? link : undefined),
      onMissingLink: (imageId) => void missing.push(imageId),
    });
  });

  test('is served from there, and its small versions from the data folder', async () => {
    const full = await get(imageUrl(id, 'full'));
    expect([await full.text(), full.headers.get('content-type')]).toEqual(['the user’s own', 'image/png']);
    expect(await (await get(imageUrl(id, '512'))).text()).toBe('the thumbnail');
    expect(missing).toEqual([]);
  });

  test('is not served once the file is gone or was changed, and says so; its small versions stay', async () => {
    writeFileSync(own, 'the user’s new');
    await expectNotFound(await get(imageUrl(id, 'full')));
    rmSync(own);
    await expectNotFound(await get(imageUrl(id, 'full')));
    expect(await (await get(imageUrl(id, '256'))).text()).toBe('the small one');
    writeFileSync(path.join(dataFolder, displayOf(file)), 'the display file');
    expect(await (await get(imageUrl(id, 'full'))).text()).toBe('the display file');
    expect(missing).toEqual([id, id, id]);
  });

  test('is not served through a link in place of the file or of its folder, whatever it leads to', async () => {
    const twin = path.join(path.dirname(dataFolder), 'twin.png');
    writeFileSync(twin, 'the user’s own');
    utimesSync(twin, 1_700_000_000, 1_700_000_000);
    rmSync(own);
    symlinkSync(twin, own);
    await expectNotFound(await get(imageUrl(id, 'full')));
    rmSync(path.dirname(own), { recursive: true });
    mkdirSync(path.join(path.dirname(dataFolder), 'moved'));
    renameSync(twin, path.join(path.dirname(dataFolder), 'moved', 'own.png'));
    symlinkSync(path.join(path.dirname(dataFolder), 'moved'), path.dirname(own));
    expect(readFileSync(own, 'utf8')).toBe('the user’s own');
    await expectNotFound(await get(imageUrl(id, 'full')));
  });

  test('does not open other files: only those of rows, and no parts of an address', async () => {
    for (const address of [
      `afterimage://image/${own}/full`,
      `afterimage://image/${encodeURIComponent(own)}/full`,
      `afterimage://image/${id}/..%2f..%2fpictures%2fown.png`,
      imageUrl('01930000-0000-7000-8000-0000000000cd', 'full'),
    ]) {
      await expectNotFound(await get(address));
    }
  });

  test('a folder or a pipe in its place is not opened', async () => {
    rmSync(own);
    mkdirSync(own);
    await expectNotFound(await get(imageUrl(id, 'full')));
  });
});
