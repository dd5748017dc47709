// Pictures of unusual kinds, with what Chromium shows of them.
import { primariesByCode, writeIccProfile } from '../../electron/generator/codec/icc-profile';
import { words } from '../../electron/generator/pipeline/test-pictures';
import { writeCmykProfile } from './build-cmyk-profile';
import { buildHeif, codePointsBox, type HeifItem, metaOf, partsOf, profileBox } from './build-heif';
import { buildGif, buildJpegOf, buildRawPng, type GifFrame, type RawPng } from './build-odd';
import { buildAnimatedWebp, buildJpeg } from './build-others';
import { iccChunk, type Pixel, type Raster } from './build-png';
import { buildTrack, matrices } from './build-track';
import { type CorpusFile, canvasOf, raster } from './corpus';
import { type Colours, expectedOf, size, storedQuarters } from './expected';

const clear: Pixel = [0, 0, 0, 0];

/** @param quarters differ from what the colours say. */
function odd(
  extension: CorpusFile['extension'],
  kind: string,
  bytes: Buffer,
  details: { colours?: Colours; alpha?: number; isGrey?: boolean; isAnimated?: boolean } = {},
  quarters: readonly (Pixel | null)[] = [],
): CorpusFile {
  const { colours = 'sRGB', isAnimated = false, ...rest } = details;
  const expected = expectedOf({ orientation: 1, colours, ...rest });
  return {
    ...{ extension, kind, orientation: 1, colours, bytes, isAnimated },
    expected: { ...expected, quarters: expected.quarters.map((known, at) => quarters[at] ?? known) },
  };
}

/** The number of a quarter as stored. */
const quarterAt = (x: number, y: number) => (x < size.width / 2 ? 0 : 1) + (y < size.height / 2 ? 0 : 2);
const colourAt = (x: number, y: number) => storedQuarters[quarterAt(x, y)] ?? clear;

export async function oddFiles(): Promise<CorpusFile[]> {
  return [...pngs(), ...jpegs(), ...gifs(), ...(await animatedWebps()), ...(await avifs())];
}

function pngs(): CorpusFile[] {
  const of = (kind: string, raw: Omit<RawPng, 'samples'> & Partial<RawPng>, ...rest: Rest) =>
    odd('png', kind, buildRawPng(size, { samples: (x, y) => colourAt(x, y).slice(0, 3), ...raw }), ...rest);
  const greyAt = (x: number, y: number) => [colourAt(x, y)[0]];
  const palette = Buffer.from(storedQuarters.flatMap((colour) => colour.slice(0, 3)));
  const indexAt = (x: number, y: number) => [quarterAt(x, y)];
  const p3 = iccChunk(writeIccProfile(primariesByCode[12] ?? []));
  return [
    of('interlaced', { depth: 8, type: 2, isInterlaced: true }),
    of(
      'interlaced, 16 bit, cICP',
      {
        ...{ depth: 16, type: 2, isInterlaced: true, chunks: [['cICP', Buffer.of(12, 13, 0, 1)]] },
        samples: (x, y) =>
          colourAt(x, y)
            .slice(0, 3)
            .map((level) => level * 257),
      },
      { colours: 'P3' },
    ),
    of('cICP before iCCP', { depth: 8, type: 2, chunks: [['cICP', Buffer.of(1, 13, 0, 1)], p3] }),
    of('sRGB before gAMA', {
      depth: 8,
      type: 2,
      chunks: [
        ['sRGB', Buffer.of(0)],
        ['gAMA', words(100_000)],
      ],
    }),
    of('transparent colour', { depth: 8, type: 2, chunks: [['tRNS', Buffer.of(0, 40, 0, 60, 0, 200)]] }, {}, [
      ...[null, null, clear],
    ]),
    of(
      '2 bit palette, alpha',
      {
        ...{ depth: 2, type: 3, samples: indexAt },
        chunks: [
          ['PLTE', palette],
          ['tRNS', Buffer.of(255, 255, 128)],
        ],
      },
      { alpha: 128 },
    ),
    of('4 bit palette, interlaced', {
      ...{ depth: 4, type: 3, samples: indexAt, isInterlaced: true },
      chunks: [['PLTE', palette]],
    }),
    of('1 bit grey', { depth: 1, type: 0, samples: (x, y) => [quarterAt(x, y) % 2] }, {}, [
      ...([0, 255, 0, 255] as const).map((level): Pixel => [level, level, level, 255]),
    ]),
    of(
      'grey, transparent',
      { depth: 8, type: 0, samples: greyAt, chunks: [['tRNS', Buffer.of(0, 40)]] },
      { isGrey: true },
      [...[null, null, clear]],
    ),
    of(
      '16 bit grey, alpha',
      {
        ...{ depth: 16, type: 4 },
        samples: (x, y) => [colourAt(x, y)[0] * 257, quarterAt(x, y) === 2 ? 128 * 257 : 65_535],
      },
      { isGrey: true, alpha: 128 },
    ),
  ];
}

type Rest = [details?: Parameters<typeof odd>[3], quarters?: Parameters<typeof odd>[4]];

function jpegs(): CorpusFile[] {
  const picture: Raster = raster();
  return [
    odd('jpg', 'grey', buildJpegOf(picture, 'grey'), { isGrey: true }),
    ...(['rgb', 'cmyk', 'ycck'] as const).map((kind) => odd('jpg', kind, buildJpegOf(picture, kind))),
    ...(['grey', 'rgb', 'cmyk', 'ycck'] as const).map((kind) =>
      odd('jpg', `${kind}, restarts`, buildJpegOf(picture, kind, { blocksPerRestart: 7 }), {
        isGrey: kind === 'grey',
      }),
    ),
    ...(['cmyk', 'ycck'] as const).map((kind) =>
      odd(
        'jpg',
        `${kind}, profile`,
        buildJpeg(buildJpegOf(picture, kind), { icc: writeCmykProfile() }),
        {},
        throughInks,
      ),
    ),
  ];
}

/** The quarters by the profile of inks, as Chromium shows them. */
const throughInks: readonly Pixel[] = [
  [94, 54, 200, 255],
  [102, 181, 63, 255],
  [215, 99, 60, 255],
  [184, 151, 146, 255],
];

/** Pictures with several descriptions of colours, of which one counts. */
async function avifs(): Promise<CorpusFile[]> {
  const { property, data } = partsOf(
    await canvasOf(raster()).encode('avif', { quality: 90, alphaQuality: 100, speed: 6 }),
  );
  const [wide, narrow] = [codePointsBox([12, 13]), codePointsBox([1, 13])];
  const p3 = profileBox(writeIccProfile(primariesByCode[12] ?? []));
  const properties = [property('av1C'), property('ispe'), property('pixi')];
  const shown: HeifItem = { id: 1, type: 'av01', data, properties: [0x81, 2, 3] };
  const brands = ['avif', 'mif1', 'avif', 'miaf'];
  const withColours = (...colours: Buffer[]) =>
    buildHeif({
      ...{ brands, primary: 1, properties: [...properties, ...colours] },
      items: [{ ...shown, properties: [0x81, 2, 3, ...colours.map((_, index) => index + 4)] }],
    });
  // A map of light, with which a screen of a high range shows more. Its own colours are not those of the picture.
  const map: HeifItem = { ...{ id: 2, type: 'av01', isHidden: true, data }, properties: [0x81, 2, 3] };
  const brighter: HeifItem = { id: 3, type: 'tmap', data: Buffer.alloc(62), properties: [2, 3, 4] };
  const withMap = buildHeif({
    ...{ brands: [...brands, 'tmap'], primary: 1, items: [shown, map, brighter] },
    properties: [...properties, wide],
    references: [{ kind: 'dimg', from: 3, to: [1, 2] }],
    alternatives: [3, 1],
  });
  return [
    odd('avif', 'code points, then a profile', withColours(narrow, p3), { colours: 'P3' }),
    odd('avif', 'a profile, then code points', withColours(p3, narrow), { colours: 'P3' }),
    odd('avif', 'colours of a map of light', withMap),
    ...(await movingAvifs()),
  ];
}

/** An animation may have a picture beside its track, for programs that show only that. */
async function movingAvifs(): Promise<CorpusFile[]> {
  const [first, second] = await Promise.all(
    [0, 1].map(async (turn) =>
      partsOf(await canvasOf(raster({ turn })).encode('avif', { quality: 90, alphaQuality: 100, speed: 6 })),
    ),
  );
  if (!first || !second) throw new Error('The animation has no frames.');
  const still: HeifItem = { id: 1, type: 'av01', data: first.data, properties: [0x81, 2, 3] };
  const properties = [first.property('av1C'), first.property('ispe'), first.property('pixi')];
  const track = {
    ...{ type: 'av01', properties: [first.property('av1C')], ...size },
    frames: [first.data, second.data],
  };
  const alone = buildTrack({ ...track, brands: ['avis', 'avis', 'msf1', 'miaf', 'iso8'] });
  const beside = buildTrack({
    ...{ ...track, brands: ['avis', 'avis', 'avif', 'msf1', 'mif1', 'miaf', 'iso8'] },
    rest: (dataAt) => metaOf({ primary: 1, items: [still], properties }, () => dataAt),
  });
  // Chromium ignores how a track is turned.
  const turned = Object.entries(matrices).map(([orientation, matrix]) => ({
    ...odd(
      'avif',
      'animated, turned track',
      buildTrack({ ...track, matrix, brands: ['avis', 'avis', 'msf1', 'miaf', 'iso8'] }),
      { isAnimated: true },
    ),
    orientation: Number(orientation),
  }));
  return [
    ...turned,
    odd('avif', 'animated', beside, { isAnimated: true }),
    odd('avif', 'animated, nothing but a track', alone, { isAnimated: true }),
  ];
}

function gifs(): CorpusFile[] {
  const whole: GifFrame = { left: 0, top: 0, ...size, at: quarterAt };
  const right: GifFrame = {
    ...{ left: size.width / 2, top: 0, width: size.width / 2, height: size.height },
    at: (x, y) => quarterAt(x + size.width / 2, y),
  };
  return [
    odd('gif', 'transparent', buildGif(size, storedQuarters, [whole], 2), {}, [null, null, clear]),
    odd('gif', 'smaller than its canvas', buildGif(size, storedQuarters, [right], 99), {}, [
      clear,
      null,
      clear,
    ]),
    odd('gif', 'animated', buildGif(size, storedQuarters, [whole, right], 99), { isAnimated: true }),
    odd('gif', 'palette of its frame', buildGif(size, [clear], [{ ...whole, palette: storedQuarters }], 99)),
    ...([1, 2, 3] as const).map((disposal) =>
      odd(
        'gif',
        `animated, palettes, disposal ${disposal}`,
        buildGif(
          size,
          [clear],
          [
            { ...whole, palette: storedQuarters, disposal },
            { ...right, palette: storedQuarters.toReversed(), disposal },
          ],
          99,
        ),
        { isAnimated: true },
      ),
    ),
  ];
}

async function animatedWebps(): Promise<CorpusFile[]> {
  const frames = await Promise.all(
    [0, 1].map((turn) => canvasOf(raster({ turn, alpha: 128 })).encode('webp', 100)),
  );
  return [odd('webp', 'animated alpha', buildAnimatedWebp(frames, size), { isAnimated: true, alpha: 128 })];
}
