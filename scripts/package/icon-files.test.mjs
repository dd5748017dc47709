// The icon files, parsed according to their formats.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../lib/paths.mjs';
import { icnsFile, icoFile } from './icon-files.mjs';

const pictures = new Map([
  [16, Buffer.from('sixteen')],
  [256, Buffer.from('two hundred and fifty-six')],
  [1024, Buffer.from('large')],
]);

test('a Windows icon contains the pictures up to 256 pixels at the offsets of its entries', () => {
  const file = icoFile(pictures);
  expect(file.readUInt16LE(4)).toBe(2);
  const contents = [0, 1].map((index) => {
    const entry = 6 + 16 * index;
    const start = file.readUInt32LE(entry + 12);
    return [file.readUInt8(entry), file.toString('ascii', start, start + file.readUInt32LE(entry + 8))];
  });
  expect(contents).toEqual([
    [16, 'sixteen'],
    [0, 'two hundred and fifty-six'],
  ]);
});

test('a macOS icon is a sequence of blocks that ends with the file', () => {
  const file = icnsFile(pictures);
  expect(file.readUInt32BE(4)).toBe(file.length);
  const types = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    types.push(file.toString('ascii', at, at + 4));
  }
  expect(types).toEqual(['icp4', 'ic08', 'ic13', 'ic10']);
});

test('the icons in resources are PNGs of the size in their name', async () => {
  for (const size of [16, 48, 256, 512, 1024]) {
    const png = await readFile(join(projectRoot, 'resources', 'icons', `${size}x${size}.png`));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});
