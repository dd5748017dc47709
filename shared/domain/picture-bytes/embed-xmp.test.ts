import { createCanvas, Image } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { changeHereModel } from '../edits';
import type { PictureFormat } from '../picture-files';
import { type ExportedRecipe, readXmp, writeXmp } from '../xmp';
import { embedXmp, findXmp } from './embed-xmp';

const recipe: ExportedRecipe = {
  prompt: 'a red fox at dawn',
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  params: { aspectRatio: '3:2', seed: 7 },
  createdAt: 1_760_000_000_000,
};

const hostile = [
  '',
  '<script>alert("&amp;")</script> \' " & &quot; &#10;',
  'line\nbreak\r\n\ttab',
  '🦊 桜 مرحبا \u202E',
  '" afterimage:recipe="{}',
  ']]> <?xpacket end="w"?> --> <!--',
  'x'.repeat(20_000),
];

describe('XMP', () => {
  test.each(hostile)('keeps any prompt unchanged: %j', (prompt) => {
    expect(readXmp(writeXmp({ ...recipe, prompt }))).toEqual({ ...recipe, prompt });
  });

  test('replaces characters that XML cannot hold and keeps the rest', () => {
    const read = readXmp(writeXmp({ ...recipe, prompt: 'a\u0000b\u001Bc\uD800d' }));
    expect(read?.prompt.startsWith('a')).toBe(true);
    expect(read?.prompt.endsWith('d')).toBe(true);
  });

  test('ignores broken packets and packets of other programs', () => {
    for (const packet of ['', '<x/>', 'afterimage:recipe="{}"', writeXmp(recipe).replace('seed', 'sed')]) {
      expect(readXmp(packet)).toBeNull();
    }
  });

  test('names the kind of source in IPTC terms', () => {
    expect(writeXmp(recipe)).toContain('/trainedAlgorithmicMedia"');
    expect(writeXmp({ ...recipe, provider: 'painter' })).toContain('/algorithmicMedia"');
    // The original of an enlarged picture may come from any model.
    expect(writeXmp({ ...recipe, provider: 'painter', model: changeHereModel })).toContain(
      '/algorithmicallyEnhanced"',
    );
  });
});

/** A small picture that compresses badly, some of it see-through. */
function pictureOf(format: 'png' | 'jpeg' | 'webp'): Buffer {
  const canvas = createCanvas(37, 23);
  const pen = canvas.getContext('2d');
  for (let x = 0; x < 37; x += 1) {
    pen.fillStyle = `rgb(${x * 6} ${255 - x * 5} ${(x * 37) % 255} / ${format === 'jpeg' ? 1 : x / 37})`;
    pen.fillRect(x, 0, 1, 23);
  }
  if (format === 'png') return canvas.encodeSync('png');
  return canvas.encodeSync(format, format === 'webp' ? 100 : 90);
}

async function pixels(bytes: Uint8Array): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.src = Buffer.from(bytes);
  await image.decode();
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data;
}

describe.each<{ format: PictureFormat; bytes: Buffer }>([
  { format: 'png', bytes: pictureOf('png') },
  { format: 'jpg', bytes: pictureOf('jpeg') },
  { format: 'webp', bytes: pictureOf('webp') },
])('in a $format', ({ bytes }) => {
  const packet = writeXmp(recipe);

  function embedded(source: Uint8Array = bytes, xmp = packet): Uint8Array {
    const copy = embedXmp(source, xmp);
    if (!copy) throw new Error('not embedded');
    return copy;
  }

  test('the packet is found again and no pixel has changed', async () => {
    const before = Buffer.from(bytes);
    expect(findXmp(bytes)).toBeNull();
    expect(findXmp(embedded())).toBe(packet);
    expect(await pixels(embedded())).toEqual(await pixels(bytes));
    expect(bytes.equals(before)).toBe(true);
  });

  test('a second packet replaces the first', () => {
    const other = writeXmp({ ...recipe, prompt: 'another' });
    const twice = embedded(embedded(), other);
    expect(findXmp(twice)).toBe(other);
    expect(twice).toEqual(embedded(bytes, other));
  });

  test('never throws for a truncated file', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => embedXmp(bytes.subarray(0, length), packet)).not.toThrow();
      expect(() => findXmp(bytes.subarray(0, length))).not.toThrow();
    }
  });

  test('never throws for a file with a wrong byte', () => {
    for (let at = 0; at < Math.min(bytes.length, 400); at += 1) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(() => embedXmp(broken, packet)).not.toThrow();
      expect(() => findXmp(broken)).not.toThrow();
    }
  });
});

test.each([
  ['x', 32_000],
  ['é', 27_000],
  ['狐', 17_000],
])('keeps a long prompt of %s whole in a JPEG', (letter, length) => {
  const prompt = letter.repeat(length);
  const copy = embedXmp(pictureOf('jpeg'), writeXmp({ ...recipe, prompt }));
  expect(readXmp(findXmp(copy ?? new Uint8Array()) ?? '')?.prompt).toBe(prompt);
});

test('returns null for a JPEG and a packet of more than 64 kB, and for formats without a place for XMP', () => {
  const long = writeXmp({ ...recipe, prompt: 'x'.repeat(70_000) });
  expect(embedXmp(pictureOf('jpeg'), long)).toBeNull();
  expect(embedXmp(new Uint8Array(10), 'x')).toBeNull();
  expect(embedXmp(new Uint8Array(10), 'x')).toBeNull();
});
