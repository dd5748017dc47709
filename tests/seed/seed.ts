// Fills a data folder: files as hard links, rows through the app's own store, so that both match the app's format.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { recordCleanExit } from '../../electron/main/db/clean-exit';
import { openStore, refuseNewer, type Store } from '../../electron/main/db/open';
import { errorSentences } from '../../shared/domain/errors';
import { priceOf } from '../../shared/domain/model-lookup';
import { recipeFile } from '../../shared/domain/picture-files';
import type { Recipe } from '../../shared/domain/recipe';
import { type PaintedFile, paintFiles } from './files';
import { finish } from './finish';
import { BadOption, type SeedOptions } from './options';
import { createPlan, type PlannedConversation, type PlannedMessage, type PlannedPicture } from './plan';

export type SeedRun = SeedOptions & {
  /** The latest time of any row. UTC milliseconds. */
  until: number;
  nativeBinding: string | undefined;
  onProgress: (step: 'files' | 'messages' | 'pictures', done: number) => void;
};

export type Seeded = { conversations: number; messages: number; pictures: number; files: number };

/** Approximate number of rows per transaction. */
const batchRows = 5_000;

/**
 * Fills an empty data folder. An interrupted run leaves a partial folder, which the next run rejects.
 *
 * @throws BadOption if the folder is in use or not empty.
 */
export async function seed(run: SeedRun): Promise<Seeded> {
  const { dataFolder, nativeBinding } = run;
  const file = path.join(dataFolder, 'afterimage.db');
  rejectUsedFolder(file, run);
  for (let shard = 0; shard < 256; shard += 1) {
    mkdirSync(path.join(dataFolder, 'images', shard.toString(16).padStart(2, '0')), { recursive: true });
  }
  const folder = path.join(dataFolder, 'seed.part');
  const files = await paintFiles({ dataFolder, folder, count: run.files, seed: run.seed }, (done) =>
    run.onProgress('files', done),
  );
  const store = openStore({ file, nativeBinding });
  const writer = createWriter(store, files, run);
  try {
    writeAll(store, writer, run);
  } finally {
    store.close();
  }
  finish(file, run, writer.favourites);
  rmSync(folder, { recursive: true, force: true });
  recordCleanExit(file);
  return writer.written;
}

/** @throws BadOption */
function rejectUsedFolder(file: string, { dataFolder, nativeBinding }: SeedRun): void {
  if (!existsSync(file)) {
    if (existsSync(path.join(dataFolder, 'images')) || existsSync(path.join(dataFolder, 'seed.part')))
      throw new BadOption(`${dataFolder} has pictures already. Choose an empty folder, or remove it first.`);
    return;
  }
  refuseNewer(file);
  const options = nativeBinding === undefined ? {} : { nativeBinding };
  const database = new SqliteDatabase(file, { ...options, timeout: 0 });
  try {
    // Fails while the app is running, because even its idle connections hold a lock.
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const isUsed = ['conversations', 'messages', 'user_images'].some(
      (table) => tables.includes(table) && database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get(),
    );
    if (isUsed)
      throw new BadOption(
        `${dataFolder} has pictures or messages already. Choose an empty folder, or remove it first.`,
      );
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new BadOption(`Afterimage is running on ${dataFolder}. Quit it first, or choose another folder.`);
    throw error;
  } finally {
    database.close();
  }
}

function writeAll(store: Store, writer: Writer, run: SeedRun): void {
  const plan = createPlan(run);
  writeBatches(store, rowsOf(plan.conversations(), writer), () =>
    run.onProgress('messages', writer.written.messages),
  );
  writeBatches(store, writer.pictures(plan.otherPictures()), () =>
    run.onProgress('pictures', writer.written.pictures),
  );
}

function* rowsOf(conversations: Iterable<PlannedConversation>, writer: Writer): Iterable<void> {
  for (const conversation of conversations) {
    writer.conversation(conversation);
    let last = conversation.createdAt;
    for (const message of conversation.messages) {
      last = message.kind === 'text' ? message.createdAt : message.picture.createdAt;
      writer.message(conversation.id, message);
      yield;
    }
    writer.endConversation(conversation, last);
  }
}

/** Runs `steps` in batches; each step writes one or several rows. */
function writeBatches(store: Store, steps: Iterable<void>, onBatch: () => void): void {
  const iterator = steps[Symbol.iterator]();
  let isDone = false;
  while (!isDone) {
    // A batch is not flushed to disk: after a power cut the folder can be seeded again.
    store.batch(() => {
      for (let row = 0; row < batchRows && !isDone; row += 1) isDone = iterator.next().done === true;
    });
    onBatch();
  }
}

type Writer = ReturnType<typeof createWriter>;

function createWriter(store: Store, files: readonly PaintedFile[], { dataFolder, recipes }: SeedRun) {
  const written: Seeded = { conversations: 0, messages: 0, pictures: 0, files: files.length };
  const favourites: string[] = [];

  function log(picture: PlannedPicture, outcome: string, errorCode: string | null): void {
    store.generationLog.insert({
      // The picture's id serves as the attempt's id, because a seeded picture has one attempt.
      id: picture.id,
      messageId: picture.id,
      provider: picture.model.kind,
      model: picture.model.id,
      outcome,
      errorCode,
      requestedAt: picture.createdAt,
      durationMs: picture.durationMs,
      costMicroUsd: errorCode === null ? priceOf(picture.model.kind, picture.model.id) : null,
    });
    charge(picture, errorCode === null);
  }

  function charge({ id, model, createdAt }: PlannedPicture, isMade: boolean): void {
    const amountMicroUsd = isMade ? priceOf(model.kind, model.id) : 0;
    store.charges.open({
      ...{ id, kind: 'picture', messageId: id, provider: model.kind, model: model.id },
      ...{ requestedAt: createdAt, amountMicroUsd },
    });
    store.charges.end(id, { state: isMade ? 'made' : 'failed', amountMicroUsd });
  }

  function picture(picture: PlannedPicture): { painted: PaintedFile; file: string } {
    const painted = files[picture.file];
    if (!painted) throw new Error(`There is no painted file ${picture.file}.`);
    const file = painted.linkTo(picture.id);
    const { id, prompt, model, seed, createdAt, durationMs } = picture;
    const { width, height, bytes, thumbhash, aspectRatio } = painted;
    const common = {
      id,
      file,
      width,
      height,
      bytes,
      thumbhash,
      prompt,
      model: model.id,
      provider: model.kind,
      createdAt,
    };
    const params = { aspectRatio, seed };
    store.userImages.insertDated({ ...common, messageId: id, params: JSON.stringify(params) });
    if (picture.deletedAt !== null) store.trash.add(id, picture.deletedAt);
    if (picture.favourite) favourites.push(id);
    log(picture, 'ready', null);
    if (recipes) {
      const recipe: Recipe = {
        version: 1,
        ...common,
        params,
        costMicroUsd: priceOf(model.kind, model.id) ?? 0,
        durationMs,
      };
      writeFileSync(path.join(dataFolder, recipeFile(id)), JSON.stringify(recipe));
    }
    written.pictures += 1;
    return { painted, file };
  }

  function pictureMessage(conversationId: string, planned: PlannedPicture): void {
    const { id, groupId, prompt, model, seed, createdAt } = planned;
    store.messages.insert({
      id,
      conversationId,
      role: 'assistant',
      kind: 'image',
      status: 'generating',
      groupId,
      prompt,
      params: { aspectRatio: files[planned.file]?.aspectRatio ?? '1:1', seed },
      provider: model.kind,
      model: model.id,
      parentId: null,
      retryAt: null,
      image: null,
      durationMs: null,
      costMicroUsd: null,
      error: null,
      createdAt,
      updatedAt: createdAt,
    });
  }

  return {
    written,
    favourites,
    conversation({ id, title, createdAt, pinned }: PlannedConversation): void {
      store.conversations.insert({ id, title, createdAt });
      if (pinned) store.conversations.pin(id, true);
      written.conversations += 1;
    },
    endConversation({ id, deletedAt }: PlannedConversation, last: number): void {
      store.conversations.touch(id, last);
      if (deletedAt !== null) store.conversations.delete(id, Math.max(last, deletedAt));
    },
    message(conversationId: string, message: PlannedMessage): void {
      written.messages += 1;
      if (message.kind === 'text') {
        const { id, role, text, createdAt } = message;
        const rest = { status: 'ready', error: null, createdAt, updatedAt: createdAt } as const;
        const asked = { provider: null, model: null, costMicroUsd: null };
        store.messages.insert({ id, conversationId, role, kind: 'text', text, ...asked, ...rest });
        return;
      }
      pictureMessage(conversationId, message.picture);
      const { id, createdAt, durationMs } = message.picture;
      const endedAt = createdAt + durationMs;
      if (message.kind === 'failed') {
        const status = message.code === 'interrupted' ? 'interrupted' : 'failed';
        store.messages.setEnded(
          id,
          status,
          { code: message.code, message: errorSentences[message.code] },
          endedAt,
        );
        log(message.picture, status, message.code);
        return;
      }
      const { painted, file } = picture(message.picture);
      const { width, height, bytes } = painted;
      const thumbhash = Buffer.from(painted.thumbhash, 'base64');
      const { kind: provider, id: model } = message.picture.model;
      store.messages.setReady(id, { file, width, height, bytes, thumbhash, provider, model }, endedAt);
    },
    *pictures(planned: Iterable<PlannedPicture>): Iterable<void> {
      for (const one of planned) {
        picture(one);
        yield;
      }
    },
  };
}
