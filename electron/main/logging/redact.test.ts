import { expect, test } from 'vitest';
import { createRedactor } from './redact';

const emptyRedactor = createRedactor(() => []);

test.each([
  ['AIzaSyD-1234567890abcdefghijklmnopqrstu', 'AIzaSy'],
  ['AQ.Ab8RN6Lq1234567890_abc-def', 'Ab8RN6'],
  ['sk-proj-abcdefghij1234567890', 'abcdefghij'],
  ['ya29.a0AfH6SMBabcdef-123', 'a0AfH6'],
  ['Authorization: Bearer abc.def-123456', 'abc.def'],
  ['{"api_key":"0123456789abcdef"}', '0123456789'],
  ["{ apiKey: 'very-secret-value' }", 'very-secret'],
  ['x-goog-api-key: 0123456789abcdef', '0123456789'],
  ['https://example.com/v1/models?alt=sse&key=0123456789abcdef&x=1', '0123456789'],
  ['http://somebody:hunter2@proxy.example:8080/', 'hunter2'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIi'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----', 'MIIEvQ'],
])('removes what looks like a key from %j', (line, secret) => {
  expect(emptyRedactor.redact(line)).not.toContain(secret);
  expect(emptyRedactor.redact(line)).toContain('[key]');
});

test('removes a key in use, whatever its format', () => {
  const keys: (string | null)[] = [null];
  const { redact } = createRedactor(() => keys);
  keys.push('plain words/as a key');
  expect(redact('with plain words/as a key and plain%20words%2Fas%20a%20key')).toBe('with [key] and [key]');
});

test('removes prompts in plain text, in JSON and in URLs', () => {
  const { conceal, redact } = createRedactor(() => []);
  conceal('  a "red" fox\nat dawn ');
  const prompt = 'a "red" fox\nat dawn';
  const line = `${prompt} | ${JSON.stringify({ prompt })} | ?q=${encodeURIComponent(prompt)}`;
  expect(redact(line)).toBe('[prompt] | {"prompt":"[prompt]"} | ?q=[prompt]');
});

test('removes each line of a prompt', () => {
  const { conceal, redact } = createRedactor(() => []);
  conceal('a red fox\n  in the snow\nat');
  expect(redact('[generator]   in the snow')).toBe('[generator]   [prompt]');
  expect(redact('look at it')).toBe('look at it');
});

test('removes the longer of two overlapping prompts', () => {
  const { conceal, redact } = createRedactor(() => []);
  conceal('a red fox');
  conceal('a red fox in the snow');
  expect(redact('a red fox in the snow')).toBe('[prompt]');
});

test('keeps very short prompts, which occur in ordinary lines', () => {
  const { conceal, redact } = createRedactor(() => []);
  conceal('fox');
  conceal('  ');
  expect(redact('fox')).toBe('fox');
});

test('remembers the last hundred prompts', () => {
  const { conceal, redact } = createRedactor(() => []);
  for (let count = 0; count <= 100; count += 1) conceal(`a prompt, number ${String(count).padStart(3, '0')}`);
  expect(redact('a prompt, number 000')).toBe('a prompt, number 000');
  expect(redact('a prompt, number 001')).toBe('[prompt]');
  expect(redact('a prompt, number 100')).toBe('[prompt]');
});

test('keeps error messages, stacks and ids', () => {
  const line =
    'Request chat:send failed: SqliteError: disk I/O error\n    at /app/out/main/index.js:10:5 01930000-0000-7000-8000-0000000000ab';
  expect(emptyRedactor.redact(line)).toBe(line);
});

test('shortens a very long line', () => {
  expect(emptyRedactor.redact('a '.repeat(100_000)).length).toBeLessThan(8100);
});

test('handles a prompt with a lone surrogate', () => {
  const { conceal, redact } = createRedactor(() => []);
  conceal('half a \ud83e character');
  expect(redact('half a \ud83e character')).toBe('[prompt]');
});
