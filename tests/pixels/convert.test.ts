// Pictures of formats that Chromium does not show: what they are converted to when they are imported. Those of HEIC are in
// convert-heic.test.ts.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, onTestFinished, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { countDrawn } from '../../electron/generator/codec/convert/svg-size';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { jxlHeader } from '../../shared/domain/picture-bytes/jxl-header';
import type { ForeignFormat } from '../../shared/domain/picture-files';
import { type BmpKind, buildBmp, buildTiff, type TiffKind } from './build-foreign';
import { raster } from './corpus';
import { expectShown, fixture, inP3, p3 } from './expect-shown';
import { differenceOf, expectedOf, size } from './expected';
import { readQuarters } from './read-quarters';

test('a picture larger than what is drawn at once is whole, upright and in sRGB', async () => {
  const [width, height] = [2400, 3600];
  const { at } = raster();
  const large = {
    ...{ width, height },
    at: (x: number, y: number) =>
      at(Math.floor((x * size.width) / width), Math.floor((y * size.height) / height)),
  };
  const converted = await convert(buildTiff(large, 'rgb', { orientation: 6, icc: p3 }), 'tiff');
  if (typeof converted === 'string') throw new Error(converted);
  const shown = await readQuarters(converted.bytes);
  const expected = expectedOf({ orientation: 6, colours: 'P3' });
  expect(differenceOf(shown, { ...expected, width: height, height: width })).toBeNull();
});

test('a BMP is converted, also one whose rows begin at the top', async () => {
  await expectShown(buildBmp(raster()), 'bmp');
  const upsideDown = buildBmp(raster());
  upsideDown.writeInt32LE(-size.height, 22);
  await expectShown(upsideDown, 'bmp', expectedOf({ orientation: 4, colours: 'sRGB' }));
});

test.each<BmpKind>(['565', '8888', 'palette', 'rle8'])('a BMP of kind %s is converted', async (kind) => {
  await expectShown(buildBmp(raster(), kind), 'bmp');
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

  test.each([
    ['have a sign', 'rgb', 2],
    ['are short and have a point', 'rgb16', 3],
  ] as const)('whose samples %s is refused and not shown wrong', async (_what, kind, sampleFormat) => {
    expect(await convert(buildTiff(raster(), kind, { sampleFormat }), 'tiff')).toBe('unreadable');
    expect(await convert(buildTiff(raster(), kind, { sampleFormat: 1 }), 'tiff')).toMatchObject({});
  });

  test('of the form for more than 4 GB is known as one, and refused', async () => {
    const large = Buffer.concat([
      Buffer.from('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0', 'latin1'),
      Buffer.alloc(64),
    ]);
    expect(foreignFormatOf(large)).toBe('tiff');
    expect(await convert(large, 'tiff')).toBe('unreadable');
  });

  test('with a profile is converted to sRGB', async () => {
    await expectShown(buildTiff(raster(), 'rgb', { icc: p3 }), 'tiff', inP3);
  });

  test('of several pages shows the first and says so, but not of small versions of it', async () => {
    const one = buildTiff(raster(), 'rgb');
    expect(await convert(one, 'tiff')).toMatchObject({ leftOut: [] });
    expect(await convert(withSecondPage(one, 0), 'tiff')).toMatchObject({ leftOut: ['pages'] });
    expect(await convert(withSecondPage(one, 1), 'tiff')).toMatchObject({ leftOut: [] });
    expect(await convert(buildTiff(raster(), 'cmyk'), 'tiff')).toMatchObject({ leftOut: ['inks'] });
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    const bytes = buildTiff(raster(), 'rgb');
    const directory = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(40_000, directory + 2 + 8);
    bytes.writeUInt32LE(40_000, directory + 2 + 12 + 8);
    expect(await convert(bytes, 'tiff')).toBe('too-large-to-convert');
  });
});

/** Returns a TIFF with a directory of one entry behind its own, and none behind that. @param kind 1: a smaller version. */
function withSecondPage(tiff: Buffer, kind: 0 | 1): Buffer {
  const first = tiff.readUInt32LE(4);
  const second = Buffer.alloc(2 + 12 + 4);
  second.writeUInt16LE(1, 0);
  second.writeUInt16LE(254, 2);
  second.writeUInt16LE(4, 4);
  second.writeUInt32LE(1, 6);
  second.writeUInt32LE(kind, 10);
  const copy = Buffer.concat([tiff, second]);
  copy.writeUInt32LE(tiff.length, first + 2 + 12 * tiff.readUInt16LE(first));
  return copy;
}

describe('a JPEG XL', async () => {
  const encode = await jxlEncoder();

  test('is converted', async () => {
    const bytes = encode(size.width, size.height);
    expect(jxlHeader(bytes)).toEqual({ ...size, isAnimated: false });
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
    expect(jxlHeader(encode(width, height))).toEqual({ width, height, isAnimated: false });
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    expect(await convert(withSize(encode(8, 6), 20_000, 20_000), 'jxl')).toBe('too-large-to-convert');
  });

  test('of more pixels than the decoder has memory for is refused, and the next one is converted', async () => {
    // The decoder asks for more memory than WebAssembly has, and ends in a trap.
    const flat = fixture('flat-150-megapixels.jxl', 'limits');
    expect(jxlHeader(flat)).toMatchObject({ width: 12_500, height: 12_000 });
    expect(await convert(flat, 'jxl')).toBe('too-large-to-convert');
    await expectShown(encode(size.width, size.height), 'jxl');
  });

  test('whose header lies by less is unreadable, and the next one is converted', async () => {
    expect(await convert(withSize(encode(8, 6), 1000, 900), 'jxl')).toBe('unreadable');
    await expectShown(encode(size.width, size.height), 'jxl');
  });

  test('that moves says that it stands still', async () => {
    const [still, moving] = ['still', 'moving'].map((name) => fixture(`${name}.jxl`));
    expect(await convert(still ?? Buffer.of(), 'jxl')).toMatchObject({ leftOut: [] });
    expect(await convert(moving ?? Buffer.of(), 'jxl')).toMatchObject({ leftOut: ['frames'] });
  });
});

/** Returns a JPEG XL with another size in its header, and the rest as it was. */
function withSize(bytes: Buffer, width: number, height: number): Buffer {
  const bitsOf = (value: number, count: number) =>
    Array.from({ length: count }, (_, bit) => Math.floor(value / 2 ** bit) % 2);
  const all = [...bytes.subarray(2)].flatMap((byte) => bitsOf(byte, 8));
  const isSmall = all[0] === 1;
  // Its own sides are multiples of eight, or have nine bits each; no ratio.
  const headerLength = isSmall ? 1 + 5 + 3 + 5 : 1 + 2 + 9 + 3 + 2 + 9;
  const side = (value: number) => [1, 1, ...bitsOf(value - 1, 30)];
  const bits = [0, ...side(height), 0, 0, 0, ...side(width), ...all.slice(headerLength)];
  const packed = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    packed[index >> 3] = (packed[index >> 3] ?? 0) | (bit << (index & 7));
  });
  return Buffer.concat([bytes.subarray(0, 2), packed]);
}

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
    const shown = await readQuarters(converted.bytes);
    expect([shown.width, shown.height]).toEqual([1024, 768]);
    expect(shown.quarters[0]).toEqual([200, 30, 30, 255]);
  });

  test('shows its text, although fonts are loaded with the first one only', async () => {
    const words = [60, 120, 180, 240]
      .map((y) => `<text x="5" y="${y}" font-size="70">MMMMMMMM</text>`)
      .join('');
    const converted = await convert(svg(words, 'width="320" height="240"'), 'svg');
    if (typeof converted === 'string') throw new Error(converted);
    const picture = await loadImage(converted.bytes);
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
    const shown = await readQuarters(converted.bytes);
    expect(shown.quarters).toEqual([0, 1, 2, 3].map(() => [0, 0, 0, 0]));
    expect(asked).toEqual([]);
  });

  test.each([
    ['<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>', ['embedded']],
    ['<image xlink:href="other.png"/>', ['embedded']],
    ['<foreignObject><p>a</p></foreignObject>', ['embedded']],
    ['<rect width="9" height="9"><animate attributeName="x" to="9"/></rect>', ['frames']],
    ['<!-- <image href="a.png"/> --><rect width="9" height="9"/>', []],
  ])('with %s says what is not shown of it', async (content, leftOut) => {
    const drawing = svg(content, 'xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="48"');
    expect(await convert(drawing, 'svg')).toMatchObject({ leftOut });
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
    expect((await readQuarters(few.bytes)).quarters[0]).toEqual([200, 30, 30, 255]);
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
        expect(typeof converted === 'string' || converted.bytes.length > 0).toBe(true);
      }
    }
  }
}, 240_000);
