// The conversion of an imported HEIC: its colours, its tiles, and what is left out.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { isoBox } from '../../electron/generator/pipeline/test-pictures';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { inspect } from '../../shared/domain/picture-bytes/inspect';
import { buildHeicGrid } from './build-heic';
import { buildHeif, codePointsBox, type HeifItem, partsOf, profileBox } from './build-heif';
import { buildTrack, type Matrix, matrices, type Track } from './build-track';
import { expectShown, fixture, inP3, p3 } from './expect-shown';
import { differenceOf, expectedOf, size } from './expected';
import { readQuarters } from './read-quarters';

test('a HEIC is converted, and its colours to sRGB', async () => {
  await expectShown(fixture('quarters.heic'), 'heic');
  await expectShown(fixture('quarters-p3.heic'), 'heic', inP3);
});

test.each([
  ['with alpha', 'quarters-alpha', { alpha: 128 }],
  ['of ten bits', 'quarters-10bit', {}],
])('a HEIC %s is converted', async (_what, name, details) => {
  await expectShown(
    fixture(`${name}.heic`),
    'heic',
    expectedOf({ orientation: 1, colours: 'sRGB', ...details }),
  );
});

describe('the colours of a HEIC', () => {
  const { property, data } = partsOf(fixture('quarters.heic'));
  const properties = [property('hvcC'), property('ispe')];
  const shown: HeifItem = { id: 1, type: 'hvc1', data, properties: [0x81, 2] };
  const [wide, narrow] = [codePointsBox([12, 13]), codePointsBox([1, 13])];

  test.each([
    ['before', [profileBox(p3), narrow]],
    ['behind', [narrow, profileBox(p3)]],
  ])('are those of its profile, with code points %s', async (_where, colours) => {
    const items = [{ ...shown, properties: [0x81, 2, 3, 4] }];
    const bytes = buildHeif({ primary: 1, items, properties: [...properties, ...colours] });
    await expectShown(bytes, 'heic', inP3);
  });

  test('are its own, and not those of what its map of light makes of it', async () => {
    const map: HeifItem = { ...shown, id: 2, isHidden: true };
    const brighter: HeifItem = { id: 3, type: 'tmap', data: Buffer.alloc(62), properties: [2, 3] };
    const bytes = buildHeif({
      ...{ brands: ['heic', 'mif1', 'heic', 'tmap'], primary: 1, items: [shown, map, brighter] },
      properties: [...properties, wide],
      references: [{ kind: 'dimg', from: 3, to: [1, 2] }],
      alternatives: [3, 1],
    });
    await expectShown(bytes, 'heic');
    expect(await convert(bytes, 'heic')).toMatchObject({ leftOut: ['layers'] });
  });
});

describe('a HEIC says that it is shown without', () => {
  const alpha = fixture('quarters-alpha.heic');
  /** Returns the picture with an alpha map that is declared as another kind of map. */
  const withMap = (kind: string) => {
    const copy = Buffer.from(alpha);
    copy.write(kind, copy.indexOf('hevc:2015:auxid:1', 0, 'latin1'), 'latin1');
    return copy;
  };
  const opaque = expectedOf({ orientation: 1, colours: 'sRGB' });

  test.each<[string, Buffer, string]>([
    ['its depth', withMap('hevc:2015:auxid:2'), 'depth'],
    ['its map of light', withMap('iso:ts:21496:-1:b'), 'layers'],
    ['its animation', Buffer.concat([fixture('quarters.heic'), isoBox('moov')]), 'frames'],
  ])('%s', async (_what, bytes, note) => {
    expect(await convert(bytes, 'heic')).toMatchObject({ leftOut: [note] });
    await expectShown(bytes, 'heic', opaque);
  });

  test.each([
    ['its range of light', 16, ['range']],
    ['its range of light, of broadcasts', 18, ['range']],
    ['nothing, with the curve of sRGB', 13, []],
  ])('%s', async (_what, curve, leftOut) => {
    const whole = { columns: 1, rows: 1, width: 320, height: 240, codePoints: [9, curve] as const };
    expect(await convert(buildHeicGrid(fixture('quarters.heic'), whole), 'heic')).toMatchObject({ leftOut });
  });
});

describe('a HEIC of nothing but a track', () => {
  const { property, data } = partsOf(fixture('quarters.heic'));
  const buildAs = (shown: Partial<Track>, ...colours: Buffer[]) =>
    buildTrack({
      ...{ brands: ['hevc', 'hevc', 'msf1', 'iso8'], type: 'hvc1', ...size },
      ...{ properties: [property('hvcC'), ...colours], frames: [data, data, data] },
      ...shown,
    });
  const build = (...colours: Buffer[]) => buildAs({}, ...colours);

  test('shows its first frame, and says that it moved', async () => {
    const bytes = build();
    expect(foreignFormatOf(bytes)).toBe('heic');
    expect(await convert(bytes, 'heic')).toMatchObject({ leftOut: ['frames'] });
    await expectShown(bytes, 'heic', expectedOf({ orientation: 1, colours: 'sRGB' }));
  });

  test('has the colours that its track names', async () => {
    await expectShown(build(profileBox(p3)), 'heic', inP3);
    expect(await convert(build(codePointsBox([9, 16])), 'heic')).toMatchObject({
      leftOut: ['frames', 'range'],
    });
  });

  const turned = (orientation: number, colours: 'sRGB' | 'P3' = 'sRGB') =>
    expectedOf({ orientation, colours });
  const orientations = Object.entries(matrices).map(
    ([orientation, matrix]) => [Number(orientation), matrix] as const,
  );

  test.each(orientations)('stands upright: turned as EXIF does by %i', async (orientation, matrix) => {
    for (const isLong of [false, true]) {
      await expectShown(buildAs({ matrix, isLong }), 'heic', turned(orientation));
      await expectShown(buildAs({ movieMatrix: matrix, isLong }), 'heic', turned(orientation));
    }
    await expectShown(buildAs({ matrix }, profileBox(p3)), 'heic', turned(orientation, 'P3'));
  });

  test.each<[string, number, number, number]>([
    ['a quarter, and another one', 6, 6, 3],
    ['a quarter, and back', 6, 8, 1],
    ['a quarter, then mirrored', 6, 2, 5],
    ['mirrored, then a quarter', 2, 6, 7],
  ])('stands upright: the track and then the movie, %s', async (_how, track, movie, both) => {
    const [matrix, movieMatrix] = [matrices[track], matrices[movie]];
    if (!matrix || !movieMatrix) throw new Error('There is no such orientation.');
    await expectShown(buildAs({ matrix, movieMatrix }), 'heic', turned(both));
  });

  test.each<[string, Matrix]>([
    ['an eighth of a turn', [Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT1_2]],
    ['nearly a quarter', [0.01, 1, -1, 0.01]],
    ['another size', [2, 0, 0, 2]],
    ['nothing', [0, 0, 0, 0]],
  ])('is shown as it is stored where its matrix means %s', async (_what, matrix) => {
    await expectShown(buildAs({ matrix }), 'heic', turned(1));
  });

  test('that breaks off is refused with a reason', async () => {
    const bytes = build();
    for (const share of [0.02, 0.1, 0.3, 0.6])
      expect(['truncated', 'unreadable']).toContain(
        await convert(bytes.subarray(0, share * bytes.length), 'heic'),
      );
    // Another picture can be opened afterwards.
    await expectShown(fixture('quarters.heic'), 'heic');
  });

  test('that says it is larger than a picture may be is refused as too large', async () => {
    const bytes = Buffer.from(build());
    const entry = bytes.indexOf('hvc1', bytes.indexOf('stsd')) + 4;
    bytes.writeUInt16BE(65_000, entry + 24);
    bytes.writeUInt16BE(65_000, entry + 26);
    expect(await convert(bytes, 'heic')).toMatch(/^too-large/);
  });
});

test('a HEIC that breaks off is incomplete', async () => {
  for (const bytes of [fixture('quarters.heic'), fixture('quarters-512.heic')])
    for (const share of [0.3, 0.6, 0.95])
      expect(await convert(bytes.subarray(0, share * bytes.length), 'heic')).toBe('truncated');
});

describe('a HEIC of tiles', () => {
  const tile = fixture('quarters.heic');

  test('is put together from them, and ends where the picture does', async () => {
    const converted = await convert(
      buildHeicGrid(tile, { columns: 3, rows: 2, width: 900, height: 400 }),
      'heic',
    );
    if (typeof converted === 'string') throw new Error(converted);
    const picture = await loadImage(converted.bytes);
    expect([picture.width, picture.height]).toEqual([900, 400]);
    const canvas = createCanvas(900, 400);
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const { quarters } = expectedOf({ orientation: 1, colours: 'sRGB' });
    for (const [column, row] of [
      [0, 0],
      [2, 0],
      [1, 1],
    ] as const) {
      const [left, top] = [column * size.width, row * size.height];
      const part = createCanvas(size.width, size.height);
      part.getContext('2d').drawImage(canvas, -left, -top);
      const shown = (await readQuarters(part.encodeSync('png'))).quarters;
      // Pixels beyond the edge are left out.
      for (const at of row === 1 ? [0, 1] : column === 2 ? [0, 2] : [0, 1, 2, 3])
        shown[at]?.forEach((value, channel) => {
          expect(Math.abs(value - (quarters[at]?.[channel] ?? -99))).toBeLessThan(8);
        });
    }
  });

  test('of 127 megapixels is whole, and becomes a format that has room for it', async () => {
    const large = fixture('quarters-512.heic');
    const [count, side] = [22, 512];
    const options = { columns: count, rows: count, width: count * side, height: count * side };
    let parts = 0;
    const converted = await convert(buildHeicGrid(large, options), 'heic', () => {
      parts += 1;
    });
    if (typeof converted === 'string') throw new Error(converted);
    expect(parts).toBe(count * count);
    expect(inspect(converted.bytes)).toMatchObject({
      format: 'jpg',
      size: { width: count * side, height: count * side },
    });
    const picture = await loadImage(converted.bytes);
    const { quarters } = expectedOf({ orientation: 1, colours: 'sRGB' });
    for (const [column, row] of [
      [0, 0],
      [count - 1, 0],
      [7, count - 1],
    ] as const) {
      const part = createCanvas(size.width, size.height);
      const place = [column * side, row * side, side, side] as const;
      part.getContext('2d').drawImage(picture, ...place, 0, 0, size.width, size.height);
      const shown = await readQuarters(part.encodeSync('png'));
      expect(differenceOf(shown, { ...size, quarters })).toBeNull();
    }
  });

  test('has as many of them as a scan of a large sheet', async () => {
    const [columns, rows, side] = [52, 50, 64];
    const many = buildHeicGrid(fixture('quarters-64.heic'), {
      ...{ columns, rows, width: columns * side, height: rows * side },
    });
    const converted = await convert(many, 'heic');
    if (typeof converted === 'string') throw new Error(converted);
    expect(inspect(converted.bytes)?.size).toEqual({ width: columns * side, height: rows * side });
  });

  test('of which one cannot be decoded is not called too large', async () => {
    const cut = buildHeicGrid(tile, { columns: 3, rows: 2, width: 900, height: 400 });
    expect(await convert(cut.subarray(0, cut.length - 300), 'heic')).toBe('truncated');
  });

  test('whose header says more than is converted is refused before it is decoded', async () => {
    const large = buildHeicGrid(tile, { columns: 3, rows: 2, width: 20_000, height: 20_000 });
    expect(await convert(large, 'heic')).toBe('too-large-to-convert');
  });

  test.each([
    ['has fewer tiles than its size needs', { columns: 1, rows: 1, width: 900, height: 400 }],
    [
      'says a larger size than its grid',
      { columns: 3, rows: 2, width: 900, height: 400, said: [14_000, 14_000] as const },
    ],
  ])('that %s does no harm to the next one', async (_what, options) => {
    const converted = await convert(buildHeicGrid(tile, options), 'heic');
    expect(converted).toBe('unreadable');
    await expectShown(tile, 'heic');
  });

  test('that says a smaller size than its grid has the size that it says', async () => {
    const options = { columns: 3, rows: 2, width: 900, height: 400, said: [9, 8] as const };
    const converted = await convert(buildHeicGrid(tile, options), 'heic');
    if (typeof converted === 'string') throw new Error(converted);
    const shown = await readQuarters(converted.bytes);
    expect([shown.width, shown.height]).toEqual([9, 8]);
  });

  test('is one of several pictures, and says so', async () => {
    const several = buildHeicGrid(tile, { columns: 1, rows: 1, width: 320, height: 240, isTileShown: true });
    expect(await convert(several, 'heic')).toMatchObject({ leftOut: ['pictures'] });
    expect(await convert(tile, 'heic')).toMatchObject({ leftOut: [] });
  });
});
