// Opens the database in any state, and rescues it first if it is damaged or missing.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { backupFolder, listBackups } from './backups';
import { DatabaseDamaged, isDamageAtOpening } from './check';
import { wasClosedProperly } from './clean-exit';
import { sizeOf } from './files';
import { type Header, readHeader, readStoredVersion } from './header';
import { type OpenOptions, openStore, refuseNewer, type Store } from './open';
import { newRescue, type RescueOptions, runRescue } from './rescue';
import { type Rescue, readRescue, writeRescue } from './rescue-record';

export type SafeOpenOptions = OpenOptions & {
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  step?: (name: string) => void;
};

export type Opened = {
  store: Store;
  /** An unfinished rescue, or one whose notice was not dismissed; null if there is none. */
  rescue: Rescue | null;
  /** Set if the app was not closed properly and the database is too large to check while the user waits. */
  needsCheck: boolean;
};

/** A database up to this size in bytes is checked before the first paint, which takes about 6 ms a megabyte. */
const maxCheckedAtStart = 16 * 1024 * 1024;

/**
 * Opens the database. One that is damaged, or missing while its pictures exist, is rescued first: see rescue.ts. After
 * a proper exit it is opened without a check.
 *
 * @throws DatabaseFromTheFuture before anything is changed, or any error that a rescue cannot solve, such as a full
 *   disk or a folder without write permission.
 */
export function openSafely(options: SafeOpenOptions): Opened {
  const { file, dataFolder, nativeBinding, now, step = () => {} } = options;
  const rescuing: RescueOptions = { dataFolder, file, nativeBinding, step };
  refuseNewer(file);
  const known = readRescue(dataFolder);
  if (known?.stage === 'moving' || known?.stage === 'restoring') return finish(rescuing, known);
  if (isLost(options, known)) {
    const started = newRescue(rescuing, 'missing', 'there are pictures or backups but no database', now());
    return finish(rescuing, started);
  }
  const version = readStoredVersion(file);
  try {
    const opened = openChecked(options, known);
    if (known?.stage !== 'suspected') return { ...opened, rescue: known };
    // A false alarm or a repaired index. A salvage may have been interrupted, so it is repeated without a notice.
    const rescue: Rescue = { ...known, stage: 'salvaging', dismissed: true };
    writeRescue(dataFolder, rescue);
    return { ...opened, rescue };
  } catch (error) {
    if (!isDamageAtOpening(error, version)) throw error;
    console.error('The database is damaged and is moved aside:', error);
    return finish(rescuing, newRescue(rescuing, 'damaged', String(error), now()));
  }
}

/** Completes a rescue and opens its database, which has been checked already. */
function finish(options: RescueOptions, started: Rescue): Opened {
  const rescue = runRescue(options, started);
  const store = openStore({ file: options.file, nativeBinding: options.nativeBinding });
  options.step('opened');
  return { store, rescue, needsCheck: false };
}

/** Returns whether there is no database although there was one. A rescue without a backup starts with a new one. */
function isLost({ file, dataFolder }: SafeOpenOptions, known: Rescue | null): boolean {
  if (sizeOf(file) > 0 || (known?.stage === 'salvaging' && known.backupAt === null)) return false;
  return (
    sizeOf(`${file}-wal`) > 0 || listBackups(backupFolder(dataFolder)).length > 0 || hasPictures(dataFolder)
  );
}

function hasPictures(dataFolder: string): boolean {
  const images = path.join(dataFolder, 'images');
  return foldersIn(images).some((name) => readdirSync(path.join(images, name)).length > 0);
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** @throws what SQLite throws, or DatabaseDamaged. */
function openChecked({ file, nativeBinding }: SafeOpenOptions, known: Rescue | null) {
  const header = sizeOf(file) > 0 ? readHeader(file) : null;
  if (header?.problem && !isUnfinished(file, header)) throw new DatabaseDamaged(header.problem);
  const isKnownGood = header === null || wasClosedProperly(file);
  const store = openStore({ file, nativeBinding });
  try {
    const isSuspected = known?.stage === 'suspected';
    const needsCheck = !isKnownGood && sizeOf(file) > maxCheckedAtStart;
    const isCheckedNow = isSuspected || !(isKnownGood || needsCheck);
    // Before the check, because it finds missing tables and columns, which a check of pages cannot.
    if (!isKnownGood) store.prepareAll();
    const findings = isCheckedNow ? store.checkAndRepair() : [];
    if (findings.length > 0) throw new DatabaseDamaged(findings.join('; '));
    readFirstPages(store);
    return { store, needsCheck: needsCheck && !isSuspected };
  } catch (error) {
    store.close();
    throw error;
  }
}

/**
 * Returns whether SQLite may be able to complete or undo an interrupted write of the first page. It flushes the journal or
 * the WAL before it changes the file, and uses them when it opens it; a new database is created with a journal, before it
 * has a WAL: https://www.sqlite.org/lockingv3.html#hot_journals, https://www.sqlite.org/walformat.html
 */
function isUnfinished(file: string, header: Header): boolean {
  return header.mayBeUnfinished && (sizeOf(`${file}-journal`) > 0 || sizeOf(`${file}-wal`) > 0);
}

/** Reads the rows for the first paint and the recovery, so that damage in them is found now. */
function readFirstPages(store: Store): void {
  store.settings.read();
  store.conversations.newest(1);
  const latest = store.conversations.latestId();
  if (latest !== undefined) store.messages.page(latest, null, 1);
  store.messages.unfinished();
  store.outbox.oldest(1);
}
