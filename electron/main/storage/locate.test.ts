import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { locate } from './locate';
import { readPictureHeader } from './picture-header';
import { reconcile } from './reconcile';
import { createTestStorage, pngBytes, type TestStorage } from './test-storage';

let storage: TestStorage;
let picture: { id: string; file: string };

beforeEach(async () => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
  picture = storage.picture();
  rmSync(path.join(storage.folder, picture.file));
  await reconcile(storage.context);
});

function chosen(bytes: Uint8Array): string {
  const file = path.join(storage.folder, 'chosen.any');
  writeFileSync(file, bytes);
  return file;
}

/** A GIF's header, long enough to be looked at. */
function gifBytes(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write('GIF89a', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

test('the file is copied in, and the picture is there again', async () => {
  const from = chosen(pngBytes(3, 2, 77));
  expect(await locate(storage.context, picture.id, from)).toMatchObject({ ok: true, value: { bytes: 77 } });
  expect(storage.exists(picture.file)).toBe(true);
  expect(storage.exists('chosen.any')).toBe(true);
  expect(storage.chat.store.userImages.find(picture.id)).not.toHaveProperty('state');
  expect(storage.chat.store.messages.find(picture.id)).toMatchObject({ image: { bytes: 77 } });
  expect(await reconcile(storage.context)).toMatchObject({ missing: 0 });
});

test('another format gets its own ending, in both rows', async () => {
  await locate(storage.context, picture.id, chosen(gifBytes(3, 2)));
  const file = picture.file.replace('.png', '.gif');
  expect(storage.exists(file)).toBe(true);
  expect(storage.chat.store.userImages.file(picture.id)).toBe(file);
  expect(storage.chat.store.messages.imageFile(picture.id)).toBe(file);
});

test('killed between the file and the rows: reconciling finds it', async () => {
  storage.write(picture.file, pngBytes());
  storage.restart();
  expect(await reconcile(storage.context)).toMatchObject({ missing: 0 });
});

describe('is refused and changes nothing:', () => {
  test.each([
    ['another size', pngBytes(4, 2), 'another_picture'],
    ['words', Buffer.from('not a picture at all, but long enough to be looked at'), 'not_a_picture'],
    ['nothing', Buffer.alloc(0), 'not_a_picture'],
    ['a signature alone', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'not_a_picture'],
  ])('%s', async (_what, bytes, code) => {
    const files = storage.files();
    expect(await locate(storage.context, picture.id, chosen(bytes))).toMatchObject({ ok: false, code });
    expect(storage.files()).toEqual(files);
    expect(storage.chat.store.userImages.find(picture.id)).toMatchObject({ state: 'missing' });
  });

  test('a folder, and a file that is not there', async () => {
    for (const file of [storage.folder, path.join(storage.folder, 'nowhere')]) {
      expect(await locate(storage.context, picture.id, file)).toMatchObject({ code: 'not_a_picture' });
    }
  });
});

describe('a header', () => {
  const webp = (chunk: string, fill: (bytes: Buffer) => void) => {
    const bytes = Buffer.alloc(40);
    bytes.write('RIFF', 0, 'latin1');
    bytes.write(`WEBP${chunk}`, 8, 'latin1');
    fill(bytes);
    return bytes;
  };
  const jpeg = Buffer.alloc(40);
  jpeg.set([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0x03, 0x00, 0x04, 0x00]);
  test.each([
    ['PNG', pngBytes(1024, 768), { format: 'png', size: { width: 1024, height: 768 } }],
    ['GIF', gifBytes(1024, 768), { format: 'gif', size: { width: 1024, height: 768 } }],
    ['JPEG', jpeg, { format: 'jpg', size: { width: 1024, height: 768 } }],
    [
      'WebP, lossy',
      webp('VP8 ', (bytes) => bytes.writeUInt32LE(0x0300_0400, 26)),
      { format: 'webp', size: { width: 1024, height: 768 } },
    ],
    [
      'WebP, lossless',
      webp('VP8L', (bytes) => bytes.writeUInt32LE(1023 | (767 << 14), 21)),
      { format: 'webp', size: { width: 1024, height: 768 } },
    ],
    [
      'WebP, extended',
      webp('VP8X', (bytes) => {
        bytes.writeUIntLE(1023, 24, 3);
        bytes.writeUIntLE(767, 27, 3);
      }),
      { format: 'webp', size: { width: 1024, height: 768 } },
    ],
    [
      'a JPEG that ends early',
      Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff), Buffer.alloc(40)]),
      { format: 'jpg', size: null },
    ],
  ])('of %s is read', (_what, bytes, header) => {
    expect(readPictureHeader(bytes)).toEqual(header);
  });
});
