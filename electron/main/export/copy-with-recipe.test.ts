import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { readXmp, writeXmp } from '../../../shared/domain/xmp';
import { withPngChunk } from '../../generator/pipeline/test-pictures';
import { temporaryFolder } from '../test-support/temporary-folder';
import { copyWithPacket } from './copy-with-recipe';

const recipe = {
  prompt: 'a red fox at dawn',
  provider: 'painter',
  model: 'painter-1',
  params: { aspectRatio: '3:2', seed: 7 },
  createdAt: 1,
} as const;

const packet = writeXmp(recipe);

let folder: string;

beforeEach(() => {
  const made = temporaryFolder();
  folder = made.folder;
  onTestFinished(made.remove);
  writeFileSync(path.join(folder, 'a.png'), createCanvas(8, 8).encodeSync('png'));
});

test('embeds the recipe in the copy and leaves the original unchanged', async () => {
  const original = readFileSync(path.join(folder, 'a.png'));
  const target = path.join(folder, 'copy.png');
  expect(await copyWithPacket(path.join(folder, 'a.png'), target, packet)).toEqual({
    ok: true,
    value: { path: target },
  });
  expect(readXmp(findXmp(readFileSync(target)) ?? '')).toEqual(recipe);
  expect(readFileSync(path.join(folder, 'a.png'))).toEqual(original);
});

test('copies the bytes of the original without a recipe', async () => {
  await copyWithPacket(path.join(folder, 'a.png'), path.join(folder, 'copy.png'), null);
  expect(readFileSync(path.join(folder, 'copy.png'))).toEqual(readFileSync(path.join(folder, 'a.png')));
});

test('reports a missing picture and an unwritable target, and leaves nothing behind', async () => {
  const source = path.join(folder, 'a.png');
  expect(
    await copyWithPacket(path.join(folder, 'none.png'), path.join(folder, 'b.png'), packet),
  ).toMatchObject({
    code: 'file_missing',
  });
  mkdirSync(path.join(folder, 'taken'));
  expect(await copyWithPacket(source, path.join(folder, 'taken'), packet)).toMatchObject({
    code: 'copy_not_saved',
  });
  expect(await copyWithPacket(source, path.join(folder, 'no/such/b.png'), packet)).toMatchObject({
    code: 'copy_not_saved',
  });
  expect(readdirSync(folder).sort()).toEqual(['a.png', 'taken']);
});

test('copies the bytes of a picture with content credentials, which cover every byte', async () => {
  const source = path.join(folder, 'signed.png');
  const signed = withPngChunk(readFileSync(path.join(folder, 'a.png')), 'caBX', new Uint8Array([1, 2, 3]));
  writeFileSync(source, signed);
  const target = path.join(folder, 'copy.png');
  expect(await copyWithPacket(source, target, packet)).toMatchObject({ ok: true });
  expect(readFileSync(target).equals(readFileSync(source))).toBe(true);
});
