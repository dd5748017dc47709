// Pictures of formats that Chromium does not show: what they are converted to when they are imported.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, onTestFinished, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { countDrawn } from '../../electron/generator/codec/convert/svg-size';
import { primariesByCode, writeIccProfile } from '../../electron/generator/codec/icc-profile';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { jxlSize } from '../../shared/domain/picture-bytes/jxl-size';
import type { ForeignFormat } from '../../shared/domain/picture-files';
import { buildBmp, buildTiff, type TiffKind } from './build-foreign';
import { raster } from './corpus';
import { differenceOf, expectedOf, size } from './expected';
import { readQuarters } from './read-quarters';

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/formats', name));

async function expectShown(
  bytes: Uint8Array,
  format: ForeignFormat,
  expected = expectedOf({ orientation: 1, colours: 'sRGB' }),
) {
  expect(foreignFormatOf(bytes)).toBe(format);
  const converted = await convert(bytes, format);
  if (typeof converted === 'string') throw new Error(converted);
  expect(differenceOf(await readQuarters(converted), expected)).toBeNull();
}

const p3 = writeIccProfile(primariesByCode[12] ?? []);
const inP3 = expectedOf({ orientation: 1, colours: 'P3' });

test('a HEIC is converted, and its colours to sRGB', async () => {
  await expectShown(fixture('quarters.heic'), 'heic');
  await expectShown(fixture('quarters-p3.heic'), 'heic', inP3);
});

test('a BMP is converted, also one whose rows begin at the top', async () => {
  await expectShown(buildBmp(raster()), 'bmp');
  const upsideDown = buildBmp(raster());
  upsideDown.writeInt32LE(-size.height, 22);
  await expectShown(upsideDown, 'bmp', expectedOf({ orientation: 4, colours: 'sRGB' }));
});

describe('a TIFF', () => {
  test.each<[TiffKind, Partial<Parameters<typeof expectedOf>[0]>]>([
    ['rgb', {}],
    ['rgba', { alpha: 128 }],
    ['rgb16', {}],
    ['premultiplied', { alpha: 128 }],
    ['grey', { isGrey: true }],
    ['grey16', { isGrey: true }],
    ['palette', {}],
    ['cmyk', {}],
    ['packed', {}],
  ])('of kind %s is converted', async (kind, details) => {
    const hasAlpha = kind === 'rgba' || kind === 'premultiplied';
    const bytes = buildTiff(raster({ alpha: hasAlpha ? 128 : 255 }), kind);
    await expectShown(bytes, 'tiff', expectedOf({ orientation: 1, colours: 'sRGB', ...details }));
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('of orientation %i is turned upright', async (orientation) => {
    const bytes = buildTiff(raster(), 'rgb', { orientation });
    await expectShown(bytes, 'tiff', expectedOf({ orientation, colours: 'sRGB' }));
  });

  test('whose samples are stored apart, or whose inks are others, is refused and not shown wrong', async () => {
    expect(await convert(buildTiff(raster(), 'rgb', { planes: true }), 'tiff')).toBe('unreadable');
    const fewInks = buildTiff(raster(), 'rgb');
    const directory = fewInks.readUInt32LE(4);
    for (let at = directory + 2; at + 12 <= fewInks.length; at += 12)
      if (fewInks.readUInt16LE(at) === 262) fewInks.writeUInt16LE(5, at + 8);
    expect(await convert(fewInks, 'tiff')).toBe('unreadable');
  });

  test('with a profile is converted to sRGB', async () => {
    await expectShown(buildTiff(raster(), 'rgb', { icc: p3 }), 'tiff', inP3);
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    const bytes = buildTiff(raster(), 'rgb');
    const directory = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(40_000, directory + 2 + 8);
    bytes.writeUInt32LE(40_000, directory + 2 + 12 + 8);
    expect(await convert(bytes, 'tiff')).toBe('too-large-to-convert');
  });
});

describe('a JPEG XL', async () => {
  const encode = await jxlEncoder();

  test('is converted', async () => {
    const bytes = encode(size.width, size.height);
    expect(jxlSize(bytes)).toEqual(size);
    await expectShown(bytes, 'jxl');
  });

  test.each([
    [1, 1],
    [8, 8],
    [16, 8],
    [256, 256],
    [257, 3],
    [1000, 750],
    [5000, 3],
    [3, 5000],
  ])('of %i x %i has this size by its header', (width, height) => {
    expect(jxlSize(encode(width, height))).toEqual({ width, height });
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    // A height of 2^30 - 1 and the ratio 1:1, from the lowest bit on.
    const bits = `0${'11'}${'1'.repeat(30)}${'100'}`;
    const bytes = Buffer.alloc(32);
    bytes.set([0xff, 0x0a]);
    [...bits].forEach((bit, index) => {
      const at = 2 + (index >> 3);
      bytes[at] = (bytes[at] ?? 0) | (Number(bit) << (index & 7));
    });
    expect(await convert(bytes, 'jxl')).toBe('too-large-to-convert');
  });
});

/** The package's encoder, whose WebAssembly is given to it as a file. */
async function jxlEncoder() {
  const { default: create } = await import('@jsquash/jxl/codec/enc/jxl_enc.js');
  const file = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm');
  const encoder = await create({ noInitialRun: true, wasmBinary: readFileSync(file) });
  return (width: number, height: number): Buffer => {
    const { at } = raster();
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      rgba.set(at(Math.floor((x * size.width) / width), Math.floor((y * size.height) / height)), pixel * 4);
    }
    const options = {
      ...{ effort: 3, quality: 95, progressive: false, epf: -1, lossyPalette: false, decodingSpeedTier: 0 },
      ...{ photonNoiseIso: 0, lossyModular: false, lossless: true },
    };
    const encoded = encoder.encode(rgba, width, height, options);
    if (!encoded) throw new Error('The encoder failed.');
    return Buffer.from(encoded);
  };
}

describe('an SVG', () => {
  const svg = (content: string, attributes = 'width="64" height="48"') =>
    Buffer.from(
      `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`,
    );

  test('becomes a picture that is large enough to look at', async () => {
    const bytes = svg('<rect width="100%" height="100%" fill="rgb(200,30,30)"/>');
    expect(foreignFormatOf(bytes)).toBe('svg');
    const converted = await convert(bytes, 'svg');
    if (typeof converted === 'string') throw new Error(converted);
    const shown = await readQuarters(converted);
    expect([shown.width, shown.height]).toEqual([1024, 768]);
    expect(shown.quarters[0]).toEqual([200, 30, 30, 255]);
  });

  test('shows its text, although fonts are loaded with the first one only', async () => {
    const words = [60, 120, 180, 240]
      .map((y) => `<text x="5" y="${y}" font-size="70">MMMMMMMM</text>`)
      .join('');
    const converted = await convert(svg(words, 'width="320" height="240"'), 'svg');
    if (typeof converted === 'string') throw new Error(converted);
    const picture = await loadImage(converted);
    const context = createCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    expect(data.filter((value, index) => index % 4 === 3 && value > 0).length).toBeGreaterThan(50_000);
  });

  test('loads nothing that it names, and runs nothing', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
    const secret = path.resolve(import.meta.dirname, '../fixtures/orientation/o6.png');
    const bytes = svg(
      `<style>@import "${url}/a"; rect { fill: url(${url}/b#c) }</style><script href="${url}/d">fetch('${url}/e')</script>
       <image href="${url}/f" width="64" height="48"/><image href="file://${secret}" width="64" height="48"/>
       <use href="${url}/g#h"/><foreignObject><img src="${url}/i"/></foreignObject>`,
    );
    const converted = await convert(bytes, 'svg');
    if (typeof converted === 'string') throw new Error(converted);
    const shown = await readQuarters(converted);
    expect(shown.quarters).toEqual([0, 1, 2, 3].map(() => [0, 0, 0, 0]));
    expect(asked).toEqual([]);
  });

  test('with entities of its own, or of no size, is refused', async () => {
    const bomb = Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>');
    expect(await convert(bomb, 'svg')).toBe('unreadable');
    expect(await convert(svg('', 'width="0" height="0"'), 'svg')).toBe('unreadable');
  });

  test('that repeats what it repeats is drawn a few times over, and refused as a bomb or a circle', async () => {
    const level = (number: number, copies: number) =>
      `<g id="l${number}">${`<use xlink:href="#l${number - 1}"/>`.repeat(copies)}</g>`;
    const nested = (levels: number, copies: number) =>
      svg(
        `<defs><rect id="l0" width="64" height="48" fill="rgb(200,30,30)"/>${Array.from({ length: levels }, (_, at) => level(at + 1, copies)).join('')}</defs><use xlink:href="#l${levels}"/>`,
        'xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="48"',
      );
    const few = await convert(nested(3, 2), 'svg');
    if (typeof few === 'string') throw new Error(few);
    expect((await readQuarters(few)).quarters[0]).toEqual([200, 30, 30, 255]);
    expect(await convert(nested(30, 10), 'svg')).toBe('unreadable');
    expect(await convert(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), 'svg')).toBe(
      'unreadable',
    );
    const pattern = (name: string, inner: string) =>
      `<pattern id="${name}" width="1" height="1"><rect fill="url(#${inner})"/></pattern>`;
    expect(countDrawn(`<svg>${pattern('a', 'b')}${pattern('b', 'a')}</svg>`)).toBe(Number.POSITIVE_INFINITY);
    // What is no tag hides nothing.
    const hidden = '<g id="a"><!-- </g> --><use href="#b"/><use href="#b"/></g><g id="b"/><use href="#a"/>';
    expect(countDrawn(hidden)).toBe(12);
    expect(countDrawn('<svg><linearGradient id="a" href="#b"/><linearGradient id="b"/></svg>')).toBe(4);
  });

  test('is not every text that contains one', () => {
    for (const text of ['<html><svg></svg></html>', 'a <svg>', '<svgs>', '<!-- <svg> -->', '']) {
      expect(foreignFormatOf(Buffer.from(text))).toBeNull();
    }
  });
});

test('none of them throws, wherever it is cut or damaged', async () => {
  const canvas = createCanvas(4, 4);
  expect((await loadImage(canvas.encodeSync('png'))).width).toBe(4);
  const small = { ...raster(), width: 8, height: 6 };
  const files: [ForeignFormat, Buffer][] = [
    ['bmp', buildBmp(small)],
    ['tiff', buildTiff(small, 'rgb')],
    ['heic', fixture('quarters.heic')],
    ['jxl', (await jxlEncoder())(8, 6)],
  ];
  for (const [format, bytes] of files) {
    for (let step = 0; step < 60; step += 1) {
      const at = Math.floor((step * bytes.length) / 60);
      const damaged = Buffer.from(bytes);
      damaged[at] = 255 - (damaged[at] ?? 0);
      for (const input of [bytes.subarray(0, at), damaged]) {
        const converted = await convert(input, format);
        expect(typeof converted === 'string' || converted.length > 0).toBe(true);
      }
    }
  }
}, 240_000);
