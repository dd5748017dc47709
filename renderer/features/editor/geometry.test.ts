import { describe, expect, test } from 'vitest';
import {
  framedSize,
  maxEditPixels,
  maxEditSide,
  straightenScale,
  turnedSize,
} from '../../../shared/domain/edits';
import { fitted, sizesOf, zoomedTo } from '../../picture/lightbox/zoom';
import {
  cropForRatio,
  draggedCrop,
  flipped,
  mirroredCrop,
  movedCrop,
  type Turn,
  turnedCrop,
  turnedOnce,
} from './crop';
import { centredFrame, draggedFrame, frameForRatio, noFrame, ratioOf, shapeOfSize } from './frame';
import { frameRect, pictureRect, pixelAt, viewOf } from './view';

const size = { width: 1000, height: 800 };

describe('a frame', () => {
  test('grows only on the sides of its handle, and never into the picture', () => {
    const corner = draggedFrame(noFrame, { x: 1, y: -1 }, { x: 30.4, y: -20 }, size);
    expect(corner).toEqual({ left: 0, top: 20, right: 30, bottom: 0 });
    expect(draggedFrame(corner, { x: 1, y: -1 }, { x: -500, y: 500 }, size)).toEqual(noFrame);
    expect(draggedFrame(corner, { x: -1, y: 0 }, { x: -7, y: 99 }, size)).toEqual({ ...corner, left: 7 });
  });

  test.each([
    [
      { x: 1, y: 0 },
      { x: 1e6, y: 0 },
    ],
    [
      { x: -1, y: -1 },
      { x: -1e6, y: -1e6 },
    ],
    [
      { x: 0, y: 1 },
      { x: 0, y: 1e6 },
    ],
  ] as const)('stays within the limits at handle %j', (handle, by) => {
    const { width, height } = framedSize(size, draggedFrame(noFrame, handle, by, size));
    expect(Math.max(width, height)).toBeLessThanOrEqual(maxEditSide);
    expect(width * height).toBeLessThanOrEqual(maxEditPixels);
    expect(
      Math.max(width / maxEditSide, height / maxEditSide, (width * height) / maxEditPixels),
    ).toBeGreaterThan(0.99);
  });

  test.each(['1:1', '16:9', '9:16', '21:9', '5:4'])('gives the picture the ratio %s around it', (name) => {
    const [across = 1, down = 1] = name.split(':').map(Number);
    const frame = frameForRatio(size, across / down);
    const framed = framedSize(size, frame);
    expect(framed.width / framed.height).toBeCloseTo(across / down, 2);
    expect(Math.min(framed.width - size.width, framed.height - size.height)).toBe(0);
    expect(Math.abs(frame.left - frame.right) + Math.abs(frame.top - frame.bottom)).toBeLessThanOrEqual(1);
  });

  test('keeps its size when it is centred', () => {
    expect(centredFrame({ left: 0, top: 3, right: 101, bottom: 3 })).toEqual({
      left: 50,
      top: 3,
      right: 51,
      bottom: 3,
    });
  });

  test('has the nearest aspect ratio', () => {
    expect(shapeOfSize({ width: 1920, height: 1088 })).toBe('16:9');
    expect(shapeOfSize({ width: 500, height: 501 })).toBe('1:1');
    expect(ratioOf('3:2')).toBe(1.5);
  });
});

describe('the view', () => {
  const stage = { width: 900, height: 700 };
  test.each([noFrame, { left: 200, top: 0, right: 0, bottom: 100 }])(
    'finds the pixel under a point with frame %j',
    (frame) => {
      const framed = framedSize(size, frame);
      const sizes = sizesOf(framed, stage, 1, { x: 20, y: 20 });
      const zoom = zoomedTo(fitted, 3, { x: 50, y: -40 }, sizes);
      for (const each of [fitted, zoom]) {
        const view = viewOf(sizes, each, size, frame);
        const rect = pictureRect(view, size);
        expect(pixelAt(view, { x: rect.left, y: rect.top })).toEqual({ x: 0, y: 0 });
        const corner = pixelAt(view, { x: rect.left + rect.width, y: rect.top + rect.height });
        expect(corner.x).toBeCloseTo(1000);
        expect(corner.y).toBeCloseTo(800);
        const around = frameRect(view, size, frame);
        expect(around.width / around.height).toBeCloseTo(framed.width / framed.height);
      }
      const fit = frameRect(viewOf(sizes, fitted, size, frame), size, frame);
      expect(fit.left + fit.width / 2).toBeCloseTo(450);
      expect(fit.top + fit.height / 2).toBeCloseTo(350);
      // The point under the pointer does not move.
      const before = pixelAt(viewOf(sizes, fitted, size, frame), { x: 500, y: 310 });
      const after = pixelAt(viewOf(sizes, zoom, size, frame), { x: 500, y: 310 });
      expect(after.x).toBeCloseTo(before.x);
      expect(after.y).toBeCloseTo(before.y);
    },
  );
});

describe('a crop', () => {
  const crop = { left: 100, top: 50, width: 400, height: 300 };
  test('follows its handles within the picture', () => {
    expect(draggedCrop(crop, { x: -1, y: 1 }, { x: -200, y: 90 }, size, null)).toEqual({
      left: 0,
      top: 50,
      width: 500,
      height: 390,
    });
    expect(draggedCrop(crop, { x: -1, y: 0 }, { x: 900, y: 0 }, size, null)).toEqual({
      ...crop,
      left: 484,
      width: 16,
    });
    expect(movedCrop(crop, { x: 9000, y: -9000 }, size)).toEqual({ ...crop, left: 600, top: 0 });
  });

  test.each([
    [
      { x: 1, y: 1 },
      { x: 4000, y: 0 },
    ],
    [
      { x: -1, y: -1 },
      { x: -4000, y: 0 },
    ],
    [
      { x: 0, y: 1 },
      { x: 0, y: 4000 },
    ],
    [
      { x: 1, y: 0 },
      { x: -300, y: 0 },
    ],
  ] as const)('keeps its ratio at handle %j', (handle, by) => {
    const { left, top, width, height } = draggedCrop(crop, handle, by, size, 4 / 3);
    expect(width / height).toBeCloseTo(4 / 3, 1);
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(size.width);
    expect(top + height).toBeLessThanOrEqual(size.height);
  });

  test('stays on the same part of the picture through four turns and two mirrors', () => {
    let [turned, at] = [crop, size];
    for (let turn = 0; turn < 4; turn += 1) {
      turned = turnedCrop(turned, at);
      at = turnedSize(at, { quarterTurns: 1 });
    }
    expect(turned).toEqual(crop);
    expect(turnedCrop(crop, size)).toEqual({ left: 450, top: 100, width: 300, height: 400 });
    expect(mirroredCrop(mirroredCrop(crop, size), size)).toEqual(crop);
  });

  test('with a ratio is the largest centred one', () => {
    expect(cropForRatio(size, 1)).toEqual({ left: 100, top: 0, width: 800, height: 800 });
    expect(cropForRatio(size, 2)).toEqual({ left: 0, top: 150, width: 1000, height: 500 });
  });
});

test.each([0, 5, -20, 45])(
  'a picture straightened by %i degrees leaves no corner empty, and is not larger than needed',
  (degrees) => {
    const scale = straightenScale(size, degrees);
    const angle = (degrees * Math.PI) / 180;
    // Each corner of the frame, turned back, has to be inside the enlarged picture.
    const reach = [
      [500, 400],
      [500, -400],
    ].map(([x = 0, y = 0]) => {
      const back = {
        x: x * Math.cos(angle) + y * Math.sin(angle),
        y: y * Math.cos(angle) - x * Math.sin(angle),
      };
      return Math.max(Math.abs(back.x) / 500, Math.abs(back.y) / 400);
    });
    expect(Math.max(...reach)).toBeCloseTo(scale);
  },
);

describe('turning and mirroring', () => {
  /** Returns the directions in which the picture's right and lower sides are shown. */
  const seen = ({ quarterTurns, mirrored, straighten }: Turn) =>
    [0, 90].map((own) => {
      const turned = own + quarterTurns * 90;
      return ((mirrored ? 180 - turned : turned) + straighten + 1080) % 360;
    });
  const starts: Turn[] = [0, 1, 2, 3].flatMap((quarterTurns) =>
    [false, true].map((mirrored) => ({ quarterTurns, mirrored, straighten: 7 })),
  );

  test.each(starts)('%j is turned clockwise as shown', (turn) => {
    expect(seen(turnedOnce(turn))).toEqual(seen(turn).map((angle) => (angle + 90) % 360));
  });

  test.each(starts)('%j is mirrored as shown', (turn) => {
    expect(seen(flipped(turn, 'horizontal'))).toEqual(seen(turn).map((angle) => (180 - angle + 360) % 360));
    expect(seen(flipped(turn, 'vertical'))).toEqual(seen(turn).map((angle) => (360 - angle) % 360));
  });
});
