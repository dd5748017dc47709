// Parsing the options of `npm run seed`.
import { expect, test } from 'vitest';
import { BadOption, readOptions } from './options';

test('reads the given numbers and fills in defaults for the others', () => {
  const options = readOptions(['--pictures', '100000', '--messages=50', '--seed', '7'], '/tmp/seeded');
  expect(options).toEqual({
    dataFolder: '/tmp/seeded',
    pictures: 100_000,
    messages: 50,
    longest: 10,
    files: 2_000,
    recipes: false,
    stacks: false,
    seed: 7,
  });
});

test('limits files to the number of pictures and the long conversation to the number of messages', () => {
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
])('rejects %j on %s with a message for the user', (args, folder, part) => {
  expect(() => readOptions(args, folder)).toThrow(BadOption);
  expect(() => readOptions(args, folder)).toThrow(part);
});
