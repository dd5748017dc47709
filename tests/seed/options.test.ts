// What the seed is told, and what it refuses.
import { expect, test } from 'vitest';
import { BadOption, readOptions } from './options';

test('numbers are taken as they are given; the rest has defaults', () => {
  const options = readOptions(['--pictures', '100000', '--messages=50', '--seed', '7'], '/tmp/seeded');
  expect(options).toEqual({
    dataFolder: '/tmp/seeded',
    pictures: 100_000,
    messages: 50,
    longest: 10,
    files: 2_000,
    recipes: false,
    seed: 7,
  });
});

test('there are never more files than pictures, nor a conversation longer than all of them', () => {
  const options = readOptions(['--pictures', '3', '--messages', '5', '--longest', '9'], '/tmp/seeded');
  expect(options).toMatchObject({ files: 3, longest: 5 });
});

test.each([
  [[], undefined, 'AFTERIMAGE_DATA_DIR'],
  [[], '  ', 'AFTERIMAGE_DATA_DIR'],
  [['--pictures', 'many'], '/tmp/seeded', '"many"'],
  [['--pictures', '-5'], '/tmp/seeded', '--pictures'],
  [['--messages', '1.5'], '/tmp/seeded', '"1.5"'],
  [['--messages', '99999999'], '/tmp/seeded', '5000000'],
  [['--files', '0'], '/tmp/seeded', 'from 1'],
  [['--pictures', '0', '--messages', '0'], '/tmp/seeded', 'nothing to do'],
  [['--picture', '5'], '/tmp/seeded', '--pictures N'],
])('%j on %s is refused in a sentence', (args, folder, part) => {
  expect(() => readOptions(args, folder)).toThrow(BadOption);
  expect(() => readOptions(args, folder)).toThrow(part);
});
