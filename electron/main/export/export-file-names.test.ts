import { describe, expect, test } from 'vitest';
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

test('skips the numbers that other names have taken', () => {
  const nextName = createFileNamer(['2026-11-22 a fox 2.png']);
  const prompts = ['a fox', 'a fox', 'a fox 3', 'a fox', 'a fox 3'];
  expect(prompts.map((prompt) => nextName(createdAt, prompt, 'png').slice('2026-11-22 '.length))).toEqual([
    'a fox.png',
    'a fox 3.png',
    'a fox 3 2.png',
    'a fox 4.png',
    'a fox 3 3.png',
  ]);
});

/** Names that a system refuses or changes. Windows: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file */
const refusedBy: Partial<Record<NodeJS.Platform, RegExp>> = {
  win32: /[<>:"/\\|?*\p{Cc}]|[. ]$|^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)/iu,
  darwin: /[/:\0]/,
  linux: /[/\0]/,
};
const stems = [
  'CON',
  'nul',
  'COM1',
  'LPT9.txt',
  'com¹',
  'AUX.',
  'a. . .',
  'a ',
  'C:\\fox',
  '.',
  '..',
  '\u0000',
  '‮gnp.exe',
];

describe.each(['win32', 'darwin', 'linux'] as const)('on %s', (platform) => {
  test.each([...stems, ...stems.map((stem) => `${'日'.repeat(200)}${stem}`)])(
    'a prompt such as %j gives a name',
    (prompt) => {
      const nextName = createFileNamer();
      for (const name of [nextName(createdAt, prompt, 'png'), nextName(createdAt, prompt, 'png')]) {
        expect(name).not.toMatch(refusedBy[platform] ?? /^$/);
        expect(name.slice(0, -'.png'.length)).not.toMatch(/[. ]$/);
        // NTFS and APFS allow 255 UTF-16 units or bytes. A zip file or a folder may be deep in other folders.
        expect(Buffer.byteLength(name)).toBeLessThan(140);
      }
    },
  );
});
