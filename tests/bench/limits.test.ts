import { expect, onTestFinished, test, vi } from 'vitest';
import { type LimitRow, printLimits, rowAgainstFloor, rowOfValue } from './limits';

test('meets an atMost goal exactly at the limit, and not above it', () => {
  expect(rowAgainstFloor('start', 125, 100, { atMost: 1.25 })).toMatchObject({ ratio: 1.25, met: true });
  expect(rowAgainstFloor('start', 126, 100, { atMost: 1.25 }).met).toBe(false);
});

test('meets an atLeast goal exactly at the limit, and not below it', () => {
  expect(rowAgainstFloor('pictures', 8, 10, { atLeast: 0.8 })).toMatchObject({ ratio: 0.8, met: true });
  expect(rowAgainstFloor('pictures', 7.9, 10, { atLeast: 0.8 }).met).toBe(false);
});

test('compares the value itself if there is no floor', () => {
  expect(rowOfValue('longest task', 8, { atMost: 8 })).toMatchObject({ floor: null, ratio: null, met: true });
  expect(rowOfValue('longest task', 8.1, { atMost: 8 }).met).toBe(false);
});

test('rejects a value that was not measured', () => {
  expect(() => rowOfValue('longest task', Number.NaN, { atMost: 8 })).toThrow('not measured');
  expect(() => rowAgainstFloor('start', 1, 0, { atMost: 1 })).toThrow('not measured');
  expect(() => rowAgainstFloor('start', 1, Number.NaN, { atLeast: 0 })).toThrow('not measured');
});

test('prints each row with its goal, and the number of met goals', () => {
  const rows: LimitRow[] = [
    rowAgainstFloor('start', 126, 100, { atMost: 1.25 }),
    rowOfValue('longest task', 7, { atMost: 8 }),
  ];
  const printed = vi.spyOn(console, 'table').mockImplementation(() => {});
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    printed.mockRestore();
    said.mockRestore();
  });
  printLimits(rows, { before: 0.1, after: 2 });
  expect(printed).toHaveBeenCalledWith({
    start: { now: '126', floor: '100', ratio: '1.26 x', goal: 'at most 1.25 x', met: 'NOT MET' },
    'longest task': { now: '7', floor: '', ratio: '', goal: 'at most 8', met: 'met' },
  });
  expect(said.mock.calls.flat().join('')).toContain('1 of 2 goals are met.');
});
