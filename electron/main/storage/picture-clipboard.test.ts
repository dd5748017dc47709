import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createPictureClipboard } from './picture-clipboard';

let file: string;
let written: unknown[];

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'clipboard.png');
  writeFileSync(file, 'a png');
  written = [];
});

/** Electron 33 to 43. */
const images = { writeImage: (image: unknown) => void written.push(image) };
/** Electron 44 and later. */
const items = { write: async (list: unknown[]) => void written.push(...list) };

function open(clipboard: object) {
  return createPictureClipboard({
    clipboard,
    createImage: (png) => ({ image: String(png), isEmpty: () => String(png) === 'broken' }),
    createItem: (png) => ({ type: png.type, text: png.text() }),
  });
}

test('writes an image with Electron 33', async () => {
  expect(await open(images)(file)).toBe(true);
  expect(written).toMatchObject([{ image: 'a png' }]);
});

test('writes an item with Electron 45', async () => {
  expect(await open(items)(file)).toBe(true);
  expect(written).toMatchObject([{ type: 'image/png' }]);
});

test('fails if the system cannot decode the file or does not take it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  writeFileSync(file, 'broken');
  expect(await open(images)(file)).toBe(false);
  expect(await open({})(file)).toBe(false);
  expect(await open({ write: () => Promise.reject(new Error('The clipboard is locked.')) })(file)).toBe(
    false,
  );
  expect(await open(images)(`${file}.none`)).toBe(false);
  expect(written).toEqual([]);
});
