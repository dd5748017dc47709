// No field cuts what is pasted into it: `maxLength` of an input does so without a word. Fields use `lengthProblem`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join(process.cwd(), 'renderer');
const cutting = /<(?:input|textarea)\b[^<]*\bmaxLength=/;

test('no input and no text area has a maximum length of its own', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => cutting.test(readFileSync(path.join(folder, file), 'utf8')))).toEqual([]);
});

test.each(['<input maxLength={9} />', '<textarea\n  onChange={() => 1}\n  maxLength="9"\n/>'])(
  'finds %j',
  (source) => {
    expect(source).toMatch(cutting);
  },
);
