import { expect, test } from 'vitest';
import { candidatesIn } from './markdown-units';

test.each<[string, string[]]>([
  ['[a] and [B c][a]', ['A', 'B C']],
  ['[a\\]b] [c\\[d]', ['A\\]B', 'C\\[D']],
  ['[a [b] c]', ['B']],
  ['[two\nlines]', ['TWO LINES']],
  ['\\[ x \\] then [a]', ['A']],
  ['[^1] [^] []', ['^1']],
  ['[a [ b', []],
  ['\\\\[a]', ['A']],
])('labels in %j', (source, labels) => {
  expect(candidatesIn(source)).toEqual(labels);
});
