import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { embedXmp, findXmp } from './embed-xmp';
import { inspect } from './inspect';
import { removeXmp } from './remove-xmp';

const packet = `<?xpacket begin="\ufeff"?>${'a fox, ein Fuchs, キツネ, \u00ff '.repeat(40)}<?xpacket end="w"?>`;

/** Two frames, each of 2 by 1 pixels: red and green, then green and red. */
const gif = Buffer.from(
  '47494638396102000100800100ff000000ff0021ff0b4e45545343415045322e300301000000' +
    '21f90404320000002c000000000200010000020244' +
    '0a0021f90404320000002c00000000020001000002020c0a003b',
  'hex',
);

function avif(): Promise<Buffer> {
  const canvas = createCanvas(16, 12);
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'rgb(200 30 90)';
  pen.fillRect(0, 0, 9, 12);
  return canvas.encode('avif', { quality: 90 });
}

async function pixels(bytes: Uint8Array): Promise<number[]> {
  const image = await loadImage(Buffer.from(bytes));
  const pen = createCanvas(image.width, image.height).getContext('2d');
  pen.drawImage(image, 0, 0);
  return [...pen.getImageData(0, 0, image.width, image.height).data];
}

test.each([
  ['GIF', async () => gif],
  ['AVIF', avif],
])('embeds a packet in a %s, replaces it, and removes it, without touching a pixel', async (_, make) => {
  const bytes = await make();
  expect(findXmp(bytes)).toBeNull();
  const copy = embedXmp(bytes, packet);
  if (!copy) throw new Error('Nothing was embedded.');
  expect(findXmp(copy)).toBe(packet);
  expect(inspect(copy)).toEqual(inspect(bytes));
  expect(await pixels(copy)).toEqual(await pixels(bytes));
  const again = embedXmp(copy, 'another');
  if (!again) throw new Error('Nothing was replaced.');
  expect(findXmp(again)).toBe('another');
  expect(again.length).toBe(copy.length - Buffer.byteLength(packet) + 'another'.length);
  expect(removeXmp(again).some((plain) => Buffer.compare(plain, bytes) === 0)).toBe(true);
});

test('keeps the offsets of an AVIF with a packet among its boxes', async () => {
  const copy = embedXmp(await avif(), packet);
  if (!copy) throw new Error('Nothing was embedded.');
  const free = Uint8Array.of(0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65);
  const middle = Buffer.concat([copy, free]);
  const again = embedXmp(middle, 'another');
  if (!again) throw new Error('Nothing was replaced.');
  expect(findXmp(again)).toBe('another');
  expect(await pixels(again)).toEqual(await pixels(middle));
});

test('leaves an incomplete GIF and AVIF alone, and makes an old GIF a new one', async () => {
  expect(embedXmp(gif.subarray(0, -1), packet)).toBeNull();
  expect(embedXmp((await avif()).subarray(0, -3), packet)).toBeNull();
  const old = Buffer.from(gif);
  old.write('87a', 3, 'latin1');
  const copy = embedXmp(old, packet);
  expect(Buffer.from(copy ?? []).toString('latin1', 0, 6)).toBe('GIF89a');
  expect(removeXmp(copy ?? old).some((plain) => Buffer.compare(plain, old) === 0)).toBe(true);
});
