import { describe, expect, test } from 'vitest';
import { closeOpenMarkdown } from './close-open-markdown';
import { parseMarkdown } from './parse-markdown';

function close(source: string): string {
  const block = parseMarkdown(source).nodes.at(-1);
  return block ? closeOpenMarkdown(source, block) : source;
}

describe('an answer that is still arriving', () => {
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
    ['- a\n  ```js\n  b = `c\n  ``', '- a\n  ```js\n  b = `c'],
    ['- 2 * 3\n- **b', '- 2 * 3\n- **b**'],
    ['> quoted **b', '> quoted **b**'],
    ['> a\n> -', '> a'],
    ['> | a | b |', ''],
    ['| a | b |\n| - | - |\n| 1 | *b', '| a | b |\n| - | - |\n| 1 | *b*'],
    ['see [the page][ex', 'see the page'],
    ['noted[^1', 'noted'],
    ['[1]:', ''],
  ])('shows %j as %j', (block, shown) => {
    expect(close(block)).toBe(shown);
  });

  test.each([
    'A plain sentence, with 2 * 3 and snake_case.',
    '**bold**, *italic*, `code` and ~~gone~~',
    'see [the page](https://example.org) there',
    '| a | b |\n| - | - |\n| 1 |',
    '```\ncode\n```',
    '<!-- **a',
    'an \\[ x * y',
  ])('leaves %j as it is', (block) => {
    expect(close(block)).toBe(block);
  });
});
