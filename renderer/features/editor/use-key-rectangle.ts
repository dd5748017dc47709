// A rectangle that the arrow keys move and resize, to mark a part of the picture without a pointer.

import { type KeyboardEvent, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import type { Size } from './frame';
import type { Point } from './mask/mask';
import type { Painter } from './mask/painter';

/** In fractions of the picture, from 0 to 1. */
type KeyRectangle = { left: number; top: number; width: number; height: number };

const centre: KeyRectangle = { left: 0.375, top: 0.375, width: 0.25, height: 0.25 };
const [step, smallStep] = [0.05, 0.01];

export type KeyRectangleControl = {
  /** Two opposite corners in pixels of the picture; empty while the rectangle is hidden. */
  corners: readonly Point[];
  text: string;
  /** @returns whether the key was handled. */
  onKey: (event: KeyboardEvent) => boolean;
  hide: () => void;
};

/** Shows the rectangle at the first arrow key, and fills it in the painter's mask on request. */
export function useKeyRectangle(painter: Painter, { width, height }: Size): KeyRectangleControl {
  const [shown, setShown] = useState<KeyRectangle | null>(null);

  function onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    if (direction) {
      const [x = 0, y = 0] = direction;
      const by = event.altKey ? smallStep : step;
      setShown((now) =>
        now ? (event.shiftKey ? resized(now, x * by, y * by) : moved(now, x * by, y * by)) : centre,
      );
      return true;
    }
    if (!shown) return false;
    const paint = { Enter: 'mark', Delete: 'unmark', Backspace: 'unmark' } as const;
    const wanted = Object.entries(paint).find(([key]) => key === event.key)?.[1];
    if (!wanted) return false;
    const [a, b] = cornersIn(shown);
    painter.rectangle(a, b, wanted);
    return true;
  }

  /** Rounds to whole pixels, so that adjacent rectangles have no gap. */
  function cornersIn({ left, top, width: wide, height: high }: KeyRectangle): [Point, Point] {
    const at = (x: number, y: number) => ({ x: Math.round(x * width), y: Math.round(y * height) });
    return [at(left, top), at(left + wide, top + high)];
  }

  return {
    corners: shown ? cornersIn(shown) : [],
    text: shown ? textOf(shown) : '',
    onKey,
    hide: () => setShown(null),
  };
}

function moved(now: KeyRectangle, x: number, y: number): KeyRectangle {
  return {
    ...now,
    left: within(now.left + x, 0, 1 - now.width),
    top: within(now.top + y, 0, 1 - now.height),
  };
}

function resized(now: KeyRectangle, x: number, y: number): KeyRectangle {
  return {
    ...now,
    width: within(now.width + x, smallStep, 1 - now.left),
    height: within(now.height + y, smallStep, 1 - now.top),
  };
}

/** Clamps and rounds a value, so that rounding errors of many steps do not add up. */
function within(value: number, min: number, max: number): number {
  return Math.round(Math.min(Math.max(value, min), max) * 10_000) / 10_000;
}

function textOf({ left, top, width, height }: KeyRectangle): string {
  const percent = (part: number) => Math.round(part * 100);
  return t('editor.rectangle', {
    left: percent(left),
    top: percent(top),
    width: percent(width),
    height: percent(height),
  });
}
