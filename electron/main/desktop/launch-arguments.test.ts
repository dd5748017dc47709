import path from 'node:path';
import { expect, test } from 'vitest';
import { argumentsForNextStart, instanceDataSchema, readLaunchArguments } from './launch-arguments';

const id = '01930000-0000-7000-8000-0000000000ab';
const folder = path.resolve('/home/somebody');

test('links and pictures are taken, the rest is left', () => {
  const words = [
    '--no-sandbox',
    '--inspect=0',
    '-r',
    '/some/loader.js',
    '.',
    'fox.PNG',
    '/pictures/a lake.jpeg',
    'notes.txt',
    `afterimage://picture/${id}`,
    'https://example.com/fox.png',
    'afterimage://app/fox.png',
    '--profile=fox.png',
    '-fox.webp',
    'fox\0.png',
  ];
  expect(readLaunchArguments({ words, folder })).toEqual({
    links: [{ kind: 'picture', id }],
    files: [path.join(folder, 'fox.PNG'), path.resolve('/pictures/a lake.jpeg')],
  });
});

test('of several links the last one counts', () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const words = [`afterimage://picture/${id}`, `afterimage://conversation/${other}`];
  expect(readLaunchArguments({ words, folder }).links).toEqual([{ kind: 'conversation', id: other }]);
});

test('the next start gets what has come for it, and nothing that this one has taken', () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const own = ['--no-sandbox', '/the/app', `afterimage://picture/${id}`, 'old.png'];
  const fox = path.join(folder, 'fox.png');
  const brought = [
    { links: [{ kind: 'picture' as const, id }], files: [] },
    { links: [], files: [] },
    { links: [{ kind: 'conversation' as const, id: other }], files: [fox] },
  ];
  const words = argumentsForNextStart(own, brought);
  expect(words).toEqual(['--no-sandbox', '/the/app', `afterimage://conversation/${other}`, fox]);
  expect(readLaunchArguments({ words, folder: '/elsewhere' })).toEqual(brought[2]);
  expect(argumentsForNextStart(own, [])).toEqual(['--no-sandbox', '/the/app']);
});

test.each([null, undefined, 'words', {}, { words: 'x', folder }, { words: [1], folder }, { words: [] }])(
  'what another start hands over as %j is not taken',
  (handed) => {
    expect(instanceDataSchema.safeParse(handed).success).toBe(false);
  },
);
