// Every kind of damage to a finished folder is noticed, and what is no damage is not.

import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFiles, readIntact, writeManifest } from './manifest.mjs';

let folder;
let dist;
let manifest;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  dist = join(folder, 'dist');
  manifest = join(folder, 'manifest.json');
  await mkdir(join(dist, 'resources'), { recursive: true });
  await writeFile(join(dist, 'electron'), 'the executable');
  await writeFile(join(dist, 'resources', 'default_app.asar'), 'the app');
  await writeManifest(dist, await listFiles(dist), manifest, { version: '1' });
});

afterEach(() => rm(folder, { recursive: true }));

test('an untouched folder gives its facts', async () => {
  expect(await readIntact(dist, manifest)).toEqual({ version: '1' });
});

test('a folder without a manifest was never finished', async () => {
  await rm(manifest);
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('a manifest that was cut short counts as none', async () => {
  await writeFile(manifest, (await readFile(manifest, 'utf8')).slice(0, 40));
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('a missing file is noticed', async () => {
  await rm(join(dist, 'resources', 'default_app.asar'));
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('a file of another length is noticed', async () => {
  await appendFile(join(dist, 'electron'), '!');
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('a changed byte is noticed even when the modification time is put back', async () => {
  const executable = join(dist, 'electron');
  await utimes(executable, 1000, 1000);
  await writeManifest(dist, await listFiles(dist), manifest, { version: '1' });
  await writeFile(executable, 'the exeCutable');
  await utimes(executable, 1000, 1000);
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('a copied file with the same content is accepted', async () => {
  const executable = join(dist, 'electron');
  await copyFile(executable, join(folder, 'copy'));
  await rename(join(folder, 'copy'), executable);
  expect(await readIntact(dist, manifest)).toEqual({ version: '1' });
});
