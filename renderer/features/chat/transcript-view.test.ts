import { describe, expect, test } from 'vitest';
import {
  countFar,
  countHidden,
  type Edges,
  maxLoaded,
  nextStep,
  placeholderHeight,
  type View,
} from './transcript-view';

/** Forty messages of 200 px between placeholders for a thousand each. */
const placeholder = placeholderHeight(1_000);
const view: View = {
  top: placeholder + 4_000,
  height: 800,
  start: placeholder,
  end: placeholder + 8_000,
  scrollHeight: 2 * placeholder + 8_000,
};
const counts = { older: 1_000, loaded: 40, newer: 1_000 };

describe('nextStep', () => {
  test('does nothing in the middle of the loaded messages, or if all are loaded', () => {
    expect(nextStep(view, counts)).toEqual({ do: 'nothing' });
    const small: View = { top: 0, height: 800, start: 0, end: 400, scrollHeight: 800 };
    expect(nextStep(small, { older: 0, loaded: 2, newer: 0 })).toEqual({ do: 'nothing' });
  });

  test('does nothing while another view is shown', () => {
    expect(nextStep({ ...view, top: 0, height: 0 }, counts)).toEqual({ do: 'nothing' });
  });

  test('loads a page near an edge of the loaded messages', () => {
    expect(nextStep({ ...view, top: view.start + 1_000 }, counts)).toEqual({ do: 'load', side: 'older' });
    expect(nextStep({ ...view, top: view.end - 1_000 }, counts)).toEqual({ do: 'load', side: 'newer' });
    expect(nextStep({ ...view, top: view.start + 1_000 }, { ...counts, older: 0 })).toEqual({
      do: 'nothing',
    });
  });

  test('loads a page while few messages are loaded', () => {
    expect(nextStep(view, { ...counts, loaded: 24 })).toEqual({ do: 'load', side: 'older' });
  });

  test('jumps to the message at the scroll position if no visible one is loaded', () => {
    expect(nextStep({ ...view, top: 0 }, counts)).toEqual({ do: 'jump', index: 0, side: 'older' });
    expect(nextStep({ ...view, top: placeholder / 2 }, counts)).toEqual({
      do: 'jump',
      index: 500,
      side: 'older',
    });
    const last = { ...view, top: view.scrollHeight - view.height };
    expect(nextStep(last, counts)).toEqual({ do: 'jump', index: 2_039, side: 'newer' });
    const step = nextStep({ ...view, top: view.end + placeholder / 2 }, counts);
    expect(step.do === 'jump' && Math.abs(step.index - 1_540) <= 4).toBe(true);
  });

  test('reaches every message of a million with the scrollbar', () => {
    const older = 999_960;
    const start = placeholderHeight(older);
    const end: View = { top: 0, height: 800, start, end: start + 8_000, scrollHeight: start + 8_000 };
    expect(start + 8_000).toBeLessThan(16_777_216 / 4);
    let last = -1;
    for (let top = 0; top + end.height < start; top += 10_000) {
      const step = nextStep({ ...end, top }, { older, loaded: 40, newer: 0 });
      const index = step.do === 'jump' ? step.index : -1;
      expect(index).toBeGreaterThan(last);
      last = index;
    }
    expect(last).toBeGreaterThan(0.99 * older);
  });
});

describe('countFar', () => {
  const edges = (tops: number[]): Edges[] => tops.map((top) => ({ top, bottom: top + 200 }));
  const below = edges(Array.from({ length: 60 }, (_, index) => view.top + 12_000 - index * 200));

  test('counts the messages far from the visible part, from the far end inwards', () => {
    // 36 messages are more than 4,000 px below the visible part.
    expect(countFar(view, below, 200)).toBe(36);
  });

  test('keeps a minimum number of messages', () => {
    expect(countFar(view, below, 56)).toBe(0);
    expect(countFar(view, below, 60)).toBe(4);
  });

  test('never unloads messages that would be loaded again at once', () => {
    const dropped = countFar(view, below, 200);
    const end = below[dropped]?.bottom ?? 0;
    expect(nextStep({ ...view, end }, counts)).toEqual({ do: 'nothing' });
  });
});

describe('while another view is shown', () => {
  test.each([
    ['at the end, unloads from the start', 200, true, { first: 144, last: 0 }],
    ['elsewhere, unloads what has arrived at the end', 200, false, { first: 0, last: 136 }],
    ['keeps a few messages too many, which would be unloaded one by one', 64, true, { first: 0, last: 0 }],
    ['keeps them elsewhere, too', 64, false, { first: 0, last: 0 }],
    ['unloads several at once', 65, true, { first: 9, last: 0 }],
  ])('%s', (_what, loaded, isAtEnd, expected) => {
    expect(countHidden(loaded, isAtEnd)).toEqual(expected);
    expect(loaded - expected.first - expected.last).toBeLessThanOrEqual(maxLoaded);
  });
});
