import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leadsInto } from './is-within';

let folder: string;
let ours: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'afterimage-within-'));
  ours = path.join(folder, 'ours');
  mkdirSync(path.join(ours, 'images', '00'), { recursive: true });
  mkdirSync(path.join(folder, 'ours beside'));
  symlinkSync(path.join(ours, 'images'), path.join(folder, 'link'));
  symlinkSync(ours, path.join(folder, 'ours by link'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['the folder itself', 'ours', true],
  ['a file that is not there yet', 'ours/afterimage.db', true],
  ['a folder of which nothing is there yet', 'ours/a/b/c.zip', true],
  ['a detour', 'ours beside/../ours/images/x.png', true],
  ['a file by a link', 'link/00/x.png', true],
  ['the folder around it', '.', false],
  ['a folder whose name begins like it', 'ours beside/x.png', false],
  ['a file beside it', 'ours.zip', false],
])('%s', async (_, target, expected) => {
  expect(await leadsInto(path.join(folder, target), ours)).toBe(expected);
  // The data folder may be a link itself.
  expect(await leadsInto(path.join(folder, target), path.join(folder, 'ours by link'))).toBe(expected);
});
