import { describe, expect, test } from 'vitest';
import { splitOverlong } from './overlong';

describe('Markdown that would block the window', () => {
  test.each([
    ['quotes in quotes', `${'>'.repeat(10_000)} a`],
    ['lists in lists', `${'- '.repeat(10_000)}a`],
    ['indented lists', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['one line of a million characters', 'a '.repeat(500_000)],
    ['ten thousand openings', '**a'.repeat(10_000)],
    ['a quote behind code', `\`\`\`\n\`\`\`\n${'>'.repeat(10_000)}`],
  ])('finds %s', (_name, block) => {
    expect(splitOverlong(block).some(({ isOverlong }) => isOverlong)).toBe(true);
  });

  test.each([
    ['code, however long and deep', `\`\`\`\n${' '.repeat(300)}1 2 3\n${'a '.repeat(50_000)}\n\`\`\``],
    [
      'a list of ten levels',
      Array.from({ length: 10 }, (_, depth) => `${' '.repeat(depth * 4)}- a`).join('\n'),
    ],
    ['a long paragraph', 'word '.repeat(1500)],
    ['a rule', '-'.repeat(80)],
  ])('parses %s', (_name, block) => {
    expect(splitOverlong(block).some(({ isOverlong }) => isOverlong)).toBe(false);
  });

  test('ends at an empty line, and what surrounds it is parsed', () => {
    const text = `before\n\n${'> '.repeat(200)}a\nmore\n\nafter`;
    const stretches = splitOverlong(text);
    expect(stretches.map(({ isOverlong }) => isOverlong)).toEqual([false, true, false]);
    expect(stretches.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(text.slice(stretches[2]?.start)).toBe('after');
  });
});
