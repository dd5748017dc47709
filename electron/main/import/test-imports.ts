// Test helper: imports with a temporary data folder and an importer that runs in the test's process.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportProgress } from '../../../shared/contract/import';
import { everyPicture } from '../../../shared/domain/gallery-query';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import type { ToImporter } from '../../../shared/generator/importer-messages';
import { createImporterTasks } from '../../generator/importer/tasks';
import { noise, sample, withPngChunk } from '../../generator/pipeline/test-pictures';
import { readGallery } from '../db/test-gallery';
import { checkLinks } from '../storage/check-links';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import type { ForkImporter } from './importer-process';
import { createImports } from './imports';

export const samplePng = sample(32, 24).encodeSync('png');

/** Returns pictures with different bytes and lengths for different seeds. */
export const samplePicture = (seed: number) => noise(8, 8 + seed).encodeSync('png');

/** Returns a picture with a text chunk as Stable Diffusion tools write it. */
export function pictureWithText(text: string) {
  return withPngChunk(samplePng, 'tEXt', Buffer.from(`parameters\0${text}`, 'latin1'));
}

/** How folders are watched in tests (ms). */
const quickTimings = { settleMs: 20, patienceMs: 300, pollMs: 50, hintMs: 5 };

export type TestImports = ReturnType<typeof createTestImports>;

/**
 * @param changes of how folders are watched (ms).
 * @param databaseName in the temporary folder; absent: the database is in memory.
 * @param diskFolder the data folder; absent: a temporary one.
 */
export function createTestImports(
  changes: Partial<typeof quickTimings> = {},
  databaseName?: string,
  diskFolder?: string,
) {
  const temporary = temporaryFolder();
  const droppedFolder = path.join(temporary.folder, 'dropped');
  const dataFolder = diskFolder ?? path.join(temporary.folder, 'data');
  mkdirSync(droppedFolder);
  mkdirSync(dataFolder, { recursive: true });
  const databaseFile = databaseName === undefined ? ':memory:' : path.join(temporary.folder, databaseName);
  const test = createTestContext(databaseFile);
  test.world.now = 1_790_000_000_000;
  const { store, broadcasts } = test;
  const begun = new Set<Promise<unknown>>();
  const importer = {
    /** Makes the importer exit during the tasks for which it returns true. */
    shouldExit: (_task: ToImporter): boolean => false,
    /** Makes the importer exit right after its reply to the tasks for which it returns true. */
    shouldExitAfter: (_task: ToImporter): boolean => false,
    forks: 0,
    /** Resolves when nothing that was begun writes any more: a process that was killed does not. */
    stopped: async (): Promise<void> => void (await Promise.allSettled(begun)),
  };

  const fork: ForkImporter = (onMessage, onExit) => {
    const perform = createImporterTasks();
    let isRunning = true;
    importer.forks += 1;
    const running = new Set<Promise<unknown>>();
    const kill = () => {
      if (!isRunning) return;
      isRunning = false;
      // Waits for running tasks, because they must not write after the exit as those of a real process would not.
      void Promise.allSettled(running).then(onExit);
    };
    return {
      kill,
      post(message) {
        if (importer.shouldExit(message)) return setImmediate(kill);
        const reply = perform(message).then((reply) => {
          if (!isRunning) return;
          onMessage(reply);
          if (!importer.shouldExitAfter(message)) return;
          isRunning = false;
          onExit();
        });
        for (const each of [running, begun]) {
          each.add(reply);
          void reply.finally(() => each.delete(reply));
        }
      },
    };
  };

  const { broadcast, now } = test.context;
  const restore = (id: string) => store.transaction(() => store.trash.restore(id));
  const start = (version = '1.0.0') => {
    const quitting = new AbortController();
    const context = { store, broadcast, now, dataFolder, version, signal: quitting.signal, restore };
    const watching = {
      ...{ beforeImport: () => {}, timings: { ...quickTimings, ...changes } },
      afterLook: (folder: string) => checkLinks(context, folder),
    };
    return { quitting, imports: createImports(context, { fork, forkInBackground: fork }, watching) };
  };
  const { imports, quitting } = start();

  return {
    imports,
    /** Starts the app once more on the same data, as after a crash or an update. End the one before. */
    start,
    importer,
    store,
    broadcasts,
    databaseFile,
    dataFolder,
    droppedFolder,
    quitting,
    /** Writes a file into the dropped folder. @returns its path. */
    put(name: string, bytes: Uint8Array | string): string {
      const file = path.join(droppedFolder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      utimesSync(file, 1_700_000_000, 1_700_000_000);
      return file;
    },
    /** Offers and imports files or folders. @returns the last progress. */
    importPaths: (...paths: string[]): Promise<ImportProgress> => importAs('copy', paths),
    /** As `importPaths`; the pictures stay where they are. */
    linkPaths: (...paths: string[]): Promise<ImportProgress> => importAs('link', paths),
    gallery: () => readGallery(store, everyPicture),
    remove(): void {
      store.close();
      temporary.remove();
    },
  };

  async function importAs(mode: ImportMode, paths: string[]): Promise<ImportProgress> {
    const offer = await imports.offer(paths);
    if (!offer.ok) throw new Error(offer.message);
    const before = broadcasts['import:progress'].length;
    const started = imports.start(offer.value.id, mode);
    if (!started.ok) throw new Error(started.message);
    await started.value.finished;
    const last = broadcasts['import:progress'].slice(before).at(-1);
    if (!last) throw new Error('The import has reported no progress.');
    return last;
  }
}
