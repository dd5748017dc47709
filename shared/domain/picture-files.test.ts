import { describe, expect, test } from 'vitest';
import {
  allFormats,
  arrivalFile,
  arrivedFile,
  contentTypeOf,
  displayOf,
  factsOf,
  foreignFormats,
  keptFile,
  pictureFile,
  pictureFormats,
  readPictureName,
  recipeFile,
  thumbnailOf,
  thumbnailSides,
} from './picture-files';

const id = '01930000-0000-7000-8000-0000000000ab';

test('a picture is in the folder named by the last two digits of its id', () => {
  expect(pictureFile(id, 'png')).toBe(`images/ab/${id}.png`);
});

test('all files of a picture are in its folder', () => {
  const file = pictureFile(id, 'jpg');
  expect(thumbnailOf(file)).toBe(`images/ab/${id}.512.webp`);
  expect(thumbnailOf(file, 256)).toBe(`images/ab/${id}.256.webp`);
  expect(displayOf(file)).toBe(`images/ab/${id}.display.webp`);
  expect(recipeFile(id)).toBe(`images/ab/${id}.json`);
  expect(arrivedFile(id)).toBe(`images/ab/${id}.arrived`);
});

test('arrivals and kept files have no extension, and their facts are beside them', () => {
  expect(arrivalFile(id)).toBe(`arrived/${id}`);
  expect(factsOf(arrivalFile(id))).toBe(`arrived/${id}.json`);
  expect(keptFile(id)).toBe(`kept/${id}`);
});

test('a display file that replaces its original has the same thumbnails and display file', () => {
  const display = displayOf(pictureFile(id, 'png'));
  for (const side of thumbnailSides) {
    expect(thumbnailOf(display, side)).toBe(thumbnailOf(pictureFile(id, 'png'), side));
  }
  expect(displayOf(display)).toBe(display);
});

test('allFormats lists every format', () => {
  expect(allFormats.toSorted()).toEqual(Object.keys(pictureFormats).toSorted());
});

test.each([
  ['a.png', 'image/png'],
  ['a.jpg', 'image/jpeg'],
  ['a.webp', 'image/webp'],
  ['a.512.webp', 'image/webp'],
  ['a.avif', 'image/avif'],
  ['a.gif', 'image/gif'],
  ['a.html', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['a', 'application/octet-stream'],
])('the media type of %s is %s', (file, type) => {
  expect(contentTypeOf(file)).toBe(type);
});

describe('reads picture and role from a file name', () => {
  test.each([
    ...allFormats.map((format) => [`${id}.${format}`, 'picture']),
    ...foreignFormats.map((format) => [`${id}.original.${format}`, 'original']),
    [`${id}.display.webp`, 'display'],
    [`${id}.512.webp`, 'thumbnail'],
    [`${id}.256.webp`, 'thumbnail'],
    [`${id}.json`, 'recipe'],
    [`${id}.arrived`, 'arrived'],
    [`${id}.arrived.part`, 'unfinished'],
    [`${id}.display.webp.part`, 'unfinished'],
  ])('%s: %s', (name, kind) => {
    expect(readPictureName(name)).toEqual({ id, kind });
  });

  test.each([
    '',
    '.png',
    'holiday.png',
    `${id}`,
    `${id}.txt`,
    `${id}.png.bak`,
    `x${id}.png`,
    `${id}.64.webp`,
  ])('returns null for %j', (name) => {
    expect(readPictureName(name)).toBeNull();
  });
});
