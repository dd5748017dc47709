import { expect, test } from 'vitest';
import { type ClockRecord, deletionTime, readClock, retentionTime, trustClock } from './clock-trust';

const minute = 60 * 1000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 22);

/** Reads the clock at each of these times, relative to `start`. */
function readings(...offsets: number[]): ClockRecord {
  return offsets.reduce((record, offset) => readClock(record, start + offset), trustClock(start));
}

/** Returns readings every hour from `from`, for `length`. */
function hourly(from: number, length: number): number[] {
  return Array.from({ length: length / hour + 1 }, (_, index) => from + index * hour);
}

test.each([
  ['an hour', hour],
  ['a night', 14 * hour],
  ['two days', 2 * day],
  ['a correction of a minute back', -minute],
])('the clock is trusted after %s', (_what, step) => {
  expect(retentionTime(readings(step))).toBe(start + step);
});

test.each([
  ['three days', 3 * day],
  ['forty days', 40 * day],
  ['ten years', 3650 * day],
])('a jump forward by %s does not move the time that ages count to', (_what, step) => {
  expect(retentionTime(readings(step))).toBe(start);
  expect(retentionTime(readings(...hourly(step, 23 * hour)))).toBe(start);
});

test.each([
  ['forward', 40 * day],
  ['back', -40 * day],
])('a clock that has run on for a day after a jump %s is trusted', (_what, step) => {
  expect(retentionTime(readings(...hourly(step, day)))).toBe(start + step + day);
});

test('a clock that was wrong for some hours and is then corrected deletes nothing early', () => {
  const wrong = hourly(40 * day, 10 * hour);
  expect(retentionTime(readings(...wrong, 11 * hour))).toBe(start);
  expect(retentionTime(readings(...wrong, 11 * hour, 34 * hour))).toBe(start);
  expect(retentionTime(readings(...wrong, 11 * hour, 35 * hour))).toBe(start + 35 * hour);
});

test('a step back after a trusted time counts ages to the earlier time at once', () => {
  expect(retentionTime(readings(-40 * day))).toBe(start - 40 * day);
});

test('several jumps forward in short sessions do not add up to a day', () => {
  const sessions = [40, 80, 120, 160].flatMap((days) => hourly(days * day, 2 * hour));
  expect(retentionTime(readings(...sessions))).toBe(start);
});

test('Trash is emptied in the end for a user who opens the app for an hour a week', () => {
  const visits = Array.from({ length: 25 }, (_, week) => hourly((week + 1) * 7 * day, hour)).flat();
  expect(retentionTime(readings(...visits))).toBeGreaterThan(start + 150 * day);
});

test('clocks that jump back at each start never delete by age', () => {
  const starts = Array.from({ length: 50 }, () => hourly(-5000 * day, 10 * hour)).flat();
  expect(retentionTime(readings(...starts))).toBeLessThanOrEqual(start - 5000 * day + 10 * hour);
});

test('a picture deleted under a slow clock is not old when the clock is right again', () => {
  const slow = readings(-9000 * day);
  expect(deletionTime(slow)).toBe(start);
  expect(deletionTime(readings(hour))).toBe(start + hour);
  expect(deletionTime(readings(40 * day))).toBe(start + 40 * day);
});
