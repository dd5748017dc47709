// For tests: a data folder with a database, backups and pictures, and functions to inspect and damage them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { pictureFile, recipeFile } from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import { backupFolder, makeBackup } from './backups';
import { recordCleanExit } from './clean-exit';
import { nativeBinding } from './native-binding';
import { openStore } from './open';
import { openSafely } from './open-safely';
import { writeEmptyDatabase } from './test-database';

const addon = nativeBinding(process.cwd());

/** The time of these tests, in UTC milliseconds. */
export const testNow = Date.UTC(2026, 10, 22, 14, 2, 33);

export function optionsFor(dataFolder: string) {
  const file = path.join(dataFolder, 'afterimage.db');
  return { dataFolder, file, nativeBinding: addon, now: () => testNow };
}

/** Writes a picture of one byte with its recipe, and returns the recipe. */
export function addPictureFiles(dataFolder: string, changes: Partial<Recipe> = {}): Recipe {
  const id = changes.id ?? newId();
  const recipe: Recipe = {
    version: 1,
    id,
    file: pictureFile(id, 'png'),
    bytes: 1,
    width: 2,
    height: 3,
    thumbhash: 'AAH+/w==',
    prompt: 'a fox',
    provider: 'painter',
    model: 'painter-1',
    params: { aspectRatio: '1:1', seed: 1 },
    costMicroUsd: 7,
    durationMs: 5,
    createdAt: 1000,
    ...changes,
  };
  mkdirSync(path.dirname(path.join(dataFolder, recipe.file)), { recursive: true });
  writeFileSync(path.join(dataFolder, recipe.file), 'x');
  writeFileSync(path.join(dataFolder, recipeFile(id)), JSON.stringify(recipe));
  return recipe;
}

/** Returns the titles of the conversations, by which these tests identify a database. */
export function titles(dataFolder: string): string[] {
  const { file, nativeBinding } = optionsFor(dataFolder);
  const store = openStore({ file, nativeBinding });
  try {
    return store.conversations.newest(1000).map(({ title }) => title);
  } finally {
    store.close();
  }
}

/** Adds conversations to the database and closes it properly. */
export function addConversations(dataFolder: string, ...names: string[]): void {
  const { file, nativeBinding } = optionsFor(dataFolder);
  if (!existsSync(file)) writeEmptyDatabase(file);
  const store = openStore({ file, nativeBinding });
  for (const [index, title] of names.entries()) {
    store.conversations.insert({ id: newId(), title, createdAt: testNow + index });
  }
  store.close();
  recordCleanExit(file);
}

/** @param at UTC milliseconds. */
export function makeTestBackup(dataFolder: string, at: number): string {
  const { file, nativeBinding } = optionsFor(dataFolder);
  const folder = backupFolder(dataFolder);
  const made = makeBackup({ file, folder, nativeBinding, now: at, freeBytes: () => 1e12 });
  if (!made) throw new Error('no backup was made');
  return made.file;
}

/** Changes a file's bytes in place. */
export function damageFile(file: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(file, change(readFileSync(file)));
}

export function zeroBytes(bytes: Buffer): Buffer {
  return Buffer.alloc(bytes.length);
}

/** Opens the database as a start does, and closes it without the record of a proper exit. */
export function openOnce(dataFolder: string, step: (name: string) => void = () => {}) {
  const opened = openSafely({ ...optionsFor(dataFolder), step });
  const findings = opened.store.check('full');
  opened.store.close();
  return { ...opened, findings };
}

/** Returns numbers from 0 up to but not including 1, the same for each seed. http://prng.di.unimi.it/splitmix64.c */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
