// Every kind of damage to a finished folder is detected, and nothing else is.

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

test('returns the facts of an unchanged folder', async () => {
  expect(await readIntact(dist, manifest)).toEqual({ version: '1' });
});

test('rejects a folder without a manifest', async () => {
  await rm(manifest);
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('rejects a truncated manifest', async () => {
  await writeFile(manifest, (await readFile(manifest, 'utf8')).slice(0, 40));
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('detects a missing file', async () => {
  await rm(join(dist, 'resources', 'default_app.asar'));
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('detects a file of another length', async () => {
  await appendFile(join(dist, 'electron'), '!');
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('detects a changed byte even if the modification time is reset', async () => {
  const executable = join(dist, 'electron');
  await utimes(executable, 1000, 1000);
  await writeManifest(dist, await listFiles(dist), manifest, { version: '1' });
  await writeFile(executable, 'the exeCutable');
  await utimes(executable, 1000, 1000);
  expect(await readIntact(dist, manifest)).toBeUndefined();
});

test('accepts a copied file with the same content', async () => {
  const executable = join(dist, 'electron');
  await copyFile(executable, join(folder, 'copy'));
  await rename(join(folder, 'copy'), executable);
  expect(await readIntact(dist, manifest)).toEqual({ version: '1' });
});
