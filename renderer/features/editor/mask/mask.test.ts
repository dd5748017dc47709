import { describe, expect, test } from 'vitest';
import { fillShape, outlineShape, rectangleShape, strokeShape } from './fill-shape';
import { createHistory } from './history';
import { countTile, coverageOf, coverageText, createMask, type Mask, tilesIn, wholeOf } from './mask';
import { drawOverlay, tintColours } from './overlay';
import { createPainter } from './painter';

function sumOf(mask: Mask): number {
  for (const tile of tilesIn(mask, wholeOf(mask))) countTile(mask, tile);
  return coverageOf(mask) * mask.width * mask.height;
}
const at = ({ bytes, width }: Mask, x: number, y: number) => bytes[y * width + x];

describe('a stroke', () => {
  test('starts with the area of a disc', () => {
    const mask = createMask(300, 200);
    const dab = { x: 140.3, y: 99.6, radius: 41.5 };
    fillShape(mask, strokeShape(dab, dab), 'mark');
    expect(sumOf(mask)).toBeCloseTo(Math.PI * 41.5 ** 2, -2);
    expect([at(mask, 140, 99), at(mask, 140, 30), at(mask, 20, 99)]).toEqual([255, 0, 0]);
  });

  test.each([0, 30, 45, 90, 135, 200])('covers the hull of its two ends at %i degrees', (degrees) => {
    const mask = createMask(600, 600);
    const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const [r, s, length] = [40, 20, 200];
    fillShape(
      mask,
      strokeShape({ x: 300, y: 300, radius: r }, { x: 300 + dx * length, y: 300 + dy * length, radius: s }),
      'mark',
    );
    // Two sectors and the trapezia between them.
    const angle = Math.acos((r - s) / length);
    const area = (Math.PI - angle) * r * r + angle * s * s + (r + s) * Math.sqrt(length ** 2 - (r - s) ** 2);
    expect(sumOf(mask) / area).toBeCloseTo(1, 2);
  });

  test('that only changes its size in place covers the larger disc', () => {
    const mask = createMask(100, 100);
    fillShape(mask, strokeShape({ x: 50, y: 50, radius: 5 }, { x: 52, y: 50, radius: 30 }), 'mark');
    expect(sumOf(mask)).toBeCloseTo(Math.PI * 900, -2);
  });

  test('beyond every edge changes only pixels inside', () => {
    const mask = createMask(50, 40);
    for (const [x, y] of [
      [-30, 20],
      [80, 20],
      [25, -30],
      [25, 70],
      [0, 0],
      [50, 40],
    ] as const)
      fillShape(mask, strokeShape({ x, y, radius: 10 }, { x, y, radius: 10 }), 'mark');
    expect(sumOf(mask)).toBeCloseTo((Math.PI * 100) / 2, -1);
    expect([at(mask, 0, 20), at(mask, 49, 20)]).toEqual([0, 0]);
  });

  test('erases exactly what it has marked', () => {
    const mask = createMask(200, 200);
    const shape = strokeShape({ x: 30.2, y: 30.7, radius: 12.1 }, { x: 160, y: 140, radius: 25 });
    fillShape(mask, shape, 'mark');
    fillShape(mask, shape, 'unmark');
    expect(Math.max(...mask.bytes)).toBeLessThan(130);
    expect(at(mask, 100, 90)).toBe(0);
  });
});

test('a rectangle covers its pixels in whatever direction it was drawn', () => {
  for (const [a, b] of [
    [
      { x: 3, y: 4 },
      { x: 10, y: 6 },
    ],
    [
      { x: 10, y: 6 },
      { x: 3, y: 4 },
    ],
  ] as const) {
    const mask = createMask(12, 8);
    fillShape(mask, rectangleShape(a, b), 'mark');
    expect(sumOf(mask)).toBe(14);
    expect([at(mask, 2, 4), at(mask, 3, 4), at(mask, 9, 5), at(mask, 10, 5), at(mask, 3, 6)]).toEqual([
      0, 255, 255, 0, 0,
    ]);
  }
});

test('an outline is closed, and filled where it crosses itself', () => {
  const triangle = createMask(100, 100);
  fillShape(
    triangle,
    outlineShape([
      { x: 10, y: 10 },
      { x: 90, y: 10 },
      { x: 10, y: 90 },
    ]),
    'mark',
  );
  expect(sumOf(triangle) / 3200).toBeCloseTo(1, 2);
  // Two turns about the same centre leave no hole.
  const spiral = createMask(100, 100);
  const points = Array.from({ length: 80 }, (_, step) => {
    const turn = (step / 40) * 2 * Math.PI;
    const radius = 20 + step / 4;
    return { x: 50 + radius * Math.cos(turn), y: 50 + radius * Math.sin(turn) };
  });
  fillShape(spiral, outlineShape(points), 'mark');
  expect(at(spiral, 50, 50)).toBe(255);
  // Both loops of a figure eight are filled.
  const eight = createMask(100, 100);
  fillShape(
    eight,
    outlineShape([
      { x: 10, y: 10 },
      { x: 90, y: 90 },
      { x: 90, y: 10 },
      { x: 10, y: 90 },
    ]),
    'mark',
  );
  expect([at(eight, 20, 50), at(eight, 80, 50), at(eight, 50, 20)]).toEqual([255, 255, 0]);
  fillShape(eight, outlineShape([]), 'mark');
});

describe('undo', () => {
  test('brings back every byte of each step, and redo too', () => {
    const painter = createPainter(700, 500);
    const seen = [painter.mask.bytes.slice()];
    const steps = [
      () => painter.rectangle({ x: 10, y: 10 }, { x: 400, y: 300 }, 'mark'),
      () => {
        painter.beginStroke({ x: 100, y: 100, radius: 30 }, 'unmark', false);
        painter.continueStroke({ x: 690, y: 490, radius: 10 }, 'unmark');
        painter.endStroke();
      },
      painter.invert,
      () => painter.feather(9),
      painter.clear,
    ];
    for (const step of steps) {
      step();
      seen.push(painter.mask.bytes.slice());
    }
    const check = (index: number) =>
      expect(painter.mask.bytes.every((value, pixel) => value === seen[index]?.[pixel])).toBe(true);
    for (let index = steps.length - 1; index >= 0; index -= 1) {
      painter.undo();
      check(index);
    }
    expect(painter.read()).toMatchObject({ canUndo: false, canRedo: true, coverage: 0 });
    for (let index = 1; index <= steps.length; index += 1) {
      painter.redo();
      check(index);
    }
    painter.undo();
    painter.rectangle({ x: 0, y: 0 }, { x: 5, y: 5 }, 'mark');
    expect(painter.read().canRedo).toBe(false);
  });

  test('has no step without a change, nor for a cancelled stroke', () => {
    const painter = createPainter(300, 300);
    painter.clear();
    painter.feather(4);
    painter.beginStroke({ x: 50, y: 50, radius: 30 }, 'mark', false);
    painter.continueStroke({ x: 250, y: 250, radius: 30 }, 'mark');
    painter.cancelStroke();
    expect(painter.read()).toMatchObject({ canUndo: false, coverage: 0 });
    expect(painter.mask.bytes.every((value) => value === 0)).toBe(true);
  });

  test('also undoes changes outside the mask, in order', () => {
    const painter = createPainter(100, 100);
    let [now, other] = ['wide', 'narrow'];
    painter.rectangle({ x: 0, y: 0 }, { x: 10, y: 10 }, 'mark');
    painter.remember(() => {
      [now, other] = [other, now];
    });
    painter.rectangle({ x: 20, y: 0 }, { x: 30, y: 10 }, 'mark');
    const seen = () => [now, Math.round(painter.read().coverage * 10_000)];
    expect(seen()).toEqual(['wide', 200]);
    const steps = [painter.undo, painter.undo, painter.undo, painter.redo, painter.redo].map((step) => {
      step();
      return seen();
    });
    expect(steps).toEqual([
      ['wide', 100],
      ['narrow', 100],
      ['narrow', 0],
      ['narrow', 100],
      ['wide', 100],
    ]);
  });

  test('drops the oldest steps beyond its memory limit, but never the last one', () => {
    const mask = createMask(512, 512);
    const history = createHistory(mask, 40_000);
    for (let step = 1; step <= 4; step += 1) {
      history.begin();
      history.keep({ left: 0, top: 0, right: 128, bottom: 128 });
      for (let pixel = 0; pixel < 128; pixel += 1) mask.bytes[pixel] = step * 10 + (pixel % 2);
      history.end();
    }
    let undone = 0;
    for (; history.canUndo(); undone += 1) history.undo();
    expect(undone).toBe(2);
    expect(mask.bytes[0]).toBe(20);
  });

  test('stores tiles, not whole masks', () => {
    const mask = createMask(4096, 4096);
    const history = createHistory(mask, 2_000_000);
    for (let step = 0; step < 20; step += 1) {
      history.begin();
      const shape = strokeShape({ x: 200, y: 200, radius: 30 }, { x: 260 + step * 9, y: 230, radius: 30 });
      history.keep(shape.box);
      fillShape(mask, shape, 'mark');
      history.end();
    }
    let undone = 0;
    for (; history.canUndo(); undone += 1) history.undo();
    expect(undone).toBe(20);
  });
});

describe('the area to draw again', () => {
  test('is the changed area, not the box around a long diagonal stroke', () => {
    const painter = createPainter(2000, 2000);
    painter.beginStroke({ x: 100, y: 100, radius: 20 }, 'mark', false);
    expect(painter.takeDirty()).toEqual([{ left: 80, top: 80, right: 120, bottom: 120 }]);
    const before = painter.mask.bytes.slice();
    painter.continueStroke({ x: 1900, y: 1900, radius: 20 }, 'mark');
    const boxes = painter.takeDirty();
    const shown = (x: number, y: number) =>
      boxes.some(({ left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom);
    const { bytes } = painter.mask;
    const isShown = (value: number, pixel: number) =>
      value === before[pixel] || shown(pixel % 2000, (pixel / 2000) | 0);
    expect(bytes.every(isShown)).toBe(true);
    const area = boxes.reduce((sum, box) => sum + (box.right - box.left) * (box.bottom - box.top), 0);
    expect(area / bytes.length).toBeLessThan(0.2);
  });

  test('of an undone step is everything that it changed', () => {
    const painter = createPainter(1000, 600);
    painter.rectangle({ x: 500, y: 300 }, { x: 520, y: 310 }, 'mark');
    painter.takeDirty();
    painter.undo();
    const [box, ...others] = painter.takeDirty();
    expect(others).toEqual([]);
    expect(box?.left).toBeLessThanOrEqual(500);
    expect(box?.right).toBeGreaterThanOrEqual(520);
    expect(box?.top).toBeLessThanOrEqual(300);
    expect(box?.bottom).toBeGreaterThanOrEqual(310);
  });
});

test('filling by runs gives the same result as filling pixel by pixel', () => {
  const [width, height] = [90, 70];
  const shapes = [
    // This stroke leaves the picture. The coverage outside must not leak into the next shape.
    strokeShape({ x: 50, y: 5, radius: 8 }, { x: 140, y: 60, radius: 9 }),
    strokeShape({ x: 40, y: 5, radius: 8 }, { x: -60, y: 60, radius: 9 }),
    strokeShape({ x: 30.3, y: 30.7, radius: 18.2 }, { x: 61.9, y: 41.2, radius: 7.4 }),
    strokeShape({ x: -3, y: 60, radius: 30 }, { x: 100, y: 75, radius: 30 }),
    rectangleShape({ x: 3.25, y: 4.5 }, { x: 88.75, y: 60 }),
    rectangleShape({ x: -10, y: -10 }, { x: 200, y: 200 }),
    rectangleShape({ x: 10.2, y: 10 }, { x: 11.1, y: 20 }),
    outlineShape([
      { x: 5, y: 5 },
      { x: 80, y: 60 },
      { x: 80, y: 5 },
      { x: 5, y: 60 },
    ]),
  ];
  for (const paint of ['mark', 'unmark'] as const) {
    for (const shape of shapes) {
      const mask = createMask(width, height);
      // Uses every value, to show that the stronger one wins.
      mask.bytes.forEach((_, pixel) => {
        mask.bytes[pixel] = (pixel * 37) % 256;
      });
      const before = mask.bytes.slice();
      const box = fillShape(mask, shape, paint);
      const changed = [...before.keys()].filter((pixel) => mask.bytes[pixel] !== before[pixel]);
      expect(box).toEqual({
        left: Math.min(...changed.map((pixel) => pixel % width)),
        top: Math.min(...changed.map((pixel) => (pixel / width) | 0)),
        right: Math.max(...changed.map((pixel) => pixel % width)) + 1,
        bottom: Math.max(...changed.map((pixel) => (pixel / width) | 0)) + 1,
      });
      expect(fillShape(mask, shape, paint)).toBeNull();
      let largest = 0;
      for (let y = 0; y < height; y += 1) {
        const cover = new Float64Array(width);
        for (let line = 0; line < 4; line += 1) {
          shape.spans(y + (line + 0.5) / 4, (from, to) => {
            for (let x = 0; x < width; x += 1)
              cover[x] = (cover[x] ?? 0) + Math.max(0, Math.min(to, x + 1) - Math.max(from, x)) / 4;
          });
        }
        const inBox = y >= shape.box.top && y < shape.box.bottom;
        for (let x = 0; x < width; x += 1) {
          const old = before[y * width + x] ?? 0;
          const value = inBox ? (cover[x] ?? 0) * 255 : 0;
          const wanted = paint === 'mark' ? Math.max(old, value) : Math.min(old, 255 - value);
          largest = Math.max(largest, Math.abs((mask.bytes[y * width + x] ?? 0) - wanted));
        }
      }
      expect(largest).toBeLessThanOrEqual(1);
    }
  }
});

test('a line with Shift starts at the end of the previous stroke', () => {
  const painter = createPainter(200, 100);
  const paint = (x: number, isLine: boolean) => {
    painter.beginStroke({ x, y: 50, radius: 5 }, 'mark', isLine);
    painter.endStroke();
  };
  paint(20, true);
  expect(painter.mask.bytes[50 * 200 + 100]).toBe(0);
  paint(180, true);
  expect(painter.mask.bytes[50 * 200 + 100]).toBe(255);
});

test('softening keeps the area, fades over the radius, and does not fade at the edges of the picture', () => {
  const painter = createPainter(400, 300);
  painter.rectangle({ x: 0, y: 100 }, { x: 200, y: 200 }, 'mark');
  painter.feather(10);
  const { mask } = painter;
  expect(painter.read().coverage).toBeCloseTo(20_000 / 120_000, 2);
  expect([at(mask, 0, 150), at(mask, 100, 150), at(mask, 300, 150)]).toEqual([255, 255, 0]);
  expect(at(mask, 200, 150)).toBeGreaterThan(100);
  expect(at(mask, 200, 150)).toBeLessThan(155);
});

test('the overlay tints the marked area, with lines inside and outside its edge', () => {
  const mask = createMask(20, 10);
  fillShape(mask, rectangleShape({ x: 5, y: 0 }, { x: 20, y: 10 }), 'mark');
  const pixels = new Uint32Array(200);
  drawOverlay(mask, wholeOf(mask), 2, tintColours({ red: 255, green: 100, blue: 0 }), pixels);
  const bytes = new Uint8Array(pixels.buffer);
  const pixel = (x: number) => [...bytes.subarray((5 * 20 + x) * 4, (5 * 20 + x) * 4 + 4)];
  expect(pixel(2)).toEqual([0, 0, 0, 0]);
  expect([pixel(3), pixel(4)]).toEqual([pixel(3), [0, 0, 0, 150]]);
  expect([pixel(5), pixel(6)]).toEqual([pixel(5), [255, 255, 255, 240]]);
  // The edge of the picture is not an edge of the marked area.
  expect([pixel(7), pixel(19)]).toEqual([pixel(7), [255, 100, 0, 128]]);
});

test.each([
  [0, 'Nothing marked'],
  [0.001, 'Less than 1% marked'],
  [0.234, '23% marked'],
  [0.9999, '99% marked'],
  [1, '100% marked'],
])('a coverage of %d is described as "%s"', (coverage, text) => {
  expect(coverageText(coverage)).toBe(text);
});

test('a loaded mask is counted and shown, without a step', () => {
  const bytes = new Uint8Array(300 * 200).fill(255, 0, 300 * 100);
  const painter = createPainter(300, 200, bytes);
  expect(painter.read()).toMatchObject({ coverage: 0.5, canUndo: false });
  expect(painter.takeDirty()).toEqual([
    { left: 0, top: 0, right: 300, bottom: 128 },
    { left: 0, top: 128, right: 300, bottom: 200 },
  ]);
  expect(painter.takeDirty()).toEqual([]);
});
