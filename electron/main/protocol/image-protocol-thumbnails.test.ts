import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { displayOf, pictureFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { imageUrl } from '../../../shared/domain/pictures';
import { patient } from '../../../tests/harness/patient';
import { serveImages } from './image-protocol';
import { file, fixture, get, id, immutable, plainGet, useServedImages } from './test-images';
import { asResponse } from './test-response';

useServedImages();

test('serves a thumbnail as immutable WebP', async () => {
  const response = await get(imageUrl(id, '512'));
  expect(await response.text()).toBe('the thumbnail');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe(immutable);
});

test('serves the picture uncached instead of a missing thumbnail and requests a new one once', async () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const onlyFile = pictureFile(other, 'jpg');
  mkdirSync(path.join(fixture.dataFolder, path.dirname(onlyFile)), { recursive: true });
  writeFileSync(path.join(fixture.dataFolder, onlyFile), 'the only file');
  const reported: string[] = [];
  const serveWithoutThumbnail = serveImages(fixture.dataFolder, {
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
    ([256, 512] as const).map((side) => path.join(fixture.dataFolder, thumbnailOf(file, side)));

  beforeEach(() => {
    for (const thumbnail of thumbnails()) rmSync(thumbnail);
  });

  test('is served at a size once that is made, which is requested once', async () => {
    const requested: string[] = [];
    let finish = () => {};
    const made = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const serveMade = serveImages(fixture.dataFolder, {
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
    await vi.waitFor(() => expect(requested).toEqual([id]), patient);
    for (const thumbnail of thumbnails()) writeFileSync(thumbnail, 'made');
    finish();
    for (const response of (await Promise.all(both)).map(asResponse)) {
      expect(await response.text()).toBe('made');
      expect(response.headers.get('cache-control')).toBe(immutable);
    }
    expect(requested).toEqual([id]);

    // Lost again.
    rmSync(path.join(fixture.dataFolder, thumbnailOf(file, 512)));
    await load('512');
    await load('512');
    expect(requested).toEqual([id, id]);
  });

  test('is tried again some time after its thumbnails could not be made', async () => {
    let tries = 0;
    const serveAgain = serveImages(fixture.dataFolder, {
      fileOf: () => file,
      async makeThumbnails() {
        tries += 1;
        // The disk was full the first time.
        if (tries > 1) for (const thumbnail of thumbnails()) writeFileSync(thumbnail, 'made');
      },
      retryThumbnailMs: 1,
    });
    const load = async () =>
      asResponse(await serveAgain(new URL(imageUrl(id, '512')), plainGet)).headers.get('cache-control');
    expect(await load()).not.toBe(immutable);
    await vi.waitFor(async () => expect(await load()).toBe(immutable), patient);
    expect(tries).toBe(2);
  });

  test('is served as it is if making them takes too long', async () => {
    const serveUnmade = serveImages(fixture.dataFolder, {
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
  const sharp = () => path.join(fixture.dataFolder, thumbnailOf(file, 1024));

  function serveSharp(makeSharpThumbnail: (imageId: string) => Promise<void>) {
    const options = { fileOf: () => file, makeSharpThumbnail, maxThumbnailWaitMs: 0 };
    const serveIt = serveImages(fixture.dataFolder, options);
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
    await vi.waitFor(() => expect(requested).toEqual([id]), patient);
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
  rmSync(path.join(fixture.dataFolder, thumbnailOf(file, 256)));
  const response = await get(small);
  expect(await response.text()).toBe('the thumbnail');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('serves the display file instead of its PNG', async () => {
  writeFileSync(path.join(fixture.dataFolder, displayOf(file)), 'for the screen');
  const response = await get(imageUrl(id, 'full'));
  expect(await response.text()).toBe('for the screen');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe(immutable);
});
