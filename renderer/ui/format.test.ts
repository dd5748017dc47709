import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../../shared/languages/translate';
import {
  formatAgo,
  formatBytes,
  formatCost,
  formatDay,
  formatDuration,
  formatExpectedCost,
  formatList,
  formatNumber,
  formatPercent,
  withCapital,
} from './format';

afterEach(() => setLanguage('en', {}));

test.each([
  [0, '0.1\u00a0s'],
  [840, '0.8\u00a0s'],
  [9_949, '9.9\u00a0s'],
  [9_951, '10\u00a0s'],
  [59_400, '59\u00a0s'],
  [59_600, '1\u00a0min'],
  [125_000, '2\u00a0min 5\u00a0s'],
])('formats %i ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, 'free'],
  [900, 'under $0.001'],
  [33_600, '$0.034'],
  [1_200_000, '$1.20'],
])('formats %i micro-dollars as %s', (microUsd, text) => {
  expect(formatCost(microUsd)).toBe(text);
});

test.each([
  [0, 'free'],
  [999, 'under $0.001'],
  [1000, 'about $0.001'],
  [1_200_000, 'about $1.20'],
])('formats an expected cost of %i micro-dollars as %s', (microUsd, text) => {
  expect(formatExpectedCost(microUsd)).toBe(text);
});

test.each([
  [640, '640\u00a0B'],
  [87_600, '88\u00a0kB'],
  [999_600, '1.0\u00a0MB'],
  [1_740_000, '1.7\u00a0MB'],
])('formats %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [-60, '1\u00a0minute ago'],
  [0, '1\u00a0minute ago'],
  [119, '1\u00a0hour ago'],
  [120, '2\u00a0hours ago'],
  [1440, 'yesterday'],
  [3 * 1440, '3\u00a0days ago'],
  [70 * 1440, '2\u00a0months ago'],
  [800 * 1440, '2\u00a0years ago'],
])('formats a time %i minutes ago as %s', (minutes, text) => {
  const now = Date.UTC(2026, 10, 29, 12);
  expect(formatAgo(now - minutes * 60_000, now)).toBe(text);
});

test('adds the year to a day of another year', () => {
  const at = new Date(2026, 11, 3, 12).getTime();
  expect(formatDay(at, new Date(2026, 0, 1).getTime())).toBe('3 December');
  expect(formatDay(at, new Date(2025, 0, 1).getTime())).toBe('3 December 2026');
});

test('formats a thousand megabytes as a gigabyte', () => {
  expect(formatBytes(999_499_999)).toBe('999.5\u00a0MB');
  expect(formatBytes(2_140_000_000)).toBe('2.1\u00a0GB');
});

test('formats a fraction as complete only at 1', () => {
  expect([0, 0.129, 0.999, 1].map(formatPercent)).toEqual(['0%', '12%', '99%', '100%']);
});

test('separates thousands', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567');
});

test.each([
  ['en', 'conjunction', 'xAI, GPT 5 and 离线画师'],
  ['zh', 'conjunction', 'xAI、GPT 5 和离线画师'],
  ['zh', 'disjunction', 'xAI、GPT 5 或离线画师'],
  ['ja', 'conjunction', 'xAI、GPT 5、離線画師'],
] as const)('joins a list as the language does: %s, %s', (language, type, expected) => {
  setLanguage(language, {});
  const last = language === 'ja' ? '離線画師' : '离线画师';
  expect(formatList(['xAI', 'GPT 5', last], type)).toBe(expected);
});

test.each([
  ['turn by 90°, crop', 'Turn by 90°, crop'],
  ['été', 'Été'],
  ['𐐨 of two code units', '𐐀 of two code units'],
  ['3:2', '3:2'],
  ['横長', '横長'],
  ['', ''],
])('begins %j with a capital letter', (text, expected) => {
  expect(withCapital(text)).toBe(expected);
});
