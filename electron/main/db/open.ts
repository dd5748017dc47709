// Opens the database file and hands out everything that reads or writes it.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { checkAndMend, checkDatabase } from './check';
import { createCollections } from './collections';
import { createConversations } from './conversations';
import { createGalleryFacets } from './gallery-facets';
import { createGalleryOrder } from './gallery-order';
import { createGenerationLog } from './generation-log';
import { readHeader } from './header';
import { createImports } from './imports';
import { createMessages } from './messages';
import { DatabaseFromTheFuture, migrate } from './migrate';
import { migrations } from './migrations';
import { createOutbox } from './outbox';
import { createPictureFacts } from './picture-facts';
import { createPictureRows } from './picture-rows';
import { createReusablePictures } from './reusable-pictures';
import { createSalvage } from './salvage';
import { createSearchIndex } from './search-index';
import { createSettings } from './settings';
import { createTrash } from './trash';
import { createUserImages } from './user-images';
import { createViewState } from './view-state';

export type OpenOptions = {
  /** Path of the file; `:memory:` for one that lives as long as the handle. */
  file: string;
  /** From `nativeBinding()`: which compiled addon this process can load. */
  nativeBinding: string | undefined;
};

export type Store = ReturnType<typeof openStore>;

/**
 * Opens, and where needed creates or migrates, the database.
 *
 * A database from a newer version is recognised by its header, before SQLite opens it, so that it is left
 * byte for byte as it was.
 *
 * @throws DatabaseFromTheFuture, or better-sqlite3's SqliteError where the file is no database.
 */
export function openStore({ file, nativeBinding }: OpenOptions) {
  refuseNewer(file);
  const database = new SqliteDatabase(file, nativeBinding === undefined ? {} : { nativeBinding });
  try {
    return createStore(database);
  } catch (error) {
    // One left open would delete the log of whatever has its name by the time it is collected.
    database.close();
    throw error;
  }
}

function createStore(database: Database) {
  // WAL with FULL: what was acknowledged survives a loss of power, at about 0.2 ms a commit.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  migrate(database, migrations);

  return {
    conversations: createConversations(database),
    messages: createMessages(database),
    userImages: createUserImages(database),
    galleryOrder: createGalleryOrder(database),
    galleryFacets: createGalleryFacets(database),
    collections: createCollections(database),
    searchIndex: createSearchIndex(database),
    generationLog: createGenerationLog(database),
    outbox: createOutbox(database),
    settings: createSettings(database),
    viewState: createViewState(database),
    salvage: createSalvage(database),
    imports: createImports(database),
    /** @returns what is wrong with the database; empty when it is well. See check.ts. */
    check: (depth: 'quick' | 'full') => checkDatabase(database, depth),
    checkAndMend: () => checkAndMend(database),
    trash: createTrash(database),
    pictureRows: createPictureRows(database),
    reusablePictures: createReusablePictures(database),
    pictureFacts: createPictureFacts(database),
    /** Runs `work` in one transaction: all of it is on disk when this returns, or none. */
    transaction<Value>(work: () => Value): Value {
      return database.transaction(work).immediate();
    },
    /**
     * The same without the flush at its end, for what can be done again: a loss of power may take it back as a
     * whole, a killed process does not. Ten times faster; see docs/decisions/008.
     */
    batch<Value>(work: () => Value): Value {
      // Not inside a transaction, where SQLite refuses to change it; the one around decides then.
      if (database.inTransaction) return database.transaction(work)();
      database.exec('PRAGMA synchronous = NORMAL');
      try {
        return database.transaction(work).immediate();
      } finally {
        database.exec('PRAGMA synchronous = FULL');
      }
    },
    /** @returns whether the next commit is flushed to the disk (FULL) before it returns. */
    synchronous(): 'FULL' | 'NORMAL' {
      return database.pragma('synchronous', { simple: true }) === 2 ? 'FULL' : 'NORMAL';
    },
    sqliteVersion: String(database.prepare('SELECT sqlite_version()').pluck().get()),
    close() {
      database.close();
    },
  };
}

/** @throws DatabaseFromTheFuture where the file's header says so; nothing is opened for that. */
export function refuseNewer(file: string): void {
  const version = readHeader(file)?.version ?? 0;
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
}
