// The conversion of an imported SVG: it is drawn without the files that it names, or refused.
import { createServer } from 'node:http';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, onTestFinished, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { countDrawn } from '../../electron/generator/codec/convert/svg-size';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { readQuarters } from './read-quarters';

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
    // A text that only looks like a tag hides nothing.
    const hidden = '<g id="a"><!-- </g> --><use href="#b"/><use href="#b"/></g><g id="b"/><use href="#a"/>';
    expect(countDrawn(hidden)).toBe(12);
    expect(countDrawn('<svg><linearGradient id="a" href="#b"/><linearGradient id="b"/></svg>')).toBe(4);
  });

  test.each([
    'width="100000" height="100000"',
    'height="1e5" width="2000in"',
    "width='100%' height='100%' viewBox='0 0 90000 90000'",
    'viewBox="0,0,90000,90000"',
    'width="9000em" height="20000"',
  ])('that asks for more pixels than there is memory for is refused: %s', async (attributes) => {
    expect(await convert(svg('<rect width="5" height="5"/>', attributes), 'svg')).toBe(
      'too-large-to-convert',
    );
  });

  test('is not every text that contains one', () => {
    for (const text of ['<html><svg></svg></html>', 'a <svg>', '<svgs>', '<!-- <svg> -->', '']) {
      expect(foreignFormatOf(Buffer.from(text))).toBeNull();
    }
  });
});
