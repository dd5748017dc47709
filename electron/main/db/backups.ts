// Makes, checks and deletes backups of the database.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { flushFolderSync, renameDurablySync } from '../../files/write-atomically-sync';
import { checkDatabase, DatabaseDamaged } from './check';
import { sizeOf, stampOf, timeOfStamp } from './files';

export type Backup = {
  /** Absolute. */
  file: string;
  /**
   * Increases with each backup of a folder, independent of the clock; 0 for backups of versions without a counter.
   */
  counter: number;
  /** UTC milliseconds by the clock of that time, which may have been wrong. */
  takenAt: number;
  bytes: number;
};

const maxBackups = 7;
/** Maximum share of the space that would be free without any backups. */
const maxShareOfRoom = 0.2;
/** The maximum size of all backups together, however much space there is. */
const maxBytes = 2 * 1024 ** 3;

const dayMs = 24 * 60 * 60 * 1000;

/** Returns the folder with the backups, which may not exist yet. */
export function backupFolder(dataFolder: string): string {
  return path.join(dataFolder, 'backups');
}

const backupName = /^afterimage-(?:(\d{6,})-)?(\d{8}-\d{6})\.db$/;

/** Returns the backups in a folder, newest first. An unfinished one has another name and is left out. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const [, counter = '0', stamp = ''] = backupName.exec(name) ?? [];
      const takenAt = timeOfStamp(stamp);
      const file = path.join(folder, name);
      return takenAt === null ? [] : [{ file, counter: Number(counter), takenAt, bytes: sizeOf(file) }];
    })
    .sort((a, b) => b.counter - a.counter || b.takenAt - a.takenAt);
}

/**
 * A backup is due daily. If the newest one's time is in the future, its age is unknown and another backup is due.
 */
export function isBackupDue(backups: readonly Backup[], now: number): boolean {
  const [newest] = backups;
  return !newest || newest.takenAt > now || now - newest.takenAt >= dayMs;
}

/**
 * @param backups newest first.
 * @param freeBytes the free space of the disk with the backups on it.
 * @returns the backups to delete. The newest one always stays.
 */
export function findExcess(backups: readonly Backup[], freeBytes: number): Backup[] {
  const all = backups.reduce((sum, { bytes }) => sum + bytes, 0);
  const allowed = Math.min(maxBytes, maxShareOfRoom * (freeBytes + all));
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
  /** Called before the backup, which needs space, and after it. */
  freeBytes: () => number;
};

/**
 * Checks the database and copies it to a new backup, on a separate connection. Call it in a background process,
 * because it may take long.
 *
 * The copy gets its name only when it is complete, checked and on disk, and older backups are deleted only after that.
 * A crash leaves a `.part`, which the next backup removes.
 *
 * @returns the new backup, or null if there is not enough space for one.
 * @throws DatabaseDamaged if the database is damaged: it must not replace a good backup.
 */
export function makeBackup({ file, folder, nativeBinding, now, freeBytes }: BackupOptions): Backup | null {
  if (mkdirSync(folder, { recursive: true }) !== undefined) flushFolderSync(path.dirname(folder));
  for (const name of readdirSync(folder)) {
    if (/\.part(-journal|-wal|-shm)?$/.test(name)) rmSync(path.join(folder, name), { force: true });
  }
  throwIfDamaged(file, nativeBinding);
  // The same space must stay free after the backup, so that it does not fill the disk.
  if (2 * (sizeOf(file) + sizeOf(`${file}-wal`)) > freeBytes()) {
    deleteExcess(folder, freeBytes());
    return null;
  }
  const counter = Math.max(0, ...listBackups(folder).map((backup) => backup.counter)) + 1;
  const target = path.join(folder, `afterimage-${String(counter).padStart(6, '0')}-${stampOf(now)}.db`);
  const temporary = `${target}.part`;
  try {
    withConnection(file, nativeBinding, (database) => database.prepare('VACUUM INTO ?').run(temporary));
    throwIfDamaged(temporary, nativeBinding);
    renameDurablySync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  deleteExcess(folder, freeBytes());
  return { file: target, counter, takenAt: now, bytes: sizeOf(target) };
}

function deleteExcess(folder: string, freeBytes: number): void {
  for (const { file } of findExcess(listBackups(folder), freeBytes)) rmSync(file, { force: true });
}

/** @throws DatabaseDamaged with what was found. */
export function throwIfDamaged(file: string, nativeBinding: string | undefined): void {
  const findings = withConnection(file, nativeBinding, (database) => checkDatabase(database, 'quick'));
  if (findings.length > 0) throw new DatabaseDamaged(`${path.basename(file)}: ${findings.join('; ')}`);
}

/** Opens the database read-only for the duration of `work`. */
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
