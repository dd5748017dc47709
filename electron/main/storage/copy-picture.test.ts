import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { failure, success } from '../../../shared/domain/errors';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { localCodec } from '../../generator/codec/local-codec';
import { sample } from '../../generator/pipeline/test-pictures';
import { createPictureCopier } from './copy-picture';
import { createTestStorage, type TestStorage } from './test-storage';

let storage: TestStorage;
let picture: { id: string; file: string };
/** The PNGs that the clipboard was given. */
let copied: Buffer[];

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
  picture = storage.picture();
  copied = [];
  write(sample(3, 2).toBuffer('image/webp'));
});

function write(bytes: Uint8Array): void {
  writeFileSync(path.join(storage.folder, picture.file), bytes);
}

function copier() {
  const { dataFolder, store } = storage.context;
  const generator = {
    writePng: async (file: string, target: string) =>
      (await localCodec.writePng(file, target)) ? success(null) : failure('picture_not_copied'),
  };
  return createPictureCopier({ dataFolder, store, generator }, async (png) => {
    copied.push(readFileSync(png));
    return true;
  });
}

test('puts a WebP on the clipboard as a PNG of the same size and leaves no file', async () => {
  expect(await copier()(picture.id)).toEqual(success(null));
  const [png = Buffer.alloc(0)] = copied;
  expect(formatOf(png)).toBe('png');
  const image = await loadImage(png);
  expect([image.width, image.height]).toEqual([3, 2]);
  expect(storage.exists('clipboard.png')).toBe(false);
});

test('copies pictures one after the other', async () => {
  const other = storage.picture();
  writeFileSync(path.join(storage.folder, other.file), sample(5, 4).toBuffer('image/png'));
  const copy = copier();
  await Promise.all([picture.id, other.id].map(copy));
  const images = await Promise.all(copied.map((png) => loadImage(png)));
  expect(images.map(({ width }) => width)).toEqual([3, 5]);
});

test('goes on after a picture that is no picture', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const copy = copier();
  write(Buffer.from('no picture'));
  expect(await copy(picture.id)).toMatchObject({ code: 'picture_not_copied' });
  rmSync(path.join(storage.folder, picture.file));
  expect(await copy(picture.id)).toMatchObject({ code: 'picture_not_copied' });
  write(sample(3, 2).toBuffer('image/png'));
  expect(await copy(picture.id)).toEqual(success(null));
  expect(copied).toHaveLength(1);
});

test('refuses a picture that is too large, without opening it', async () => {
  const { store, dataFolder } = storage.context;
  const image = store.userImages.find(picture.id);
  if (!image) throw new Error('The picture is not in the gallery.');
  const opened: string[] = [];
  const copy = createPictureCopier(
    {
      dataFolder,
      store: {
        userImages: {
          find: () => ({ ...image, width: 8000, height: 5001 }),
          place: store.userImages.place,
        },
      },
      generator: {
        writePng: async (file) => {
          opened.push(file);
          return success(null);
        },
      },
    },
    async () => true,
  );
  expect(await copy(picture.id)).toMatchObject({ code: 'copy_too_large' });
  expect(opened).toEqual([]);
});

test('says that a picture does not exist', async () => {
  expect(await copier()('none')).toMatchObject({ code: 'not_found' });
});
