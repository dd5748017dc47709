// Opens the database whatever state it is in: as it is, or rescued.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { backupFolder, listBackups } from './backups';
import { DatabaseDamaged, isDamageAtOpening } from './check';
import { wasClosedProperly } from './clean-exit';
import { sizeOf } from './files';
import { readHeader } from './header';
import { type OpenOptions, openStore, refuseNewer, type Store } from './open';
import { carryOut, newRescue, type RescueOptions } from './rescue';
import { type Rescue, readRescue, writeRescue } from './rescue-record';

export type SafeOpenOptions = OpenOptions & {
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  step?: (name: string) => void;
};

export type Opened = {
  store: Store;
  /** What was rescued, now or before, and is still to be finished or told; null for nothing. */
  rescue: Rescue | null;
  /** The app was not closed properly and the database is too big to be checked while the user waits. */
  needsCheck: boolean;
};

/** A database up to this size, in bytes, is checked before anything is shown: about 6 ms a megabyte. */
const quicklyChecked = 16 * 1024 * 1024;

/**
 * Opens the database. One that is damaged, or gone while its pictures are there, is rescued first: see
 * rescue.ts. After a proper end it is opened without a check.
 *
 * @throws DatabaseFromTheFuture, which wins over everything else: then nothing was touched. And whatever
 *   cannot be helped here, such as a full disk or a folder that may not be written.
 */
export function openSafely(options: SafeOpenOptions): Opened {
  const { file, dataFolder, nativeBinding, now, step = () => {} } = options;
  const rescuing: RescueOptions = { dataFolder, file, nativeBinding, step };
  refuseNewer(file);
  const known = readRescue(dataFolder);
  if (known?.stage === 'moving' || known?.stage === 'restoring') return finish(rescuing, known);
  if (isGone(options, known)) {
    const begun = newRescue(rescuing, 'missing', 'there are pictures or backups but no database', now());
    return finish(rescuing, begun);
  }
  const version = readHeader(file)?.version ?? 0;
  try {
    const opened = openChecked(options, known);
    if (known?.stage !== 'suspected') return { ...opened, rescue: known };
    // A false alarm, or an index that was mended. It may have ended a salvage, so there is one, quietly.
    const rescue: Rescue = { ...known, stage: 'salvaging', dismissed: true };
    writeRescue(dataFolder, rescue);
    return { ...opened, rescue };
  } catch (error) {
    if (!isDamageAtOpening(error, version)) throw error;
    console.error('The database is damaged and is moved aside:', error);
    return finish(rescuing, newRescue(rescuing, 'damaged', String(error), now()));
  }
}

/** What was restored has been checked whole; if even that does not open, nothing here can help. */
function finish(options: RescueOptions, begun: Rescue): Opened {
  const rescue = carryOut(options, begun);
  const store = openStore({ file: options.file, nativeBinding: options.nativeBinding });
  options.step('opened');
  return { store, rescue, needsCheck: false };
}

/** No database, while something says that there was one. A fresh one of an unfinished rescue is as it should be. */
function isGone({ file, dataFolder }: SafeOpenOptions, known: Rescue | null): boolean {
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
  if (header?.problem) throw new DatabaseDamaged(header.problem);
  const isKnownGood = header === null || wasClosedProperly(file);
  const store = openStore({ file, nativeBinding });
  try {
    const isSuspected = known?.stage === 'suspected';
    const needsCheck = !isKnownGood && sizeOf(file) > quicklyChecked;
    const isCheckedNow = isSuspected || !(isKnownGood || needsCheck);
    const findings = isCheckedNow ? store.checkAndRepair() : [];
    if (findings.length > 0) throw new DatabaseDamaged(findings.join('; '));
    readFirstPages(store);
    return { store, needsCheck: needsCheck && !isSuspected };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** What the first screen and the recovery need: if it cannot be read, there is no use in starting. */
function readFirstPages(store: Store): void {
  store.settings.read();
  store.conversations.newest(1);
  const latest = store.conversations.latestId();
  if (latest !== undefined) store.messages.page(latest, null, 1);
  store.messages.unfinished();
  store.outbox.oldest(1);
}
