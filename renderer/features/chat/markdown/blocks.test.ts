import { describe, expect, test } from 'vitest';
import { blocksOf, calm, isTooMuch } from './blocks';

const text = `# Title

First
paragraph

- one

  more of one
- two

1. a

2. b

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

> quote

| a | b |
| - | - |
| 1 | 2 |

Last`;

test('paragraphs, lists, code and tables are one block each', () => {
  expect(blocksOf(text)).toEqual([
    '# Title',
    'First\nparagraph',
    '- one\n\n  more of one\n- two\n\n1. a\n\n2. b',
    '```ts\nconst a = 1;\n\nconst b = 2;\n```',
    '> quote',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    'Last',
  ]);
});

test('as the text grows, only the last block changes', () => {
  let before: string[] = [];
  for (let length = 0; length <= text.length; length += 1) {
    const blocks = blocksOf(text.slice(0, length));
    const settled = before.slice(0, -1);
    expect(blocks.slice(0, settled.length)).toEqual(settled);
    before = blocks;
  }
});

test('nothing is lost but empty lines', () => {
  const words = (whole: string) => whole.split(/\n+/).filter(Boolean);
  expect(words(blocksOf(text).join('\n\n'))).toEqual(words(text));
  expect(blocksOf(' \n\n')).toEqual([]);
});

test('code whose fence is open keeps its empty lines, other fences and all', () => {
  expect(blocksOf('````md\n```\n\na\n```\n\nb')).toEqual(['````md\n```\n\na\n```\n\nb']);
});

describe('while it is coming', () => {
  test.each([
    ['This is **bol', 'This is **bol**'],
    ['This is *ital', 'This is *ital*'],
    ['***both', '***both***'],
    ['This is **', 'This is '],
    ['a `piece of', 'a `piece of`'],
    ['a `', 'a '],
    ['see [the page](https://exam', 'see the page'],
    ['see [the pa', 'see the pa'],
    ['see ![a fox', 'see a fox'],
    ['A line\n-', 'A line'],
    ['A line\n===', 'A line'],
    ['##', ''],
    ['- one\n- ', '- one'],
    ['| a | b |', ''],
    ['| a | b |\n| -', ''],
    ['```ts\nconst a = **b', '```ts\nconst a = **b'],
    ['```\na\n``', '```\na'],
  ])('%j looks like %j', (block, shown) => {
    expect(calm(block)).toBe(shown);
  });

  test.each([
    'A plain sentence, with 2 * 3 and snake_case.',
    '**bold**, *italic*, `code` and ~~gone~~',
    'see [the page](https://example.org) there',
    '| a | b |\n| - | - |\n| 1 |',
    '```\ncode\n```',
  ])('%j is as it is', (block) => {
    expect(calm(block)).toBe(block);
  });
});

describe('a block that would hold up the window', () => {
  test.each([
    ['quotes in quotes', `${'>'.repeat(10_000)} a`],
    ['lists in lists', `${'- '.repeat(10_000)}a`],
    ['indented lists', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['one line of a million characters', 'a '.repeat(500_000)],
    ['ten thousand openings', '**a'.repeat(10_000)],
    ['a quote behind code', `\`\`\`\n\`\`\`\n${'>'.repeat(10_000)}`],
  ])('%s: shown as it is written', (_name, block) => {
    expect(blocksOf(block).some(isTooMuch)).toBe(true);
  });

  test.each([
    ['code, however long and deep', `\`\`\`\n${' '.repeat(300)}1 2 3\n${'a '.repeat(50_000)}\n\`\`\``],
    [
      'a list of ten levels',
      Array.from({ length: 10 }, (_, depth) => `${' '.repeat(depth * 4)}- a`).join('\n'),
    ],
    ['a long paragraph', 'word '.repeat(1500)],
    ['a rule', '-'.repeat(80)],
  ])('%s is not one', (_name, block) => {
    expect(blocksOf(block).some(isTooMuch)).toBe(false);
  });
});
