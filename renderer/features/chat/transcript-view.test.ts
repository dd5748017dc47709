import { describe, expect, test } from 'vitest';
import { countFar, type Edges, nextStep, roomFor, type View } from './transcript-view';

/** Forty messages of 200 px behind room for a thousand, before room for a thousand. */
const room = roomFor(1_000);
const view: View = {
  top: room + 4_000,
  height: 800,
  start: room,
  end: room + 8_000,
  scrollHeight: 2 * room + 8_000,
};
const counts = { older: 1_000, held: 40, newer: 1_000 };

describe('the next step', () => {
  test('is nothing in the middle of what is held, and where nothing else is', () => {
    expect(nextStep(view, counts)).toEqual({ do: 'nothing' });
    const small: View = { top: 0, height: 800, start: 0, end: 400, scrollHeight: 800 };
    expect(nextStep(small, { older: 0, held: 2, newer: 0 })).toEqual({ do: 'nothing' });
  });

  test('is nothing while another view is on screen', () => {
    expect(nextStep({ ...view, top: 0, height: 0 }, counts)).toEqual({ do: 'nothing' });
  });

  test('is a page where an edge comes near', () => {
    expect(nextStep({ ...view, top: view.start + 1_000 }, counts)).toEqual({ do: 'load', side: 'older' });
    expect(nextStep({ ...view, top: view.end - 1_000 }, counts)).toEqual({ do: 'load', side: 'newer' });
    expect(nextStep({ ...view, top: view.start + 1_000 }, { ...counts, older: 0 })).toEqual({
      do: 'nothing',
    });
  });

  test('is a page while little is held', () => {
    expect(nextStep(view, { ...counts, held: 24 })).toEqual({ do: 'load', side: 'older' });
  });

  test('is a jump where nothing on screen is held, to what belongs there', () => {
    expect(nextStep({ ...view, top: 0 }, counts)).toEqual({ do: 'jump', index: 0, side: 'older' });
    expect(nextStep({ ...view, top: room / 2 }, counts)).toEqual({ do: 'jump', index: 500, side: 'older' });
    const last = { ...view, top: view.scrollHeight - view.height };
    expect(nextStep(last, counts)).toEqual({ do: 'jump', index: 2_039, side: 'newer' });
    const step = nextStep({ ...view, top: view.end + room / 2 }, counts);
    expect(step.do === 'jump' && Math.abs(step.index - 1_540) <= 4).toBe(true);
  });

  test('reaches each message of a million by the scrollbar alone', () => {
    const older = 999_960;
    const start = roomFor(older);
    const end: View = { top: 0, height: 800, start, end: start + 8_000, scrollHeight: start + 8_000 };
    expect(start + 8_000).toBeLessThan(16_777_216 / 4);
    let last = -1;
    for (let top = 0; top + end.height < start; top += 10_000) {
      const step = nextStep({ ...end, top }, { older, held: 40, newer: 0 });
      const index = step.do === 'jump' ? step.index : -1;
      expect(index).toBeGreaterThan(last);
      last = index;
    }
    expect(last).toBeGreaterThan(0.99 * older);
  });
});

describe('what may go', () => {
  const edges = (tops: number[]): Edges[] => tops.map((top) => ({ top, bottom: top + 200 }));
  const below = edges(Array.from({ length: 60 }, (_, index) => view.top + 12_000 - index * 200));

  test('is what is far from the screen, from the far end inwards', () => {
    // Far is more than 4,000 px below the screen: 36 of them.
    expect(countFar(view, below, 200)).toBe(36);
  });

  test('is nothing as long as few are held', () => {
    expect(countFar(view, below, 56)).toBe(0);
    expect(countFar(view, below, 60)).toBe(4);
  });

  test('is nothing that would be fetched again at once', () => {
    const dropped = countFar(view, below, 200);
    const end = below[dropped]?.bottom ?? 0;
    expect(nextStep({ ...view, end }, counts)).toEqual({ do: 'nothing' });
  });
});
