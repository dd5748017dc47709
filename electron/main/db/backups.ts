// Backups of the database: made, checked, counted and thinned out.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { renameDurablySync } from '../../files/write-atomically-sync';
import { checkDatabase, DatabaseDamaged } from './check';
import { sizeOf, stampOf, timeOfStamp } from './files';

export type Backup = {
  /** Absolute. */
  file: string;
  /** UTC milliseconds. */
  takenAt: number;
  bytes: number;
};

/** Most backups that are kept. */
export const maxBackups = 7;
/** All of them together take no more than this part of the room there would be without them. */
const shareOfRoom = 0.2;
/** And no more than this many bytes, however much room there is. */
const maxBytes = 2 * 1024 ** 3;

const day = 24 * 60 * 60 * 1000;

export function backupFolder(dataFolder: string): string {
  return path.join(dataFolder, 'backups');
}

/** @returns those in the folder, newest first. What is half made has another name and is not among them. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const takenAt = timeOfStamp(/^afterimage-(.+)\.db$/.exec(name)?.[1] ?? '');
      const file = path.join(folder, name);
      return takenAt === null ? [] : [{ file, takenAt, bytes: sizeOf(file) }];
    })
    .sort((a, b) => b.takenAt - a.takenAt);
}

/** One a day; a clock that was put back does not end that. */
export function isBackupDue(backups: readonly Backup[], now: number): boolean {
  const [newest] = backups;
  return !newest || Math.abs(now - newest.takenAt) >= day;
}

/**
 * @param backups newest first.
 * @param freeBytes of the disk, with the backups on it.
 * @returns those that have to go. The newest stays, whatever it takes.
 */
export function superfluous(backups: readonly Backup[], freeBytes: number): Backup[] {
  const all = backups.reduce((sum, { bytes }) => sum + bytes, 0);
  const allowed = Math.min(maxBytes, shareOfRoom * (freeBytes + all));
  let sum = 0;
  return backups.filter(({ bytes }, index) => {
    sum += bytes;
    return index > 0 && (index >= maxBackups || sum > allowed);
  });
}

export type BackupOptions = {
  /** The database. */
  file: string;
  folder: string;
  nativeBinding: string | undefined;
  /** UTC milliseconds. */
  now: number;
  /** Asked twice: before, since a backup needs room, and after. */
  freeBytes: () => number;
};

/**
 * Checks the database, and copies it into a new backup, through a connection of its own. Takes as long as it
 * takes: call it in a process where nobody waits.
 *
 * The copy gets its name only when it is whole, checked and on disk; killed before, a `.part` is left that the
 * next one removes. Only then older ones go.
 *
 * @returns the new backup, or null where there is not the room for one.
 * @throws DatabaseDamaged where the database is not well: a damaged one never takes the place of a good backup.
 */
export function makeBackup({ file, folder, nativeBinding, now, freeBytes }: BackupOptions): Backup | null {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/\.part(-journal|-wal|-shm)?$/.test(name)) rmSync(path.join(folder, name), { force: true });
  }
  throwIfDamaged(file, nativeBinding);
  // As much again has to stay free: a backup must not be what fills the disk.
  if (2 * (sizeOf(file) + sizeOf(`${file}-wal`)) > freeBytes()) {
    thinOut(folder, freeBytes());
    return null;
  }
  const target = path.join(folder, `afterimage-${stampOf(now)}.db`);
  const temporary = `${target}.part`;
  try {
    withConnection(file, nativeBinding, (database) => database.prepare('VACUUM INTO ?').run(temporary));
    throwIfDamaged(temporary, nativeBinding);
    renameDurablySync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  thinOut(folder, freeBytes());
  return { file: target, takenAt: now, bytes: sizeOf(target) };
}

function thinOut(folder: string, freeBytes: number): void {
  for (const { file } of superfluous(listBackups(folder), freeBytes)) rmSync(file, { force: true });
}

/** @throws DatabaseDamaged with what was found. */
export function throwIfDamaged(file: string, nativeBinding: string | undefined): void {
  const findings = withConnection(file, nativeBinding, (database) => checkDatabase(database, 'quick'));
  if (findings.length > 0) throw new DatabaseDamaged(`${path.basename(file)}: ${findings.join('; ')}`);
}

/** Read-only: a second connection has nothing to change. */
function withConnection<Value>(
  file: string,
  nativeBinding: string | undefined,
  work: (database: SqliteDatabase.Database) => Value,
): Value {
  const database = new SqliteDatabase(file, {
    readonly: true,
    fileMustExist: true,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
