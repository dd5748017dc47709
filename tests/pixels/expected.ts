// Chromium's rendering of a picture of four quarters, by its orientation and colour space.
import type { Pixel } from './build-png';

/** Pixels, as stored: larger than the smallest tile. */
export const size = { width: 320, height: 240 };

/** Top left, top right, bottom left, bottom right, as stored. */
export const storedQuarters: readonly Pixel[] = [
  [200, 30, 30, 255],
  [30, 180, 40, 255],
  [40, 60, 200, 255],
  [128, 128, 128, 255],
];

export type Colours = 'sRGB' | 'P3' | 'swapped' | 'BT.2020' | 'linear' | 'gamma 2.2';
export type Expected = { width: number; height: number; quarters: Pixel[] };

/** The same numbers in other spaces, as sRGB. `swapped` names red as green and green as red. */
const shown: Readonly<Record<Colours, readonly (readonly [number, number, number])[]>> = {
  sRGB: [
    [200, 30, 30],
    [30, 180, 40],
    [40, 60, 200],
    [128, 128, 128],
  ],
  P3: [
    [218, 0, 6],
    [0, 183, 0],
    [34, 61, 208],
    [128, 128, 128],
  ],
  swapped: [
    [30, 200, 30],
    [180, 30, 40],
    [60, 40, 200],
    [128, 128, 128],
  ],
  'BT.2020': [
    [249, 0, 9],
    [0, 190, 0],
    [0, 59, 210],
    [128, 128, 128],
  ],
  'gamma 2.2': [
    [201, 24, 24],
    [24, 181, 35],
    [35, 57, 201],
    [129, 129, 129],
  ],
  linear: [
    [229, 96, 96],
    [96, 219, 110],
    [110, 133, 229],
    [188, 188, 188],
  ],
};

/** For each place of the upright picture, the stored quarter that is shown there. */
const places: Readonly<Record<number, readonly [number, number, number, number]>> = {
  ...{ 1: [0, 1, 2, 3], 2: [1, 0, 3, 2], 3: [3, 2, 1, 0], 4: [2, 3, 0, 1] },
  ...{ 5: [0, 2, 1, 3], 6: [2, 0, 3, 1], 7: [3, 1, 2, 0], 8: [1, 3, 0, 2] },
};

type Kind = { orientation: number; colours: Colours; alpha?: number; isGrey?: boolean };

export function expectedOf({ orientation, colours, alpha = 255, isGrey = false }: Kind): Expected {
  const quarters = (places[orientation] ?? []).map((stored): Pixel => {
    const [red = 0, green = 0, blue = 0] = shown[colours][stored] ?? [];
    return [red, isGrey ? red : green, isGrey ? red : blue, stored === 2 ? alpha : 255];
  });
  const { width, height } = size;
  return orientation >= 5 ? { width: height, height: width, quarters } : { width, height, quarters };
}

/** Levels of 255 by which two places may differ: more is visible. */
export const maxDifference = 6;

/** Returns what differs, in words; null if nothing does. */
export function differenceOf(found: Expected, expected: Expected): string | null {
  if (found.width !== expected.width || found.height !== expected.height) {
    return `${found.width} x ${found.height} instead of ${expected.width} x ${expected.height}`;
  }
  const wrong = expected.quarters.findIndex((pixel, index) =>
    pixel.some(
      (level, channel) => Math.abs(level - (found.quarters[index]?.[channel] ?? -99)) > maxDifference,
    ),
  );
  return wrong < 0
    ? null
    : `quarter ${wrong}: ${found.quarters[wrong]} instead of ${expected.quarters[wrong]}`;
}

/** Prints one line for each kind of file: how many were compared, and how many differ. */
export function matrixOf(
  results: readonly {
    extension: string;
    kind: string;
    orientation: number;
    colours: string;
    difference: string | null;
  }[],
): string {
  const names = [...new Set(results.map(({ extension, kind }) => `${extension} ${kind}`))];
  const lines = names.map((name) => {
    const files = results.filter(({ extension, kind }) => `${extension} ${kind}` === name);
    const list = (key: 'orientation' | 'colours') => [...new Set(files.map((file) => file[key]))].join(' ');
    const wrong = files.filter(({ difference }) => difference !== null).length;
    return `${name.padEnd(22)} | ${list('orientation').padEnd(15)} | ${list('colours').padEnd(16)} | ${files.length - wrong} of ${files.length}`;
  });
  return [`${'file'.padEnd(22)} | orientations    | colours          | agree`, ...lines].join('\n');
}
