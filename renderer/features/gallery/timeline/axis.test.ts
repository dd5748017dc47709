import { describe, expect, test } from 'vitest';
import { append, emptyIndex } from '../../../state/gallery/picture-index';
import { axisOfIndex, axisOfMonths, monthAt, spansMonths, ticksOf } from './axis';

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

test('knows whether there is another month to go to', () => {
  expect(spansMonths(indexOf(times))).toBe(true);
  expect(spansMonths(indexOf(times.slice(0, 2)))).toBe(false);
  expect(spansMonths(emptyIndex())).toBe(false);
});

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

describe('months out of order, as after a wrong clock', () => {
  const at = (year: number, month: number) => new Date(year, month, 15).getTime();
  const shuffled = axisOfIndex(
    indexOf([at(2026, 10), at(2026, 8), at(2026, 8), at(2026, 10), at(2026, 9), at(2099, 0), at(2026, 9)]),
  );

  test('come again where their pictures are', () => {
    expect(shuffled).toEqual({
      total: 7,
      months: [
        { start: start(2026, 10), first: 0 },
        { start: start(2026, 8), first: 1 },
        { start: start(2026, 10), first: 3 },
        { start: start(2026, 9), first: 4 },
        { start: start(2099, 0), first: 5 },
        { start: start(2026, 9), first: 6 },
      ],
    });
    expect([0, 1, 2, 3, 4, 5, 6].map((picture) => monthAt(shuffled, picture))).toEqual([0, 1, 1, 2, 3, 4, 5]);
  });

  test('each go to their own first picture', () => {
    const firsts = shuffled.months.map(({ first }) => first);
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
    for (const [month, first] of firsts.entries()) expect(monthAt(shuffled, first)).toBe(month);
  });

  test('of a few pictures do not get the label of later ones', () => {
    const years = [2026, 2025, 2024].map((year, n) => ({ start: start(year, 5), first: n * 100 }));
    const wrong = [2099, 2098].map((year, n) => ({ start: start(year, 0), first: 140 + n }));
    const resumed = { start: start(2025, 5), first: 142 };
    const months = [...years, ...wrong, resumed].toSorted((a, b) => a.first - b.first);
    const ticks = ticksOf({ total: 301, months }, 0.05);
    expect(ticks.map(({ label }) => label)).toEqual(['2026', '2025', '2024']);
  });

  test('of many pictures have their own label, and so do later ones', () => {
    const years = [2026, 2025, 2099, 2025, 2024].map((year, n) => ({
      start: start(year, 5),
      first: n * 100,
    }));
    const ticks = ticksOf({ total: 500, months: years }, 0.05);
    expect(ticks.map(({ label }) => label)).toEqual(['2026', '2025', '2099', '2025', '2024']);
  });
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
