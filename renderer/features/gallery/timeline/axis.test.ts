import { describe, expect, test } from 'vitest';
import { append, emptyIndex } from '../../../state/gallery/picture-index';
import { axisOfIndex, axisOfMonths, monthAt, ticksOf } from './axis';

const start = (year: number, month: number) => new Date(year, month, 1).getTime();

function indexOf(times: readonly number[]) {
  const column = Uint32Array.from(times, () => 1);
  return append(emptyIndex(), {
    ...{ ids: new Uint8Array(times.length * 16), widths: column, heights: column },
    ...{
      createdAt: Float64Array.from(times),
      positions: new BigInt64Array(times.length),
      colours: new Uint8Array(times.length * 3),
    },
  });
}

const times = [
  new Date(2026, 2, 31, 23, 59).getTime(),
  new Date(2026, 2, 1).getTime(),
  new Date(2026, 1, 28, 23, 59).getTime(),
  new Date(2024, 11, 24).getTime(),
];
const axis = {
  total: 4,
  months: [
    { start: start(2026, 2), first: 0 },
    { start: start(2026, 1), first: 2 },
    { start: start(2024, 11), first: 3 },
  ],
};

test('builds the same axis from an index and from counts', () => {
  expect(axisOfIndex(indexOf(times))).toEqual(axis);
  const counts = [2, 1, 1].map((count, at) => ({ start: axis.months[at]?.start ?? 0, count }));
  expect(axisOfMonths(counts)).toEqual(axis);
  expect(axisOfIndex(emptyIndex())).toEqual({ total: 0, months: [] });
});

test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 2],
  [99, 2],
])('finds picture %i in month %i', (at, month) => {
  expect(monthAt(axis, at)).toBe(month);
});

describe('labels', () => {
  const months = Array.from({ length: 48 }, (_, back) => ({
    start: start(2026, 11 - back),
    first: back * 10,
  }));

  test('are years for a long period, each at its first picture', () => {
    expect(ticksOf({ total: 481, months }, 0.01)).toEqual([
      { label: '2026', position: 0 },
      { label: '2025', position: 0.25 },
      { label: '2024', position: 0.5 },
      { label: '2023', position: 0.75 },
    ]);
  });

  test('are months for a short period', () => {
    const short = { total: 25, months: months.slice(0, 3) };
    expect(ticksOf(short, 0.1).map(({ label }) => label)).toEqual(['Dec', 'Nov', 'Oct']);
  });

  test('keep a minimum distance', () => {
    const positions = ticksOf({ total: 481, months: months.slice(0, 20) }, 0.2).map(
      ({ position }) => position,
    );
    for (const [at, position] of positions.entries()) {
      if (at > 0) expect(position - (positions[at - 1] ?? 0)).toBeGreaterThanOrEqual(0.2);
    }
  });
});
