// For tests: a data folder on disk with a real database, and pictures in both.

import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { failure } from '../../../shared/domain/errors';
import { pictureFile } from '../../../shared/domain/picture-files';
import { newPictureMessage } from '../../../shared/domain/test-message';
import { failedJob } from '../../../shared/generator/messages';
import type { Remade } from '../../../shared/generator/tasks';
import { isOrphan, settleAdopted } from '../chat/adopt-arrival';
import { newId } from '../db/new-id';
import { writeEmptyDatabase } from '../db/test-database';
import { createDispatcher, type DispatcherOptions } from '../generation/dispatcher';
import { createUnsavedWork } from '../generation/unsaved-work';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import type { StorageContext } from './storage-context';
import { createTrustedClock } from './trusted-clock';

export type TestStorage = ReturnType<typeof createTestStorage>;

type Locate = StorageContext['generator']['locate'];
type Run = DispatcherOptions['recoverFile'];

/** @param locate @param run @param remake the generator's functions for this folder, if a test needs them. */
export function createTestStorage(
  locate?: (folder: string) => Locate,
  run?: (folder: string) => Run,
  remake?: (folder: string) => (file: string, source?: string) => Promise<Remade>,
) {
  const { folder, remove } = temporaryFolder();
  const databaseFile = path.join(folder, 'afterimage.db');
  writeEmptyDatabase(databaseFile);
  let chat = createTestContext(databaseFile);
  let ending = new AbortController();
  let dispatcher = startDispatcher();
  const released: [id: string, file: string][] = [];
  const derived: [id: string, file: string][] = [];
  const held = new Set<string>();

  /** A dispatcher that finds no rows: it only adopts. */
  function startDispatcher() {
    const { context } = chat;
    const unused = () => {
      throw new Error('No row is begun or ended here.');
    };
    const created = createDispatcher({
      unfinished: () => [],
      find: context.store.messages.find,
      ...{ answerFromGallery: unused, admit: unused, isReady: unused, jobFor: unused, recoveryOf: unused },
      ...{ markGenerating: unused, settle: unused, reset: unused, run: unused, stop: unused },
      isOrphan: (arrival, isRunning) => isOrphan(context, arrival, isRunning),
      recoverFile: async (job) => run?.(folder)(job) ?? failedJob(job.jobId, 'nothing_to_recover', 0),
      settleAdopted: (arrival, outcome) => settleAdopted(context, arrival, outcome),
      onWriteError: () => {},
      unsavedWork: createUnsavedWork(),
      after: () => {},
      later: setImmediate,
      now: context.now,
    });
    created.open();
    return created;
  }

  function contextOf(): StorageContext {
    const { store, broadcast, now } = chat.context;
    return {
      store,
      broadcast,
      now,
      clock: createTrustedClock({ dataFolder: folder, now, newestTime: store.purge.newestTime }),
      dataFolder: folder,
      generator: {
        locate: locate?.(folder) ?? (async () => failure('generator_stopped')),
        writePng: async () => failure('generator_stopped'),
        convert: async () => failure('generator_stopped'),
        derive: (id, file) => void derived.push([id, file]),
        remake: async (_, file, link) => remake?.(folder)(file, link?.path) ?? 'failed',
        releaseOriginal: (id, file) => void released.push([id, file]),
      },
      adopt: (arrivals) => dispatcher.adopt(arrivals),
      isHeld: (id) => held.has(id) || dispatcher.isInWork(id),
      signal: ending.signal,
      pause,
    };
  }

  function write(file: string, bytes: Uint8Array = Buffer.alloc(10)): void {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  }

  function conversation(): string {
    const id = newId();
    chat.store.conversations.insert({ id, title: 'A chat', createdAt: 1 });
    return id;
  }

  /** Adds a finished picture: message, gallery row and four files. With `isReady: false`, only a pending message. */
  function picture({
    conversationId = conversation(),
    isReady = true,
    inGallery = true,
    withFiles = true,
  } = {}): {
    id: string;
    file: string;
  } {
    const id = newId();
    const file = pictureFile(id, 'png');
    const at = { createdAt: 5, updatedAt: 5 };
    chat.store.messages.insert(newPictureMessage({ id, conversationId, groupId: id, ...at }));
    if (isReady)
      chat.store.messages.setReady(
        id,
        {
          ...{ file, width: 3, height: 2, bytes: 100, thumbhash: Buffer.of(1, 2) },
          ...{ provider: 'painter', model: 'painter-1' },
        },
        6,
      );
    if (isReady && inGallery) chat.store.transaction(() => chat.store.pictureRows.addToGallery(id));
    if (isReady && withFiles) {
      const stem = file.slice(0, -'.png'.length);
      write(file, Buffer.alloc(100));
      for (const ending of ['.512.webp', '.256.webp', '.json']) write(`${stem}${ending}`);
    }
    return { id, file };
  }

  /** Adds a reply that is arriving. */
  function reply(): { id: string } {
    const id = newId();
    chat.store.messages.insert({
      ...{
        id,
        conversationId: conversation(),
        role: 'assistant',
        kind: 'text',
        status: 'streaming',
        text: 'So',
      },
      ...{ provider: 'google', model: 'gemini-3.8-flash', costMicroUsd: null, error: null },
      ...{ createdAt: 5, updatedAt: 5 },
    });
    return { id };
  }

  const storage = {
    folder,
    databaseFile,
    context: contextOf(),
    chat,
    /** The prefetches that may still become a message's picture. */
    held,
    /** The originals that the generator was asked to release. */
    released,
    /** The pictures of which the generator was asked to create the small versions. */
    derived,
    write,
    exists: (file: string) => existsSync(path.join(folder, file)),
    /** Returns the names of all files under a folder. */
    files(under = 'images'): string[] {
      const where = path.join(folder, under);
      if (!existsSync(where)) return [];
      return readdirSync(where, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .toSorted();
    },
    /** Sets a file's time to this many hours before the test's clock. */
    age(file: string, hours: number): void {
      const seconds = chat.world.now / 1000 - hours * 3600;
      utimesSync(path.join(folder, file), seconds, seconds);
    },
    /** Lets days pass in which the app is used, unlike a jump of `chat.world.now`. */
    passDays(days: number): void {
      for (let day = 0; day < days; day += 1) {
        chat.world.now += 24 * 3600 * 1000;
        storage.context.clock.save();
      }
    },
    conversation,
    picture,
    reply,
    /** Simulates a crash: a new process on the same disk. */
    restart(): void {
      const { now } = chat.world;
      ending.abort();
      chat.store.close();
      chat = createTestContext(databaseFile);
      chat.world.now = now;
      ending = new AbortController();
      dispatcher = startDispatcher();
      storage.chat = chat;
      storage.context = contextOf();
    },
    end: () => ending.abort(),
    remove(): void {
      chat.store.close();
      remove();
    },
  };
  // At this time, files that were just written are less than a day old.
  chat.world.now = Date.now();
  storage.context.clock.save();
  return storage;
}
