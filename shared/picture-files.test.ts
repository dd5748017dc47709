import { expect, test } from 'vitest';
import { contentTypeOf, pictureFile, thumbnailOf } from './picture-files';

const id = '01930000-0000-7000-8000-0000000000ab';

test('a picture is in the folder of its last two digits', () => {
  expect(pictureFile(id, 'png')).toBe(`images/ab/${id}.png`);
});

test('a thumbnail is beside its picture', () => {
  expect(thumbnailOf(pictureFile(id, 'jpg'))).toBe(`images/ab/${id}.thumbnail.webp`);
});

test.each([
  ['a.png', 'image/png'],
  ['a.jpg', 'image/jpeg'],
  ['a.webp', 'image/webp'],
  ['a.thumbnail.webp', 'image/webp'],
  ['a.avif', 'image/avif'],
  ['a.gif', 'image/gif'],
  ['a.html', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['a', 'application/octet-stream'],
])('the media type of %s is %s', (file, type) => {
  expect(contentTypeOf(file)).toBe(type);
});
