// Opens the database and creates the store: every statement that reads or writes it.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { createArchiveReads, createArchiveWrites } from './archive-rows';
import { createChargeReads, createChargeWrites } from './charges';
import { checkAndRepair, checkDatabase } from './check';
import { createCollectionReads, createCollectionWrites } from './collections';
import { createConversationReads, createConversationWrites } from './conversations';
import { createDraftReads, createDraftWrites } from './drafts';
import { createEditDraftReads, createEditDraftWrites } from './edit-drafts';
import { createAlikeReads, createFingerprintReads, createFingerprintWrites } from './fingerprints';
import { flushFully } from './flush-fully';
import { createFlushLog } from './flush-log';
import { createGalleryFacetReads } from './gallery-facets';
import { createGalleryOrderReads } from './gallery-order';
import { createGenerationLogReads, createGenerationLogWrites } from './generation-log';
import { readStoredVersion } from './header';
import { createImportReads, createImportWrites } from './imports';
import { withLastingStatements } from './lasting-statements';
import { createLineageReads } from './lineage';
import { createMessageSearchReads, createMessageSearchWrites } from './message-search';
import { createMessageWrites } from './message-writes';
import { createMessageReads } from './messages';
import { DatabaseFromTheFuture, migrate } from './migrate';
import { migrations } from './migrations';
import { createOutboxReads, createOutboxWrites } from './outbox';
import { createPictureFactReads } from './picture-facts';
import { createPictureRowReads, createPictureRowWrites } from './picture-rows';
import { createPurgeReads, createPurgeWrites } from './purge';
import { createReusablePictureReads } from './reusable-pictures';
import { createSalvageReads, createSalvageWrites } from './salvage';
import { createSearchIndexReads, createSearchIndexWrites, renewFolding } from './search-index';
import { createSourceReads } from './search-sources';
import { createServiceCheckReads, createServiceCheckWrites } from './service-checks';
import { createServices } from './services';
import { createSettings } from './settings';
import { createStackReads, createStackWrites } from './stacks';
import { createStyleReads, createStyleWrites } from './styles';
import { createSuggestionReads, createSuggestionWrites } from './suggestions';
import { createTrashReads, createTrashWrites } from './trash';
import { createUserImageReads, createUserImageWrites } from './user-images';
import { createViewState } from './view-state';
import { createWatchedFolderReads, createWatchedFolderWrites } from './watched-folders';
import { createWorkflowReads, createWorkflowWrites } from './workflows';

export type OpenOptions = {
  /** The path of the file; `:memory:` for a database that lives as long as the handle. */
  file: string;
  /** From `nativeBinding()`: which compiled addon this process can load. */
  nativeBinding: string | undefined;
};

/** The reads of the store. A room that only reads takes this type, and cannot write. */
export type ReadStore = ReturnType<typeof createReads>;

/** The reads and writes of the store. Use `transaction` for writes that belong together. */
export type Store = ReturnType<typeof createStore>;

/**
 * Opens the database, and creates or migrates it if needed.
 *
 * A database from a newer version is recognised by its header and its WAL, before SQLite opens it, and stays unchanged
 * byte for byte.
 *
 * @throws DatabaseFromTheFuture, or better-sqlite3's SqliteError if the file is not a database.
 */
export function openStore({ file, nativeBinding }: OpenOptions): Store {
  refuseNewer(file);
  const database = new SqliteDatabase(file, nativeBinding === undefined ? {} : { nativeBinding });
  try {
    return createStore(database);
  } catch (error) {
    // Close now: a later garbage collection would delete the WAL of the database that has this name by then.
    database.close();
    throw error;
  }
}

export function createReads(database: Database, shared: Shared) {
  const queryReads = { ...createAlikeReads(database), ...createSourceReads(database) };
  const stacks = createStackReads(database, queryReads);
  return {
    conversations: createConversationReads(database, queryReads),
    messages: createMessageReads(database),
    userImages: createUserImageReads(database),
    galleryOrder: createGalleryOrderReads(database, queryReads, stacks),
    stacks,
    galleryFacets: createGalleryFacetReads(database, queryReads),
    archive: createArchiveReads(database),
    collections: createCollectionReads(database, queryReads),
    fingerprints: createFingerprintReads(database),
    searchIndex: createSearchIndexReads(database),
    messageSearch: createMessageSearchReads(database),
    charges: createChargeReads(database),
    generationLog: createGenerationLogReads(database),
    outbox: createOutboxReads(database),
    settings: shared.settings.reads,
    services: shared.services.reads,
    serviceChecks: createServiceCheckReads(database),
    viewState: shared.viewState.reads,
    drafts: createDraftReads(database),
    editDrafts: createEditDraftReads(database),
    suggestions: createSuggestionReads(database),
    lineage: createLineageReads(database),
    workflows: createWorkflowReads(database),
    styles: createStyleReads(database),
    salvage: createSalvageReads(database),
    imports: createImportReads(database),
    watchedFolders: createWatchedFolderReads(database),
    trash: createTrashReads(database),
    purge: createPurgeReads(database),
    pictureRows: createPictureRowReads(database),
    reusablePictures: createReusablePictureReads(database),
    pictureFacts: createPictureFactReads(database),
    /** Returns what is wrong with the database; empty if it is intact. See check.ts. */
    check: (depth: 'quick' | 'full') => checkDatabase(database, depth),
    /** Returns whether the next commit is flushed to the disk (FULL) before it returns. */
    synchronous(): 'FULL' | 'NORMAL' {
      return database.pragma('synchronous', { simple: true }) === 2 ? 'FULL' : 'NORMAL';
    },
    sqliteVersion: String(database.prepare('SELECT sqlite_version()').pluck().get()),
  };
}

/** Tables whose reads and writes share a cache. */
type Shared = {
  settings: ReturnType<typeof createSettings>;
  services: ReturnType<typeof createServices>;
  viewState: ReturnType<typeof createViewState>;
};

export function createShared(database: Database): Shared {
  return {
    settings: createSettings(database),
    services: createServices(database),
    viewState: createViewState(database),
  };
}

/**
 * Creates the store of a database that is open already, and migrates it if needed.
 *
 * @throws DatabaseFromTheFuture, or better-sqlite3's SqliteError, also if the database can only be read.
 */
export function createStore(opened: Database) {
  const { database, prepareAll } = withLastingStatements(opened);
  // WAL with FULL: an acknowledged write survives a power loss, at about 0.2 ms a commit.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  flushFully(database);
  database.pragma('foreign_keys = ON');
  migrate(database, migrations);
  renewFolding(database);
  // From here on, a lock of another program is an immediate error, because waiting would block the main process.
  database.pragma('busy_timeout = 0');
  requireWritable(database);

  const shared = createShared(database);
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  const reads = createReads(database, shared);
  return {
    ...reads,
    conversations: { ...reads.conversations, ...createConversationWrites(database) },
    messages: { ...reads.messages, ...createMessageWrites(database) },
    userImages: { ...reads.userImages, ...createUserImageWrites(database) },
    archive: { ...reads.archive, ...createArchiveWrites(database) },
    collections: { ...reads.collections, ...createCollectionWrites(database) },
    messageSearch: { ...reads.messageSearch, ...createMessageSearchWrites(database) },
    searchIndex: { ...reads.searchIndex, ...createSearchIndexWrites(database) },
    charges: { ...reads.charges, ...createChargeWrites(database) },
    generationLog: { ...reads.generationLog, ...createGenerationLogWrites(database) },
    outbox: { ...reads.outbox, ...createOutboxWrites(database) },
    settings: { ...shared.settings.reads, ...shared.settings.writes },
    services: { ...shared.services.reads, ...shared.services.writes },
    serviceChecks: { ...reads.serviceChecks, ...createServiceCheckWrites(database) },
    viewState: { ...shared.viewState.reads, ...shared.viewState.writes },
    drafts: { ...reads.drafts, ...createDraftWrites(database) },
    editDrafts: { ...reads.editDrafts, ...createEditDraftWrites(database) },
    suggestions: { ...reads.suggestions, ...createSuggestionWrites(database) },
    workflows: { ...reads.workflows, ...createWorkflowWrites(database) },
    styles: { ...reads.styles, ...createStyleWrites(database) },
    salvage: { ...reads.salvage, ...createSalvageWrites(database) },
    stacks: { ...reads.stacks, ...createStackWrites(database) },
    fingerprints: { ...reads.fingerprints, ...createFingerprintWrites(database) },
    imports: { ...reads.imports, ...createImportWrites(database) },
    watchedFolders: { ...reads.watchedFolders, ...createWatchedFolderWrites(database) },
    trash: { ...reads.trash, ...createTrashWrites(database) },
    purge: { ...reads.purge, ...createPurgeWrites(database) },
    pictureRows: { ...reads.pictureRows, ...createPictureRowWrites(database) },
    checkAndRepair: () => checkAndRepair(database),
    /** Prepares all statements. @throws better-sqlite3's SqliteError if the schema is not that of its version. */
    prepareAll,
    /** Returns the number of rows that this connection has written, which changes with each write. */
    changeCount: () => changes.get() ?? 0,
    /** Runs `work` in one transaction, flushed to disk when this returns. */
    transaction<Value>(work: () => Value): Value {
      return database.transaction(work).immediate();
    },
    /**
     * Runs `work` in one transaction without the final flush, for what can be repeated: a power loss may undo all
     * of it, the end of the process does not. Ten times faster; see docs/decisions/008.
     */
    batch<Value>(work: () => Value): Value {
      // SQLite refuses to change this inside a transaction, so the outer transaction decides.
      if (database.inTransaction) return database.transaction(work)();
      database.exec('PRAGMA synchronous = NORMAL');
      try {
        return database.transaction(work).immediate();
      } finally {
        database.exec('PRAGMA synchronous = FULL');
      }
    },
    /** Resolves once earlier `batch` writes survive a power loss. Does not block. Never rejects. */
    flushLog: createFlushLog(database),
    close() {
      database.close();
    },
  };
}

/**
 * Fails early if the file is read-only: SQLite opens it without an error, and only the user's first message would
 * fail.
 *
 * @throws better-sqlite3's SqliteError if nothing can be written. A lock of another program is no reason.
 */
function requireWritable(database: Database): void {
  try {
    // An empty transaction is not enough, because SQLite begins it as read-only.
    database.exec('DELETE FROM settings WHERE FALSE');
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
  }
}

/** @throws DatabaseFromTheFuture if the file or its WAL says so, without opening the database. */
export function refuseNewer(file: string): void {
  const version = readStoredVersion(file);
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
}
