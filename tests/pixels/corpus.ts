// Builds the corpus of small pictures: format x orientation x profile x bit depth x animation x alpha.
import { createCanvas } from '@napi-rs/canvas';
import { primariesByCode, writeIccProfile } from '../../electron/generator/codec/icc-profile';
import { words } from '../../electron/generator/pipeline/test-pictures';
import { buildAnimatedWebp, buildAvif, buildJpeg, buildWebp, orientationExif } from './build-others';
import { buildPng, type Chunk, iccChunk, type Pixel, type PngKind, type Raster } from './build-png';
import { type Colours, type Expected, expectedOf, size, storedQuarters } from './expected';

export type CorpusFile = {
  extension: 'png' | 'jpg' | 'webp' | 'avif' | 'gif';
  /** The difference from the others of its format, such as "rgba16". */
  kind: string;
  /** As EXIF numbers it. */
  orientation: number;
  colours: Colours;
  bytes: Buffer;
  isAnimated: boolean;
  /** Chromium's rendering. */
  expected: Expected;
};

/** @param turn moves the colours on, for the frames of an animation. @param alpha of the third quarter. */
export function raster({ turn = 0, alpha = 255 } = {}): Raster {
  return {
    ...size,
    at(x, y): Pixel {
      const quarter = (x < size.width / 2 ? 0 : 1) + (y < size.height / 2 ? 0 : 2);
      const [red, green, blue] = storedQuarters[(quarter + turn) % 4] ?? [0, 0, 0];
      return [red, green, blue, quarter === 2 ? alpha : 255];
    },
  };
}

export function canvasOf({ at }: Raster) {
  const canvas = createCanvas(size.width, size.height);
  const pen = canvas.getContext('2d');
  const data = pen.createImageData(size.width, size.height);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) data.data.set(at(x, y), 4 * (y * size.width + x));
  }
  pen.putImageData(data, 0, 0);
  return canvas;
}

const srgb = primariesByCode[1] ?? [];
const [red, green, blue, white] = srgb;
const profiles: readonly { colours: Colours; icc?: Buffer }[] = [
  { colours: 'sRGB' },
  { colours: 'P3', icc: writeIccProfile(primariesByCode[12] ?? []) },
  {
    colours: 'swapped',
    icc: writeIccProfile(red && green && blue && white ? [green, red, blue, white] : []),
  },
];
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

type Details = Partial<Pick<CorpusFile, 'orientation' | 'colours' | 'isAnimated'>> & {
  alpha?: number;
  isGrey?: boolean;
  /** Whether Chromium ignores the orientation. */
  isTurnIgnored?: boolean;
};

function file(
  extension: CorpusFile['extension'],
  kind: string,
  bytes: Buffer,
  { orientation = 1, colours = 'sRGB', isAnimated = false, isTurnIgnored = false, ...rest }: Details = {},
): CorpusFile {
  const shownOrientation = isTurnIgnored ? 1 : orientation;
  const expected = expectedOf({ orientation: shownOrientation, colours, ...rest });
  return { extension, kind, orientation, colours, bytes, isAnimated, expected };
}

export async function buildCorpus(): Promise<CorpusFile[]> {
  return [
    ...pngFiles(),
    ...(await jpegFiles()),
    ...(await webpFiles()),
    ...(await avifFiles()),
    file('gif', 'still', await canvasOf(raster()).encode('gif')),
  ];
}

function pngFiles(): CorpusFile[] {
  const of = (kind: PngKind, chunks: Chunk[], details: Details = {}, name: string = kind) => {
    const alpha = kind.startsWith('rgba') ? 128 : 255;
    const bytes = buildPng([raster({ alpha })], kind, chunks);
    return file('png', name, bytes, { ...details, alpha, isGrey: kind.startsWith('grey') });
  };
  const turned = orientations.flatMap((orientation) =>
    profiles.map(({ colours, icc }) => {
      const chunks: Chunk[] = [...(icc ? [iccChunk(icc)] : []), ['eXIf', orientationExif(orientation)]];
      return of('rgb', chunks, { orientation, colours });
    }),
  );
  const kinds = (['rgba', 'rgb16', 'rgba16', 'palette'] as const).flatMap((kind) =>
    profiles.map(({ colours, icc }) => of(kind, icc ? [iccChunk(icc)] : [], { colours })),
  );
  const codePoints = [
    ['P3', 12, 13],
    ['BT.2020', 9, 13],
    ['sRGB', 1, 1],
    ['linear', 1, 8],
  ] as const;
  const named = codePoints.flatMap(([colours, primaries, curve]) =>
    (['rgb', 'rgba16', 'palette'] as const).map((kind) =>
      of(kind, [['cICP', Buffer.of(primaries, curve, 0, 1)]], { colours }, `${kind} cICP`),
    ),
  );
  const chromaticities = words(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
  const frames = [raster({ alpha: 128 }), raster({ turn: 1, alpha: 128 })];
  return [
    ...turned,
    ...kinds,
    of('grey', []),
    of('grey16', []),
    ...named,
    of('rgb', [['gAMA', words(45_455)]], { colours: 'gamma 2.2' }, 'rgb gAMA'),
    of('rgb', [['gAMA', words(100_000)]], { colours: 'linear' }, 'rgb gAMA'),
    of(
      'rgb',
      [
        ['gAMA', words(45_455)],
        ['cHRM', chromaticities],
      ],
      { colours: 'P3' },
      'rgb cHRM',
    ),
    file('png', 'animated', buildPng(frames, 'rgba'), { isAnimated: true, alpha: 128 }),
  ];
}

async function jpegFiles(): Promise<CorpusFile[]> {
  const jpeg = await canvasOf(raster()).encode('jpeg', 100);
  return orientations.flatMap((orientation) =>
    profiles.map(({ colours, icc }) =>
      file('jpg', 'rgb', buildJpeg(jpeg, { orientation, icc }), { orientation, colours }),
    ),
  );
}

async function webpFiles(): Promise<CorpusFile[]> {
  const encode = (alpha: number, quality: number) => canvasOf(raster({ alpha })).encode('webp', quality);
  const lossless = await encode(255, 100);
  const turned = orientations.flatMap((orientation) =>
    profiles.map(({ colours, icc }) => {
      const bytes = buildWebp(lossless, size, { orientation, icc, alpha: false });
      return file('webp', 'lossless', bytes, { orientation, colours, isTurnIgnored: true });
    }),
  );
  const kinds = [
    ['lossy', 255, await encode(255, 95)],
    ['lossy alpha', 128, await encode(128, 95)],
    ['lossless alpha', 128, await encode(128, 100)],
  ] as const;
  const others = kinds.flatMap(([kind, alpha, webp]) =>
    profiles.map(({ colours, icc }) =>
      file('webp', kind, buildWebp(webp, size, { icc, alpha: alpha < 255 }), { colours, alpha }),
    ),
  );
  const frames = await Promise.all([0, 1].map((turn) => canvasOf(raster({ turn })).encode('webp', 100)));
  const animated = file('webp', 'animated', buildAnimatedWebp(frames, size), { isAnimated: true });
  return [...turned, ...others, animated];
}

/** Every orientation as `irot` (quarter turns anticlockwise) and `imir` (the axis of mirroring). */
const transformations: readonly (readonly [orientation: number, turns: number, axis: number | null])[] = [
  ...([
    [1, 0, null],
    [8, 1, null],
    [3, 2, null],
    [6, 3, null],
  ] as const),
  ...([
    [4, 0, 0],
    [2, 0, 1],
    [5, 1, 0],
    [7, 1, 1],
  ] as const),
];

async function avifFiles(): Promise<CorpusFile[]> {
  const encode = (alpha: number) =>
    canvasOf(raster({ alpha })).encode('avif', { quality: 90, alphaQuality: 100, speed: 6 });
  const [opaque, clear] = [await encode(255), await encode(128)];
  const boxOf = (icc: Buffer | undefined) => icc && Buffer.concat([Buffer.from('prof'), icc]);
  const turned = transformations.flatMap(([orientation, turns, axis]) =>
    profiles.map(({ colours, icc }) => {
      const transforms = [['irot', turns] as const, ...(axis === null ? [] : [['imir', axis] as const])];
      return file('avif', 'opaque', buildAvif(opaque, { colour: boxOf(icc), transforms }), {
        orientation,
        colours,
      });
    }),
  );
  const transparent = profiles.map(({ colours, icc }) =>
    file('avif', 'alpha', buildAvif(clear, { colour: boxOf(icc) }), { colours, alpha: 128 }),
  );
  const codePoints = (
    [
      ['P3', 12, 13],
      ['BT.2020', 9, 13],
      ['sRGB', 1, 1],
    ] as const
  ).map(([colours, primaries, curve]) => {
    const box = Buffer.concat([Buffer.from('nclx'), Buffer.of(0, primaries, 0, curve, 0, 2, 0x80)]);
    return file('avif', 'code points', buildAvif(opaque, { colour: box }), { colours });
  });
  // Other encoders name a general brand first.
  const general = Buffer.from(opaque);
  general.write('mif1', 8, 'latin1');
  return [...turned, ...transparent, ...codePoints, file('avif', 'general brand', general)];
}
