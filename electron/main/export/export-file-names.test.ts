import { expect, test } from 'vitest';
import { createFileNamer } from './export-file-names';

const createdAt = new Date(2026, 10, 22, 14).getTime();

test.each([
  ['a fox', '2026-11-22 a fox.png'],
  ['a/b\\c:d*e?f"g<h>i|j', '2026-11-22 a b c d e f g h i j.png'],
  ['../../etc/passwd', '2026-11-22 .. .. etc passwd.png'],
  ['ends with dots...', '2026-11-22 ends with dots.png'],
  ['line\nbreak\u0000\u202e', '2026-11-22 line break.png'],
  ['', '2026-11-22.png'],
  ['\ud800', '2026-11-22.png'],
])('names a picture with the prompt %j', (prompt, name) => {
  expect(createFileNamer()(createdAt, prompt, 'png')).toBe(name);
});

test('limits the length of a name without cutting a character', () => {
  const name = createFileNamer()(createdAt, '🌻'.repeat(500), 'png');
  expect(Buffer.byteLength(name)).toBeLessThan(140);
  expect(name.isWellFormed()).toBe(true);
});

test('returns each name once, ignoring case', () => {
  const nextName = createFileNamer();
  const names = ['A fox', 'a FOX', 'a fox'].map((prompt) => nextName(createdAt, prompt, 'png'));
  expect(names).toEqual(['2026-11-22 A fox.png', '2026-11-22 a FOX 2.png', '2026-11-22 a fox 3.png']);
});
