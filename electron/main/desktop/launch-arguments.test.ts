import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { maxDroppedFiles } from '../../../shared/domain/import';
import { argumentsForNextStart, instanceDataSchema, readLaunchArguments } from './launch-arguments';

const id = '01930000-0000-7000-8000-0000000000ab';
const folder = path.resolve('/home/somebody');

test('reads links and pictures and ignores other arguments', () => {
  const args = [
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
  expect(readLaunchArguments({ args, workingFolder: folder })).toEqual({
    links: [{ kind: 'picture', id }],
    files: [path.join(folder, 'fox.PNG'), path.resolve('/pictures/a lake.jpeg')],
  });
});

test('keeps the last of several links', () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const args = [`afterimage://picture/${id}`, `afterimage://conversation/${other}`];
  expect(readLaunchArguments({ args, workingFolder: folder }).links).toEqual([
    { kind: 'conversation', id: other },
  ]);
});

test('passes received links and files to the next start, without those of this one', () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const own = ['--no-sandbox', '/the/app', `afterimage://picture/${id}`, 'old.png'];
  const fox = path.join(folder, 'fox.png');
  const received = [
    { links: [{ kind: 'picture' as const, id }], files: [] },
    { links: [], files: [] },
    { links: [{ kind: 'conversation' as const, id: other }], files: [fox] },
  ];
  const nextArgs = argumentsForNextStart(own, received);
  expect(nextArgs).toEqual(['--no-sandbox', '/the/app', `afterimage://conversation/${other}`, fox]);
  expect(readLaunchArguments({ args: nextArgs, workingFolder: '/elsewhere' })).toEqual(received[2]);
  expect(argumentsForNextStart(own, [])).toEqual(['--no-sandbox', '/the/app']);
});

test.each([
  null,
  undefined,
  'text',
  {},
  { args: 'x', workingFolder: folder },
  { args: [1], workingFolder: folder },
  { args: [] },
])('rejects %j as data of another instance', (data) => {
  expect(instanceDataSchema.safeParse(data).success).toBe(false);
});

describe('paths of Windows', () => {
  test.each([
    ['C:\\Pictures\\fox.png', 'C:\\Pictures\\fox.png'],
    ['c:/Pictures/fox.PNG', 'c:\\Pictures\\fox.PNG'],
    ['D://fox.jpeg', 'D:\\fox.jpeg'],
    ['fox.png', 'C:\\Users\\A\\fox.png'],
    ['..\\fox.png', 'C:\\Users\\fox.png'],
    ['\\\\server\\share\\fox.webp', '\\\\server\\share\\fox.webp'],
    ['C:\\100% a & b\\fox (1).png', 'C:\\100% a & b\\fox (1).png'],
  ])('%s is the picture %s', (arg, file) => {
    const launch = readLaunchArguments({ args: [arg], workingFolder: 'C:\\Users\\A' }, 'win32');
    expect(launch).toEqual({ links: [], files: [file] });
  });

  test.each([
    'C:\\Program Files\\Afterimage\\Afterimage.exe',
    'file:///C:/fox.png',
    'ms-photos://x/fox.png',
    'C:\\',
  ])('%s is no picture', (arg) => {
    const launch = readLaunchArguments({ args: [arg], workingFolder: 'C:\\' }, 'win32');
    expect(launch).toEqual({ links: [], files: [] });
  });

  test.each(['linux', 'darwin'] as const)('a backslash is part of a name on %s', (platform) => {
    const launch = readLaunchArguments({ args: ['a\\fox.png'], workingFolder: '/home' }, platform);
    expect(launch.files).toEqual(['/home/a\\fox.png']);
  });
});

test('keeps too many files, which are refused with a sentence, instead of leaving some out', () => {
  const args = Array.from({ length: 12_000 }, (_, index) => `${index}.png`);
  const data = instanceDataSchema.parse({ args, workingFolder: folder });
  const launch = readLaunchArguments(data);
  expect(launch.files).toHaveLength(12_000);
  const next = argumentsForNextStart([], [launch]);
  expect(readLaunchArguments({ args: next, workingFolder: folder }).files).toHaveLength(maxDroppedFiles + 1);
});
