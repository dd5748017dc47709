// Builds the corpus of small pictures: format x orientation x profile x bit depth x animation x alpha.
import { createCanvas } from '@napi-rs/canvas';
import { primariesByCode, writeIccProfile } from '../../electron/generator/codec/icc-profile';
import { words } from '../../electron/generator/pipeline/test-pictures';
import { buildAnimatedWebp, buildAvif, buildJpeg, buildWebp, orientationExif } from './build-others';
import { buildPng, type Chunk, iccChunk, type Pixel, type Raster } from './build-png';

export type CorpusFile = {
  /** Such as "png rgba16 orientation 6 P3". */
  name: string;
  extension: 'png' | 'jpg' | 'webp' | 'avif' | 'gif';
  bytes: Buffer;
  isAnimated: boolean;
};

/** Colours by quarter: top left, top right, bottom left, bottom right. */
const quarters: readonly Pixel[] = [
  [200, 30, 30, 255],
  [30, 180, 40, 255],
  [40, 60, 200, 255],
  [128, 128, 128, 255],
];
const size = { width: 64, height: 48 };

/** @param turn moves the colours on, for the frames of an animation. @param alpha of the third quarter. */
function raster({ turn = 0, alpha = 255 } = {}): Raster {
  return {
    ...size,
    at(x, y) {
      const quarter = (x < size.width / 2 ? 0 : 1) + (y < size.height / 2 ? 0 : 2);
      const [red, green, blue] = quarters[(quarter + turn) % 4] ?? [0, 0, 0];
      return [red, green, blue, quarter === 2 ? alpha : 255];
    },
  };
}

function canvasOf({ at }: Raster) {
  const canvas = createCanvas(size.width, size.height);
  const pen = canvas.getContext('2d');
  const data = pen.createImageData(size.width, size.height);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) data.data.set(at(x, y), 4 * (y * size.width + x));
  }
  pen.putImageData(data, 0, 0);
  return canvas;
}

const p3 = primariesByCode[12] ?? [];
const srgb = primariesByCode[1] ?? [];
const [red, green, blue, white] = srgb;
const swapped = red && green && blue && white ? [green, red, blue, white] : [];

const profiles: readonly { name: string; icc?: Buffer }[] = [
  { name: 'no profile' },
  { name: 'P3', icc: writeIccProfile(p3) },
  { name: 'red and green swapped', icc: writeIccProfile(swapped) },
];
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

export async function buildCorpus(): Promise<CorpusFile[]> {
  return [
    ...pngFiles(),
    ...(await jpegFiles()),
    ...(await webpFiles()),
    ...(await avifFiles()),
    ...(await gifFiles()),
  ];
}

function file(
  extension: CorpusFile['extension'],
  details: string,
  bytes: Buffer,
  isAnimated = false,
): CorpusFile {
  return { name: `${extension} ${details}`, extension, bytes, isAnimated };
}

function pngFiles(): CorpusFile[] {
  const profileChunks = ({ icc }: { icc?: Buffer }): Chunk[] => (icc ? [iccChunk(icc)] : []);
  const turned = orientations.flatMap((orientation) =>
    profiles.map((profile) => {
      const chunks: Chunk[] = [...profileChunks(profile), ['eXIf', orientationExif(orientation)]];
      const bytes = buildPng([raster()], 'rgb', chunks);
      return file('png', `rgb orientation ${orientation} ${profile.name}`, bytes);
    }),
  );
  const kinds = (['rgba', 'rgb16', 'rgba16', 'palette', 'grey', 'grey16'] as const).flatMap((kind) =>
    profiles
      // A profile of colours does not apply to a grey picture.
      .filter(({ icc }) => !icc || !kind.startsWith('grey'))
      .map((profile) => {
        const alpha = kind.startsWith('rgba') ? 128 : 255;
        return file(
          'png',
          `${kind} ${profile.name}`,
          buildPng([raster({ alpha })], kind, profileChunks(profile)),
        );
      }),
  );
  const codePoints = [
    ['P3', 12, 13],
    ['BT.2020', 9, 13],
    ['BT.709 with its own curve', 1, 1],
    ['linear sRGB', 1, 8],
  ] as const;
  const cicp = codePoints.flatMap(([name, primaries, curve]) =>
    (['rgb', 'rgba16', 'palette'] as const).map((kind) => {
      const chunks: Chunk[] = [['cICP', Buffer.of(primaries, curve, 0, 1)]];
      return file('png', `${kind} cICP ${name}`, buildPng([raster()], kind, chunks));
    }),
  );
  const gamma: Chunk[] = [['gAMA', words(45_455)]];
  const linear: Chunk[] = [['gAMA', words(100_000)]];
  const chromaticities: Chunk[] = [
    ...gamma,
    ['cHRM', words(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000)],
  ];
  return [
    ...turned,
    ...kinds,
    ...cicp,
    file('png', 'rgb gAMA of sRGB', buildPng([raster()], 'rgb', gamma)),
    file('png', 'rgb linear gAMA', buildPng([raster()], 'rgb', linear)),
    file('png', 'rgb cHRM of P3', buildPng([raster()], 'rgb', chromaticities)),
    file('png', 'animated', buildPng([raster(), raster({ turn: 1 })], 'rgba'), true),
  ];
}

async function jpegFiles(): Promise<CorpusFile[]> {
  const jpeg = await canvasOf(raster()).encode('jpeg', 100);
  return orientations.flatMap((orientation) =>
    profiles.map(({ name, icc }) =>
      file('jpg', `orientation ${orientation} ${name}`, buildJpeg(jpeg, { orientation, icc })),
    ),
  );
}

async function webpFiles(): Promise<CorpusFile[]> {
  const opaque = {
    lossy: await canvasOf(raster()).encode('webp', 95),
    lossless: await canvasOf(raster()).encode('webp', 100),
  };
  const clear = {
    lossy: await canvasOf(raster({ alpha: 128 })).encode('webp', 95),
    lossless: await canvasOf(raster({ alpha: 128 })).encode('webp', 100),
  };
  const turned = orientations.flatMap((orientation) =>
    profiles.map(({ name, icc }) => {
      const bytes = buildWebp(opaque.lossless, size, { orientation, icc, alpha: false });
      return file('webp', `lossless orientation ${orientation} ${name}`, bytes);
    }),
  );
  const kinds = (['lossy', 'lossless'] as const).flatMap((kind) =>
    [true, false].flatMap((alpha) =>
      profiles.map(({ name, icc }) => {
        const bytes = buildWebp(alpha ? clear[kind] : opaque[kind], size, { icc, alpha });
        return file('webp', `${kind} ${alpha ? 'alpha' : 'opaque'} ${name}`, bytes);
      }),
    ),
  );
  const frames = await Promise.all([0, 1].map((turn) => canvasOf(raster({ turn })).encode('webp', 100)));
  return [...turned, ...kinds, file('webp', 'animated', buildAnimatedWebp(frames, size), true)];
}

/** `irot` in quarter turns anticlockwise, and the axis of `imir`. */
const transformations = [0, 1, 2, 3].flatMap((turns) =>
  [null, 0, 1].map((axis) => [['irot', turns] as const, ...(axis === null ? [] : [['imir', axis] as const])]),
);

async function avifFiles(): Promise<CorpusFile[]> {
  const encode = (alpha: number) => canvasOf(raster({ alpha })).encode('avif', { quality: 95, speed: 9 });
  const [opaque, clear] = [await encode(255), await encode(128)];
  const withProfile = (icc: Buffer | undefined) => icc && Buffer.concat([Buffer.from('prof'), icc]);
  const turned = transformations.flatMap((transforms) =>
    profiles.map(({ name, icc }) => {
      const details = transforms.map(([box, value]) => `${box} ${value}`).join(' ');
      return file('avif', `${details} ${name}`, buildAvif(opaque, { colour: withProfile(icc), transforms }));
    }),
  );
  const transparent = profiles.map(({ name, icc }) =>
    file('avif', `alpha ${name}`, buildAvif(clear, { colour: withProfile(icc) })),
  );
  const nclx = (primaries: number, curve: number) =>
    Buffer.concat([Buffer.from('nclx'), Buffer.of(0, primaries, 0, curve, 0, 2, 0x80)]);
  return [
    ...turned,
    ...transparent,
    file('avif', 'code points P3', buildAvif(opaque, { colour: nclx(12, 13) })),
    file('avif', 'code points BT.2020', buildAvif(opaque, { colour: nclx(9, 13) })),
    file('avif', 'code points BT.709', buildAvif(opaque, { colour: nclx(1, 1) })),
  ];
}

async function gifFiles(): Promise<CorpusFile[]> {
  const still = await canvasOf(raster()).encode('gif');
  return [file('gif', 'still', still)];
}
