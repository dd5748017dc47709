// Imports while the database cannot be written: another program has locked it, or the disk is full.
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPlain } from '../db/test-database';
import { createTestImports, samplePicture, type TestImports } from './test-imports';

let fixture: TestImports;
let other: ReturnType<typeof openPlain>;

beforeEach(() => {
  fixture = createTestImports({}, 'afterimage.db');
  other = openPlain(fixture.databaseFile);
  onTestFinished(() => {
    other.close();
    fixture.remove();
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

/** Locks the database as soon as the importer gets a task of this type, until the event loop has turned often. */
function lockAt(type: string): void {
  const { importer } = fixture;
  importer.shouldExit = (task) => {
    if (task.type !== type) return false;
    importer.shouldExit = () => false;
    other.exec('BEGIN IMMEDIATE');
    setTimeout(() => other.exec('COMMIT'), 200);
    return false;
  };
}

describe('while another program has locked the database', () => {
  test.each(['walk', 'read', 'store'])('an import waits for it, from its first "%s" on', async (type) => {
    for (const seed of [1, 2, 3]) fixture.put(`${seed}.png`, samplePicture(seed));
    lockAt(type);
    const progress = await fixture.importPaths(fixture.droppedFolder);
    expect(progress).toMatchObject({ state: 'done', added: 3, skipped: {} });
    expect(fixture.gallery()).toHaveLength(3);
    expect(fixture.store.imports.intents()).toEqual([]);
  });

  test.each(['read', 'store'])('a picture that is attached waits for it, from its "%s" on', async (type) => {
    const file = fixture.put('1.png', samplePicture(1));
    lockAt(type);
    expect(await fixture.imports.attach({ path: file })).toMatchObject({ ok: true });
    expect(fixture.gallery()).toHaveLength(1);
    expect(fixture.store.imports.intents()).toEqual([]);
  });
});

describe('after the gallery could not be written', () => {
  const fail = () =>
    other.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON user_images
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  const recover = () => other.exec('DROP TRIGGER full_disk');

  test('the same files are imported once', async () => {
    for (const seed of [1, 2, 3]) fixture.put(`${seed}.png`, samplePicture(seed));
    fail();
    expect(await fixture.importPaths(fixture.droppedFolder)).toMatchObject({ state: 'stopped' });
    expect(fixture.gallery()).toEqual([]);
    recover();
    expect(await fixture.importPaths(fixture.droppedFolder)).toMatchObject({ state: 'done', done: 3 });
    expect(fixture.gallery()).toHaveLength(3);
    expect(fixture.store.imports.intents()).toEqual([]);
  });

  test('the same picture is attached once', async () => {
    const file = fixture.put('1.png', samplePicture(1));
    fail();
    await expect(fixture.imports.attach({ path: file })).rejects.toThrow('the disk is full');
    recover();
    expect(await fixture.imports.attach({ path: file })).toMatchObject({ ok: true });
    expect(fixture.gallery()).toHaveLength(1);
    expect(fixture.store.imports.intents()).toEqual([]);
  });
});
