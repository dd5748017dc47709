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
import { beforeEach, describe, expect, test } from 'vitest';
import { arrivalFile, displayOf, livePreviewFile, pictureFile } from '../../../shared/domain/picture-files';
import { arrivedUrl, imageUrl, livePreviewUrl } from '../../../shared/domain/pictures';
import { serveImages } from './image-protocol';
import { type Arrival, expectNotFound, file, fixture, get, id, useServedImages } from './test-images';

useServedImages();

describe('a picture that has arrived and is being stored', () => {
  const requestId = '01930000-0000-7000-8000-00000000ff01';
  const url = arrivedUrl(id, requestId);

  beforeEach(() => {
    fixture.arrivals.set(id, { requestId, format: 'jpg' });
    mkdirSync(path.join(fixture.dataFolder, 'arrived'));
    writeFileSync(path.join(fixture.dataFolder, arrivalFile(requestId)), 'the bytes');
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
    expect(fixture.lookedUp).toEqual([]);
  });

  test('is served under its own name once it is stored', async () => {
    const stored = path.join(fixture.dataFolder, pictureFile(id, 'jpg'));
    renameSync(path.join(fixture.dataFolder, arrivalFile(requestId)), stored);
    const response = await get(url);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'image/jpeg',
      'the bytes',
    ]);
  });

  test('is served once its bytes are on disk, and not found if they never are', async () => {
    const written = path.join(fixture.dataFolder, arrivalFile(requestId));
    rmSync(written);
    let decide: (arrival: Arrival | undefined) => void = () => {};
    const wait = () =>
      fixture.arrivals.set(
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
    rmSync(path.join(fixture.dataFolder, arrivalFile(requestId)));
    await expectNotFound(await get(url));
  });

  test('is not found without news of its arrival, whatever request the URL names', async () => {
    fixture.arrivals.clear();
    await expectNotFound(await get(url));
    await expectNotFound(await get(`afterimage://image/${requestId}/arrived`));
  });

  test.each(['../../secret.png', '../afterimage.db', '../images', '.', ''])(
    'is not found if the name %j of its request leaves the folder of arrivals',
    async (outside) => {
      fixture.arrivals.set(id, { requestId: outside, format: 'jpg' });
      await expectNotFound(await get(url));
    },
  );
});

describe('a live preview', () => {
  const url = livePreviewUrl(id, 3);

  test('is served in its current state and never cached', async () => {
    expect((await get(url)).status).toBe(404);
    for (const preview of ['one preview', 'the next']) {
      writeFileSync(path.join(fixture.dataFolder, livePreviewFile(id)), preview);
      const response = await get(url);
      expect(await response.text()).toBe(preview);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-type')).toBe('image/webp');
    }
    expect(fixture.lookedUp).toEqual([]);
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
    own = path.join(path.dirname(fixture.dataFolder), 'pictures', 'own.png');
    mkdirSync(path.dirname(own));
    writeFileSync(own, 'the user’s own');
    utimesSync(own, 1_700_000_000, 1_700_000_000);
    rmSync(path.join(fixture.dataFolder, file));
    link = { path: own, bytes: statSync(own).size, modifiedAt: 1_700_000_000_000 };
    missing = [];
    fixture.serve = serveImages(fixture.dataFolder, {
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
    writeFileSync(path.join(fixture.dataFolder, displayOf(file)), 'the display file');
    expect(await (await get(imageUrl(id, 'full'))).text()).toBe('the display file');
    expect(missing).toEqual([id, id, id]);
  });

  test('is not served through a link in place of the file or of its folder, whatever it leads to', async () => {
    const twin = path.join(path.dirname(fixture.dataFolder), 'twin.png');
    writeFileSync(twin, 'the user’s own');
    utimesSync(twin, 1_700_000_000, 1_700_000_000);
    rmSync(own);
    symlinkSync(twin, own);
    await expectNotFound(await get(imageUrl(id, 'full')));
    rmSync(path.dirname(own), { recursive: true });
    mkdirSync(path.join(path.dirname(fixture.dataFolder), 'moved'));
    renameSync(twin, path.join(path.dirname(fixture.dataFolder), 'moved', 'own.png'));
    symlinkSync(path.join(path.dirname(fixture.dataFolder), 'moved'), path.dirname(own));
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
