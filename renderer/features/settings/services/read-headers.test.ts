// Tests reading extra headers from lines of text.
import { expect, test } from 'vitest';
import { readHeaders } from './read-headers';

test('reads one header from each line', () => {
  expect(readHeaders('X-Project: pictures\n\n HTTP-Referer:https://example.org:8080/a ')).toEqual({
    ok: true,
    headers: { 'X-Project': 'pictures', 'HTTP-Referer': 'https://example.org:8080/a' },
  });
  expect(readHeaders('')).toEqual({ ok: true, headers: {} });
});

test.each([
  ['X-Project', /one header on each line/],
  [': x', /one header on each line/],
  ['authorization: Bearer x', /authorization holds a secret/],
  ['X-Api-Key: x', /X-Api-Key holds a secret/],
  ['Cookie: a=b', /Cookie holds a secret/],
  ['Host: example.org', /cannot be sent/],
  ['Content-Length: 5', /cannot be sent/],
  ['a b: x', /cannot be sent/],
  ['X-Project: 光', /cannot be sent/],
  [Array.from({ length: 21 }, (_, n) => `x-${n}: y`).join('\n'), /cannot be sent/],
])('refuses %j', (text, problem) => {
  expect(readHeaders(text)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
});
