// Imports onto a disk that becomes full: what came stays, nothing is left of the rest, and it comes once there is room.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { patient } from '../../../tests/harness/patient';
import { mountSmallDisk } from '../../../tests/harness/small-disk';
import { filesIn } from '../../generator/pipeline/test-pictures';
import { createTestImports, samplePicture, type TestImports } from './test-imports';

const count = 12;
/** A picture with what is derived of it takes at least four blocks of 4 kB. */
const diskBytes = count * 16 * 1024;
const ballastBytes = diskBytes / 2;

const probe = mountSmallDisk(diskBytes);
probe?.unmount();

describe.skipIf(probe === null)('on a full disk', () => {
  let fixture: TestImports;
  let ballast: string;

  beforeEach(() => {
    const disk = mountSmallDisk(diskBytes * 4);
    if (!disk) throw new Error('The disk could not be mounted.');
    fixture = createTestImports({ pollMs: 200 }, undefined, disk.folder);
    onTestFinished(async () => {
      fixture.quitting.abort();
      fixture.imports.close();
      await fixture.imports.watchedFolders.idle();
      await fixture.importer.stopped();
      fixture.remove();
      disk.unmount();
    });
    vi.spyOn(console, 'error').mockImplementation(() => {});
    ballast = path.join(fixture.dataFolder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(diskBytes * 4 - ballastBytes));
    for (let seed = 0; seed < count; seed += 1) fixture.put(`a/${seed}.png`, samplePicture(seed));
  });

  /** The pictures of which there is a file, by their ids. */
  const idsOnDisk = () =>
    [...new Set(filesIn(fixture.dataFolder).map((file) => path.basename(file).split('.')[0]))]
      .filter((id) => id !== 'ballast')
      .toSorted();
  const idsInGallery = () =>
    fixture
      .gallery()
      .map(({ id }) => id)
      .toSorted();

  test('an import stops, says why, and leaves nothing of what did not fit', async () => {
    const folder = path.join(fixture.droppedFolder, 'a');
    const stopped = await fixture.importPaths(folder);
    expect(stopped.state).toBe('stopped');
    expect(stopped.added).toBeGreaterThan(0);
    expect(stopped.added).toBeLessThan(count);
    expect(Object.keys(stopped.skipped)).toEqual(['not-stored']);
    expect(idsOnDisk()).toEqual(idsInGallery());
    expect(fixture.store.imports.intents()).toEqual([]);

    rmSync(ballast);
    const rest = { state: 'done', added: count - stopped.added, skipped: { duplicate: stopped.added } };
    expect(await fixture.importPaths(folder)).toMatchObject(rest);
    expect(idsOnDisk()).toEqual(idsInGallery());
  });

  test('a watched folder waits for room, and blames no file', async () => {
    const chosen = await fixture.imports.watchedFolders.choose(path.join(fixture.droppedFolder, 'a'));
    if (!chosen.ok) throw new Error(chosen.message);
    fixture.imports.watchedFolders.start();
    await fixture.imports.watchedFolders.watch(chosen.value.choiceId, { mode: 'copy', subfolders: true });
    const folder = () => fixture.imports.watchedFolders.list()[0];
    const states = () => fixture.broadcasts['folders:changed'].flat().map(({ state }) => state);
    await vi.waitFor(() => expect(states()).toContain('stopped'), patient);
    expect(folder()?.unread.count).toBe(0);
    expect(idsInGallery().length).toBeLessThan(count);

    rmSync(ballast);
    await vi.waitFor(() => expect(idsInGallery()).toHaveLength(count), patient);
    await fixture.imports.watchedFolders.idle();
    expect(idsOnDisk()).toEqual(idsInGallery());
  });
});
