import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { WatchedFolder } from '../../../../shared/domain/watched-folders';
import { patient } from '../../../../tests/harness/patient';
import { createTestImports, samplePicture, type TestImports } from '../test-imports';

let fixture: TestImports;
let folders: TestImports['imports']['watchedFolders'];

beforeEach(() => begin());

function begin(...timings: Parameters<typeof createTestImports>): void {
  const begun = createTestImports(...timings);
  fixture = begun;
  folders = begun.imports.watchedFolders;
  folders.start();
  onTestFinished(async () => {
    begun.quitting.abort();
    begun.imports.close();
    await begun.imports.watchedFolders.idle();
    begun.remove();
  });
}

const eventually = <Value>(check: () => Value) => vi.waitFor(check, { ...patient, interval: 5 });

async function watch(choice: { mode?: 'copy' | 'link'; subfolders?: boolean } = {}): Promise<string> {
  const chosen = await folders.choose(fixture.droppedFolder);
  if (!chosen.ok) throw new Error(chosen.message);
  const watched = await folders.watch(chosen.value.choiceId, { mode: 'copy', subfolders: true, ...choice });
  if (!watched.ok) throw new Error(watched.message);
  return only().id;
}

function only(): WatchedFolder {
  const [folder, ...others] = folders.list();
  if (!folder || others.length > 0) throw new Error('There is not exactly one folder.');
  return folder;
}

const names = () =>
  fixture
    .gallery()
    .map(({ prompt }) => prompt)
    .toSorted();

/** Resolves after a look that began now, when nothing waits. */
async function quiet(): Promise<void> {
  await folders.idle();
  const events = fixture.broadcasts['folders:changed'].length;
  folders.look(only().id);
  await eventually(() => expect(fixture.broadcasts['folders:changed'].length).toBeGreaterThan(events));
  await eventually(() => expect(only().state).toBe('waiting'));
}

test('brings in what is there and what appears, and changes nothing in the folder', async () => {
  fixture.put('a.png', samplePicture(1));
  fixture.put('more/b.png', samplePicture(2));
  await watch();
  await eventually(() => expect(names()).toEqual(['a', 'b']));
  await eventually(() => expect(only()).toMatchObject({ state: 'waiting', isPolled: false }));
  fixture.put('more/c.png', samplePicture(3));
  fixture.put('new/d.png', samplePicture(4));
  await eventually(() => expect(names()).toEqual(['a', 'b', 'c', 'd']));
  expect(readFileSync(path.join(fixture.droppedFolder, 'a.png')).equals(samplePicture(1))).toBe(true);
  expect(fixture.store.imports.intents()).toEqual([]);
});

test('leaves subfolders alone if the user wants it', async () => {
  fixture.put('more/b.png', samplePicture(2));
  fixture.put('a.png', samplePicture(1));
  await watch({ subfolders: false });
  await eventually(() => expect(names()).toEqual(['a']));
  await quiet();
  expect(names()).toEqual(['a']);
});

test('takes a picture only when it is complete, and never as a damaged one', async () => {
  // On a busy machine, too, the rest comes before the app gives the file up.
  begin({ patienceMs: 60_000 });
  await watch();
  const bytes = samplePicture(9);
  const file = fixture.put('slow.png', bytes.subarray(0, 200));
  const other = fixture.put('other.png', samplePicture(1));
  await eventually(() => expect(names()).toEqual(['other']));
  // It has not changed for long enough to be read, and yet it is not complete.
  await eventually(() => expect(only().progress.found).toBeGreaterThan(only().progress.done));
  appendFileSync(file, bytes.subarray(200));
  await eventually(() => expect(names()).toEqual(['other', 'slow']));
  await eventually(() => expect(only()).toMatchObject({ state: 'waiting', unread: { count: 0 } }));
  expect(readFileSync(other).equals(samplePicture(1))).toBe(true);
});

test('rests after a listing for the work that it was, however long it waited for its turn', async () => {
  let waitedMs = 0;
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + waitedMs);
  onTestFinished(() => void clock.mockRestore());
  fixture.importer.shouldExit = ({ type }) => {
    if (type === 'scan') waitedMs += 3_600_000;
    return false;
  };
  await watch();
  await quiet();
  fixture.put('a.png', samplePicture(1));
  await eventually(() => expect(names()).toEqual(['a']));
});

test('takes a file that gets its name when it is complete', async () => {
  await watch();
  const file = fixture.put('a.png.part', samplePicture(1));
  await quiet();
  expect(names()).toEqual([]);
  renameSync(file, path.join(fixture.droppedFolder, 'a.png'));
  await eventually(() => expect(names()).toEqual(['a']));
});

test('many files at once are one batch with one progress', async () => {
  await watch();
  await quiet();
  for (let index = 0; index < 24; index += 1) fixture.put(`${index}.png`, samplePicture(index));
  fixture.put('copy.png', samplePicture(0));
  await eventually(() => expect(fixture.gallery()).toHaveLength(24));
  await eventually(() => expect(only()).toMatchObject({ state: 'waiting' }));
  expect(only().progress).toMatchObject({ found: 25, done: 25, added: 24, present: 1 });
  expect(fixture.broadcasts['gallery:added'].length).toBeLessThan(24);
  expect(fixture.broadcasts['import:progress']).toEqual([]);
});

test('says what the pictures that came in last are without', async () => {
  await watch();
  await quiet();
  fixture.put('moving.jxl', readFileSync(path.resolve('tests/fixtures/formats/moving.jxl')));
  const notes = { count: 1, files: [{ name: 'moving.jxl', note: 'frames' }] };
  await eventually(() => expect(only()).toMatchObject({ state: 'waiting', progress: { added: 1, notes } }));
  fixture.put('next.png', samplePicture(1));
  await eventually(() =>
    expect(only()).toMatchObject({ state: 'waiting', progress: { added: 1, notes: { count: 0 } } }),
  );
  expect(names()).toEqual(['moving', 'next']);
});

test('lists a file that cannot be read once, until it changes or is gone', async () => {
  const damaged = fixture.put('damaged.png', samplePicture(1).subarray(0, 300));
  const text = fixture.put('text.png', 'no picture');
  await watch();
  await eventually(() =>
    expect(only().unread).toEqual({
      count: 2,
      files: [
        { name: 'damaged.png', reason: 'truncated' },
        { name: 'text.png', reason: 'not-a-picture' },
      ],
    }),
  );
  await quiet();
  const reads = vi.fn(() => false);
  fixture.importer.shouldExit = ({ type }) => type === 'read' && reads();
  await quiet();
  await quiet();
  expect(reads).not.toHaveBeenCalled();
  writeFileSync(damaged, samplePicture(1));
  rmSync(text);
  await eventually(() => expect(only().unread.count).toBe(0));
  expect(names()).toEqual(['damaged']);
});

/** Starts the app again, perhaps another version of it. */
async function restart(version: string): Promise<void> {
  fixture.quitting.abort();
  fixture.imports.close();
  await fixture.imports.watchedFolders.idle();
  const { imports, quitting } = fixture.start(version);
  folders = imports.watchedFolders;
  folders.start();
  onTestFinished(async () => {
    quitting.abort();
    imports.close();
    await imports.watchedFolders.idle();
  });
}

test('looks at what another version could not read once more, and tells it as one file', async () => {
  // So long that a test in which a file were waited for would not end.
  begin({ patienceMs: 600_000 });
  const photo = readFileSync(path.resolve('tests/fixtures/formats/quarters.heic'));
  const photoFile = fixture.put('photo.heic', photo);
  const textFile = fixture.put('text.png', 'no picture');
  fixture.put('a.png', samplePicture(1));
  const chosen = await folders.choose(fixture.droppedFolder);
  if (!chosen.ok) throw new Error(chosen.message);
  await folders.watch(chosen.value.choiceId, { mode: 'copy', subfolders: true });
  folders.setEnabled(only().id, false);
  const { id } = only();
  for (const [file, reason] of [
    [photoFile, 'no-decoder'],
    [textFile, 'not-a-picture'],
  ] as const) {
    const { size: bytes, mtimeMs: modifiedAt } = statSync(file);
    fixture.store.watchedFolders.record(
      id,
      { path: path.basename(file), bytes, modifiedAt },
      { isTaken: false, reason, readBy: '1.0.0' },
    );
  }
  const reads: string[] = [];
  fixture.importer.shouldExit = (task) => {
    if (task.type === 'read') reads.push(path.basename(task.path));
    return false;
  };
  folders.setEnabled(id, true);
  await eventually(() => expect(names()).toEqual(['a']));
  for (const _ of [1, 2]) {
    await quiet();
    await restart('1.0.0');
    await quiet();
  }
  expect(reads).toEqual(['a.png']);
  expect(only().unread.files).toEqual([
    { name: 'photo.heic', reason: 'no-decoder' },
    { name: 'text.png', reason: 'not-a-picture' },
  ]);

  const unread = fixture.broadcasts['folders:changed'].length;
  await restart('1.1.0');
  await eventually(() => expect(names()).toEqual(['a', 'photo']));
  await quiet();
  expect(reads.toSorted()).toEqual(['a.png', 'photo.heic', 'text.png']);
  expect(only().unread).toEqual({ count: 1, files: [{ name: 'text.png', reason: 'not-a-picture' }] });
  // It was listed all the time, so nothing appears anew.
  for (const [folder] of fixture.broadcasts['folders:changed'].slice(unread))
    expect(folder?.unread.files.map(({ name }) => name)).toContain('text.png');
  await restart('1.1.0');
  await quiet();
  expect(reads).toHaveLength(3);
});

test('a folder that is not there says so, and comes back by itself', async () => {
  fixture.put('a.png', samplePicture(1));
  await watch();
  await eventually(() => expect(names()).toEqual(['a']));
  const away = `${fixture.droppedFolder} elsewhere`;
  renameSync(fixture.droppedFolder, away);
  await eventually(() => expect(only().state).toBe('missing'));
  expect(names()).toEqual(['a']);
  writeFileSync(path.join(away, 'b.png'), samplePicture(2));
  renameSync(away, fixture.droppedFolder);
  await eventually(() => expect(names()).toEqual(['a', 'b']));
  await eventually(() => expect(only().state).toBe('waiting'));
});

test('a deleted picture does not come back: not from Trash, not after its removal, not under another name', async () => {
  const file = fixture.put('a.png', samplePicture(1));
  await watch();
  await eventually(() => expect(names()).toEqual(['a']));
  const [image] = fixture.gallery();
  const id = image?.id ?? '';
  fixture.store.transaction(() => fixture.store.trash.add(id, 1));
  await quiet();
  expect(names()).toEqual([]);
  fixture.store.transaction(() => {
    fixture.store.purge.markPictures(2, 3, 10);
    fixture.store.purge.removePicture(id);
  });
  renameSync(file, path.join(fixture.droppedFolder, 'renamed.png'));
  fixture.put('b.png', samplePicture(2));
  await eventually(() => expect(names()).toEqual(['b']));
  await quiet();
  expect(names()).toEqual(['b']);
  // The user can still bring it in on purpose.
  await fixture.importPaths(path.join(fixture.droppedFolder, 'renamed.png'));
  expect(names()).toEqual(['b', 'renamed']);
});

test('the same bytes are one picture, whichever way they come at the same time', async () => {
  for (let index = 0; index < 12; index += 1) fixture.put(`${index}.png`, samplePicture(index));
  const watching = watch();
  const copies = Array.from({ length: 12 }, (_, index) =>
    fixture.imports.attach({ name: 'pasted.png', bytes: new Uint8Array(samplePicture(index)) }),
  );
  const [report] = await Promise.all([fixture.importPaths(fixture.droppedFolder), watching, ...copies]);
  await eventually(() =>
    expect(only()).toMatchObject({ state: 'waiting', progress: { found: 12, done: 12 } }),
  );
  expect(fixture.gallery()).toHaveLength(12);
  expect(report.added + (report.skipped.duplicate ?? 0)).toBe(12);
});

test('after a crash in the middle, the next start goes on and nothing is double', async () => {
  for (let index = 0; index < 30; index += 1) fixture.put(`${index}.png`, samplePicture(index));
  let stores = 0;
  fixture.importer.shouldExit = ({ type }) => {
    if (type !== 'store') return false;
    stores += 1;
    if (stores === 20) {
      // As a killed process: nothing is written from now on.
      fixture.quitting.abort();
      fixture.imports.close();
    }
    return stores >= 20;
  };
  await watch();
  await eventually(() => expect(stores).toBeGreaterThanOrEqual(20));
  await folders.idle();
  await fixture.importer.stopped();
  expect(fixture.store.imports.intents().length).toBeGreaterThan(0);
  fixture.importer.shouldExit = () => false;

  const again = fixture.start();
  onTestFinished(async () => {
    again.quitting.abort();
    again.imports.close();
    await again.imports.watchedFolders.idle();
  });
  await again.imports.finishInterrupted();
  again.imports.watchedFolders.start();
  await eventually(() => expect(fixture.gallery()).toHaveLength(30));
  await eventually(() => expect(again.imports.watchedFolders.list()).toMatchObject([{ state: 'waiting' }]));
  expect(new Set(names()).size).toBe(30);
  // Nobody is asked to drop files again.
  expect(fixture.broadcasts['import:progress']).toEqual([]);
  await eventually(() => expect(fixture.store.imports.intents()).toEqual([]));
});

test('a paused folder is left alone until it is resumed, and a removed one for good', async () => {
  const id = await watch();
  await eventually(() => expect(only().state).toBe('waiting'));
  folders.setEnabled(id, false);
  expect(only()).toMatchObject({ state: 'off', enabled: false });
  fixture.put('a.png', samplePicture(1));
  await folders.idle();
  expect(names()).toEqual([]);
  folders.setEnabled(id, true);
  await eventually(() => expect(names()).toEqual(['a']));
  expect(folders.remove(id)).toEqual({ ok: true, value: null });
  expect(folders.list()).toEqual([]);
  await eventually(() => expect(fixture.store.watchedFolders.list()).toEqual([]));
  expect(folders.look(id)).toMatchObject({ ok: false, code: 'not_found' });
  expect(names()).toEqual(['a']);
});

test('a folder that was chosen is checked again when it is watched', async () => {
  const chosen = await folders.choose(fixture.droppedFolder);
  if (!chosen.ok) throw new Error(chosen.message);
  rmSync(fixture.droppedFolder, { recursive: true });
  const choice = { mode: 'copy', subfolders: true } as const;
  expect(await folders.watch(chosen.value.choiceId, choice)).toMatchObject({ code: 'folder_not_found' });
  expect(await folders.watch(chosen.value.choiceId, choice)).toMatchObject({ code: 'not_found' });
  mkdirSync(fixture.droppedFolder);
  expect(statSync(fixture.droppedFolder).isDirectory()).toBe(true);
  expect(await folders.choose(fixture.dataFolder)).toMatchObject({ code: 'folder_of_afterimage' });
});
