// The whole painter: repeatable pictures, no failures, and colours that follow the prompt.
import { createHash } from 'node:crypto';
import type { Canvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { paintPicture } from './paint';

// Small pictures are painted by the same code as large ones.
const size = { width: 256, height: 256 };

function pixelsOf(canvas: Canvas): Uint8ClampedArray {
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
}

function paintHash(prompt: string, seed = 1): string {
  return createHash('sha256')
    .update(pixelsOf(paintPicture({ prompt, seed, ...size })))
    .digest('hex');
}

type Measurements = { red: number; green: number; blue: number; lightness: number; variance: number };

/** Returns means, 0 to 255, and the variance of lightness over the upper part of the picture; `share` is of its height. */
function measure(prompt: string, seed: number, share = 1): Measurements {
  const pixels = pixelsOf(paintPicture({ prompt, seed, ...size }));
  const end = Math.floor(size.height * share) * size.width * 4;
  const sum = { red: 0, green: 0, blue: 0, lightness: 0, squares: 0 };
  for (let offset = 0; offset < end; offset += 4) {
    const [red, green, blue] = [pixels[offset] ?? 0, pixels[offset + 1] ?? 0, pixels[offset + 2] ?? 0];
    const lightness = red * 0.2126 + green * 0.7152 + blue * 0.0722;
    sum.red += red;
    sum.green += green;
    sum.blue += blue;
    sum.lightness += lightness;
    sum.squares += lightness * lightness;
  }
  const count = end / 4;
  const lightness = sum.lightness / count;
  return {
    red: sum.red / count,
    green: sum.green / count,
    blue: sum.blue / count,
    lightness,
    variance: sum.squares / count - lightness * lightness,
  };
}

const seeds = [1, 2, 3] as const;

describe('paintPicture', () => {
  it('paints the same pixels for the same request', () => {
    for (const prompt of ['sunset', 'a fox', 'a city at night', 'quantum', 'oil painting of a lake']) {
      expect(paintHash(prompt, 7)).toBe(paintHash(prompt, 7));
    }
  });

  it('paints a different picture for a different seed, prompt or colour', () => {
    const hashes = [
      paintHash('a city', 1),
      paintHash('a city', 2),
      paintHash('a teal city', 1),
      paintHash('a town', 1),
      paintHash('a red city', 1),
      paintHash('a city, watercolor', 1),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it.each([
    [512, 512],
    [768, 512],
    [512, 768],
    [910, 512],
    [512, 910],
    [2389, 1024],
    [64, 64],
  ])('paints opaque pixels of the requested size, %i by %i', (width, height) => {
    const canvas = paintPicture({ prompt: 'a boat at sunset', seed: 1, width, height });
    expect([canvas.width, canvas.height]).toEqual([width, height]);
    const pixels = pixelsOf(canvas);
    let opaque = 0;
    for (let offset = 3; offset < pixels.length; offset += 4) if (pixels[offset] === 255) opaque += 1;
    expect(opaque).toBe(width * height);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   \n\t'],
    ['emoji', '🦊🌊👨‍👩‍👧‍👦🏳️‍🌈'],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a very long prompt', 'the fox and the mountain and the sea '.repeat(2800)],
    ['one long word', 'a'.repeat(100_000)],
    ['Chinese and Japanese', '一只红色的狐狸在雪地里 桜と富士山'],
    ['right to left', 'قطة سوداء على السطح في الليل'],
    ['a lone surrogate', '\ud83e\u0000\uffff'],
    ['names of object properties', '__proto__ constructor toString'],
    ['only styles', 'watercolor oil low poly pixel art vintage noir neon woodblock pastel minimal'],
  ])('does not throw for %s', (_name, prompt) => {
    for (const seed of [0, -5, 2 ** 53 + 0.5]) {
      expect(() => paintPicture({ prompt, seed, width: 128, height: 96 })).not.toThrow();
    }
  });

  it('never paints a single flat colour', () => {
    const prompts = [
      '',
      'sunset',
      'fog',
      'minimal mountains, pastel',
      'a white cat in snow',
      'black',
      'underwater',
      'love',
    ];
    for (const prompt of prompts) {
      for (const seed of seeds)
        expect(measure(prompt, seed).variance, `${prompt} ${seed}`).toBeGreaterThan(30);
    }
  });

  it('paints night darker than noon', () => {
    for (const seed of seeds) {
      expect(measure('the sea at night', seed).lightness).toBeLessThan(
        measure('the sea at noon', seed).lightness * 0.55,
      );
    }
  });

  it('paints a sunset sky warmer than a noon sky', () => {
    const warmth = (prompt: string, seed: number): number => {
      const sky = measure(prompt, seed, 0.5);
      return sky.red - sky.blue;
    };
    for (const seed of seeds) expect(warmth('sunset', seed)).toBeGreaterThan(warmth('noon', seed) + 40);
  });

  it('shifts a teal city towards teal', () => {
    const tealness = (prompt: string, seed: number): number => {
      const { red, green, blue } = measure(prompt, seed);
      return (green + blue) / 2 - red;
    };
    for (const seed of seeds) {
      expect(tealness('a teal city at sunset', seed)).toBeGreaterThan(
        tealness('a city at sunset', seed) + 20,
      );
    }
  });

  it('paints a black and white prompt without colour', () => {
    const { red, green, blue } = measure('black and white sunset', 1);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12);
  });

  it.each(['a red boat on a lake at noon', 'a red house in the snow at noon'])(
    'colours one thing of %j',
    (prompt) => {
      for (const seed of seeds) {
        const share = redShare(prompt, seed);
        expect(share).toBeGreaterThan(0.001);
        expect(share).toBeLessThan(0.2);
        expect(redShare(prompt.replace('red ', ''), seed)).toBeLessThan(share);
      }
    },
  );
});

/** Returns the share of pixels that are clearly red. */
function redShare(prompt: string, seed: number): number {
  const pixels = pixelsOf(paintPicture({ prompt, seed, ...size }));
  let count = 0;
  for (let offset = 0; offset < pixels.length; offset += 4) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(offset, offset + 3);
    if (red > 1.5 * green && red > 1.5 * blue && red > 90) count += 1;
  }
  return count / (pixels.length / 4);
}
