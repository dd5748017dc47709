import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { writeXmp } from '../../../shared/domain/xmp';
import { withPngChunk } from '../pipeline/test-pictures';
import { withoutRecipe } from './without-recipe';

const recipe = {
  prompt: 'a red fox & a "hare"',
  provider: 'painter',
  model: 'painter-1',
  params: { aspectRatio: '3:2', seed: 7 },
  createdAt: 1,
} as const;

function pictureOf(format: 'png' | 'jpeg' | 'webp', alpha = 1, quality = 90): Buffer {
  const canvas = createCanvas(37, 23);
  const pen = canvas.getContext('2d');
  for (let x = 0; x < 37; x += 1) {
    pen.fillStyle = `rgb(${x * 6} ${255 - x * 5} ${(x * 37) % 255} / ${alpha})`;
    pen.fillRect(x, 0, 1, 23);
  }
  return format === 'png' ? canvas.encodeSync('png') : canvas.encodeSync(format, quality);
}

function copyOf(bytes: Uint8Array, xmp = writeXmp(recipe)): Uint8Array {
  const copy = embedXmp(bytes, xmp);
  if (!copy) throw new Error('not embedded');
  return copy;
}

describe.each<[string, PictureFormat, Buffer]>([
  ['PNG', 'png', pictureOf('png')],
  ['PNG with other texts', 'png', withPngChunk(pictureOf('png'), 'tEXt', Buffer.from('Title\0Fox'))],
  ['JPEG', 'jpg', pictureOf('jpeg')],
  ['lossy WebP', 'webp', pictureOf('webp')],
  ['lossless WebP', 'webp', pictureOf('webp', 1, 100)],
  ['transparent WebP', 'webp', pictureOf('webp', 0.5)],
  ['transparent lossless WebP', 'webp', pictureOf('webp', 0.5, 100)],
])('withoutRecipe for a %s', (_which, format, bytes) => {
  test('restores the original of a copy byte for byte', () => {
    const forms = withoutRecipe(copyOf(bytes), format);
    expect(forms.some((form) => bytes.equals(form))).toBe(true);
  });

  test('returns nothing for a file without our recipe, or with XMP of another program', () => {
    expect(withoutRecipe(bytes, format)).toEqual([]);
    const foreign = copyOf(bytes, '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    expect(withoutRecipe(foreign, format)).toEqual([]);
  });

  test('never throws for a damaged or truncated copy', () => {
    const copy = copyOf(bytes);
    for (let at = 0; at < copy.length; at += 7) {
      const broken = Buffer.from(copy);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(() => withoutRecipe(broken, format)).not.toThrow();
      expect(() => withoutRecipe(copy.subarray(0, at), format)).not.toThrow();
    }
  });
});
