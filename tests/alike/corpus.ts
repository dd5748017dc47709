// Pictures that are and are not alike: sketches of several prompts and seeds, drawn shapes, and what becomes of one of them.
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { decode, encodeThumbnail, pixelsWithin } from '../../electron/generator/codec/decode';
import { fingerprintOf } from '../../electron/generator/codec/fingerprint';
import { paintPicture } from '../../electron/generator/painter/paint';

/** Pixels of the sketches. */
const size = { width: 240, height: 160 };

const prompts = [
  'a red fox at dawn',
  'a lighthouse on a cliff',
  'a city at night',
  'mountains and a lake',
  'a portrait of a woman',
  'a forest in autumn',
];
const seeds = [1, 2, 3];

export type Original = { name: string; prompt: string; picture: Canvas };

/** Returns a picture of each prompt and seed, and as many of drawn shapes. */
export function originals(): Original[] {
  const sketches = prompts.flatMap((prompt) =>
    seeds.map((seed) => ({
      name: `${prompt} ${seed}`,
      prompt,
      picture: paintPicture({ prompt, seed, ...size }),
    })),
  );
  const shapes = Array.from({ length: sketches.length }, (_, at) => ({
    name: `shapes ${at}`,
    prompt: `shapes ${at}`,
    picture: drawShapes(at + 1),
  }));
  return [...sketches, ...shapes];
}

/** Draws ellipses and rectangles of many colours on a gradient, the same ones for the same number. */
export function drawShapes(number: number): Canvas {
  const { width, height } = size;
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  let state = number * 7919;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const colour = () => `hsl(${random() * 360} ${20 + random() * 70}% ${10 + random() * 80}%)`;
  const gradient = pen.createLinearGradient(0, 0, random() * width, height);
  gradient.addColorStop(0, colour());
  gradient.addColorStop(1, colour());
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
  for (let shape = 0; shape < 9; shape += 1) {
    pen.fillStyle = colour();
    const [x, y, w, h] = [random() * width, random() * height, 20 + random() * 120, 20 + random() * 90];
    if (random() < 0.5) pen.fillRect(x - w / 2, y - h / 2, w, h);
    else {
      pen.beginPath();
      pen.ellipse(x, y, w / 2, h / 2, 0, 0, 7);
      pen.fill();
    }
  }
  return canvas;
}

/** Draws a picture again. @param crop the share of each side that is cut off @param prepare changes the pen before */
function drawn(
  picture: Canvas,
  width: number,
  height: number,
  prepare = (_: SKRSContext2D) => {},
  crop = 0,
): Canvas {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  prepare(pen);
  const [left, top] = [picture.width * crop, picture.height * crop];
  pen.drawImage(picture, left, top, picture.width - 2 * left, picture.height - 2 * top, 0, 0, width, height);
  return canvas;
}

function turned(picture: Canvas, quarter: boolean): Canvas {
  const { width, height } = picture;
  const canvas = quarter ? createCanvas(height, width) : createCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (quarter) pen.transform(0, 1, -1, 0, height, 0);
  else pen.transform(-1, 0, 0, 1, width, 0);
  pen.drawImage(picture, 0, 0);
  return canvas;
}

/** Paints a spot of 3 % of the picture over it, as a change of a part does. */
function retouched(picture: Canvas): Canvas {
  const { width, height } = picture;
  return drawnOver(picture, (pen) => {
    pen.fillStyle = 'rgb(190 80 70)';
    pen.beginPath();
    const radius = Math.sqrt((0.03 * width * height) / Math.PI);
    pen.ellipse(width * 0.4, height * 0.45, radius, radius, 0, 0, 7);
    pen.fill();
  });
}

function drawnOver(picture: Canvas, draw: (pen: SKRSContext2D) => void): Canvas {
  const copy = drawn(picture, picture.width, picture.height);
  draw(copy.getContext('2d'));
  return copy;
}

type Change = (picture: Canvas) => Canvas | Buffer;

/** The same picture in another size or compression. */
export const duplicates: Record<string, Change> = {
  'half the size': (picture) => drawn(picture, picture.width / 2, picture.height / 2),
  'twice the size': (picture) => drawn(picture, picture.width * 2, picture.height * 2),
  'a JPEG of quality 85': (picture) => picture.toBuffer('image/jpeg', 85),
  'a JPEG of quality 40': (picture) => picture.toBuffer('image/jpeg', 40),
  'a WebP of quality 60': (picture) => picture.toBuffer('image/webp', 60),
  'half the size, as a JPEG': (picture) =>
    drawn(picture, picture.width / 2, picture.height / 2).toBuffer('image/jpeg', 70),
};

/** Changes that make a different picture, although it looks alike. */
export const relatives: Record<string, Change> = {
  brighter: (picture) =>
    drawn(picture, picture.width, picture.height, (pen) => {
      pen.filter = 'brightness(1.15)';
    }),
  'cropped by 5 %': (picture) => drawn(picture, picture.width, picture.height, undefined, 0.025),
  mirrored: (picture) => turned(picture, false),
  turned: (picture) => turned(picture, true),
  retouched,
};

/** Returns the fingerprint that the app computes: of the thumbnail that it would write. */
export async function fingerprintOfPicture(picture: Canvas | Buffer): Promise<Uint8Array> {
  const bytes = Buffer.isBuffer(picture) ? picture : picture.toBuffer('image/png');
  const thumbnail = await encodeThumbnail(await decode(bytes), 256);
  return fingerprintOf(await pixelsWithin(await decode(thumbnail), 256));
}
