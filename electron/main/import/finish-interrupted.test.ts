import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { arrivedFile, pictureFile, recipeFile } from '../../../shared/domain/picture-files';
import { createImporterTasks } from '../../generator/importer/tasks';
import { filesIn } from '../../generator/pipeline/test-pictures';
import { createTestImports, pictureWithText, samplePng, type TestImports } from './test-imports';

const id = '01930000-0000-7000-8000-0000000000ab';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

const intent = { id, name: 'holiday', createdAt: 1_600_000_000_000 };

/** Leaves the files and the intent of an import, as a crash before the gallery row does. @returns the picture's path. */
async function interruptImport(): Promise<string> {
  fixture.store.imports.addIntent(intent, '00'.repeat(32));
  const perform = createImporterTasks();
  const source = fixture.put('holiday.png', pictureWithText('a red fox\nSteps: 20, Seed: 7'));
  await perform({
    type: 'read',
    held: 1,
    path: source,
    now: 1,
    key: 1,
    dataFolder: fixture.dataFolder,
    displayQuality: 90,
  });
  const kept = await perform({
    type: 'store',
    held: 1,
    id,
    key: 2,
    dataFolder: fixture.dataFolder,
    displayQuality: 90,
  });
  expect(kept.type).toBe('stored');
  return path.join(fixture.dataFolder, pictureFile(id, 'png'));
}

async function expectCompleted(): Promise<void> {
  await fixture.imports.finishInterrupted();
  expect(fixture.gallery()).toMatchObject([{ id, prompt: 'a red fox', createdAt: intent.createdAt }]);
  expect(fixture.store.imports.intents()).toEqual([]);
  expect(fixture.broadcasts['import:progress']).toMatchObject([{ state: 'interrupted', added: 1 }]);
  expect(existsSync(path.join(fixture.dataFolder, arrivedFile(id)))).toBe(false);
}

test('completes an import whose picture has its final name', async () => {
  await interruptImport();
  await expectCompleted();
});

test('completes an import whose bytes arrived without a recipe beside them', async () => {
  const file = await interruptImport();
  renameSync(file, path.join(fixture.dataFolder, arrivedFile(id)));
  rmSync(path.join(fixture.dataFolder, recipeFile(id)));
  await expectCompleted();
});

test.each([
  ['nothing', null],
  ['half of the bytes', samplePng.subarray(0, 50)],
  ['invalid bytes', Buffer.from('text')],
])('removes an import with %s on disk and keeps the source file', async (_name, bytes) => {
  rmSync(await interruptImport());
  rmSync(path.join(fixture.dataFolder, recipeFile(id)));
  if (bytes) writeFileSync(path.join(fixture.dataFolder, arrivedFile(id)), bytes);
  await fixture.imports.finishInterrupted();
  expect(fixture.gallery()).toEqual([]);
  expect(filesIn(fixture.dataFolder)).toEqual([]);
  expect(fixture.store.imports.intents()).toEqual([]);
  expect(existsSync(path.join(fixture.droppedFolder, 'holiday.png'))).toBe(true);
});

test('removes an import that makes the importer exit again', async () => {
  await interruptImport();
  fixture.importer.shouldExit = (task) => task.type === 'recover';
  await fixture.imports.finishInterrupted();
  expect(fixture.store.imports.intents()).toEqual([]);
  expect(filesIn(fixture.dataFolder)).toEqual([]);
});

test('keeps the intent for the next start if the app quits meanwhile', async () => {
  await interruptImport();
  fixture.importer.shouldExit = (task) => {
    if (task.type === 'recover') fixture.quitting.abort();
    return false;
  };
  await fixture.imports.finishInterrupted();
  expect(fixture.store.imports.intents()).toEqual([{ ...intent, isWatched: false }]);
});
