import { describe, expect, test } from 'vitest';
import { matchesEtag, parseRange } from './range-requests';

describe('parses a range of a file of ten bytes', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=0-', { start: 0, end: 10 }],
    ['bytes=3-5', { start: 3, end: 6 }],
    ['bytes=3-999999', { start: 3, end: 10 }],
    ['bytes=9-', { start: 9, end: 10 }],
    ['bytes=-4', { start: 6, end: 10 }],
    ['bytes=-99', { start: 0, end: 10 }],
    [' Bytes=3-5 ', { start: 3, end: 6 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=10-20', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [null, 'none'],
    ['', 'none'],
    ['bytes=', 'none'],
    ['bytes=-', 'none'],
    ['bytes=5-3', 'none'],
    ['bytes=0-1,3-4', 'none'],
    ['bytes=a-b', 'none'],
    ['bytes=0x1-5', 'none'],
    ['bytes=-1-5', 'none'],
    ['bytes=1.5-3', 'none'],
    ['items=0-5', 'none'],
    [`bytes=0-${'9'.repeat(400)}`, 'none'],
  ])('%j', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });

  test('finds every range of an empty file unsatisfiable', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [null, false],
])('compares the header %s with the ETag "a": %s', (header, matches) => {
  expect(matchesEtag(header, '"a"')).toBe(matches);
});
