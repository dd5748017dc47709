// Moves a damaged database aside and puts the newest good backup in its place.
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { renameReplacingSync } from '../../files/rename-replacing';
import { flushFolderSync, renameDurablySync } from '../../files/write-atomically-sync';
import { backupFolder, listBackups } from './backups';
import { DatabaseDamaged, isDamageAtOpening } from './check';
import { sizeOf, stampOf } from './files';
import { readHeader } from './header';
import { DatabaseFromTheFuture } from './migrate';
import { openStore } from './open';
import { type Rescue, writeRescue } from './rescue-record';

export type RescueOptions = {
  dataFolder: string;
  /** The database. */
  file: string;
  nativeBinding: string | undefined;
  /** Called after each step. Tests throw from it to simulate a crash. */
  step: (name: string) => void;
};

/** Suffixes of a database's files, the database itself last. A leftover journal would corrupt the next database. */
const databaseEndings = ['-wal', '-shm', '-journal', ''] as const;

/** Returns the record of a new rescue. Nothing is written yet. */
export function newRescue(
  options: RescueOptions,
  found: Rescue['found'],
  detail: string,
  at: number,
): Rescue {
  return {
    stage: 'moving',
    found,
    at,
    detail,
    movedTo: freeName(options, at),
    backupAt: null,
    salvaged: null,
    unreadable: 0,
    dismissed: false,
  };
}

/**
 * Runs a rescue, or continues an interrupted one. Each step is on disk before the next:
 *
 * 1. The record says `moving`, and the name that the old database will have.
 * 2. The WAL (-wal), its index (-shm), a journal (-journal) and last the database are renamed. A restart renames those
 *    that still have their old names: as long as the record says `moving`, they belong to the old database.
 * 3. The record says `restoring`.
 * 4. The newest backup is copied to `….restoring`, opened, migrated and checked completely; a damaged backup is
 *    skipped. Then the copy becomes the database, by one rename. A restart repeats this step, because nothing has
 *    been written to the database before step 5.
 * 5. The record says `salvaging`. The app opens the database, a new one if there was no good backup. Rows from the
 *    recipes are added later (salvage.ts), each once, and all of it is repeated after a restart.
 *
 * Nothing is deleted except this function's own unfinished copies.
 *
 * @throws if a file could not be written, such as on a full disk. The next start continues.
 */
export function runRescue(options: RescueOptions, started: Rescue): Rescue {
  const { dataFolder, file, step } = options;
  let rescue = started;
  const record = (changes: Partial<Rescue>) => {
    rescue = { ...rescue, ...changes };
    writeRescue(dataFolder, rescue);
    step(`recorded ${rescue.stage}`);
  };
  if (rescue.stage === 'suspected' || rescue.stage === 'moving') {
    record({ stage: 'moving' });
    record({ stage: 'restoring', movedTo: moveAside(options, rescue) });
  }
  if (rescue.stage === 'restoring') {
    removeCopy(file);
    record({ stage: 'salvaging', backupAt: restoreNewest(options) });
  }
  return rescue;
}

/** Returns the name of the old database, or null if there was none. */
function moveAside({ dataFolder, file, step }: RescueOptions, { movedTo }: Rescue): string | null {
  if (movedTo === null) return null;
  const target = path.join(dataFolder, movedTo);
  for (const ending of databaseEndings) {
    if (existsSync(file + ending)) renameReplacingSync(file + ending, target + ending);
    step(`moved ${ending || 'database'}`);
  }
  flushFolderSync(dataFolder);
  return existsSync(target) || sizeOf(`${target}-wal`) > 0 ? movedTo : null;
}

/** Returns when the restored backup was taken; null if there is no good one. */
function restoreNewest(options: RescueOptions): number | null {
  const { dataFolder, file, step } = options;
  for (const backup of listBackups(backupFolder(dataFolder))) {
    removeCopy(file);
    copyFileSync(backup.file, copyOf(file));
    step('copied');
    const problem = prepareCopy(copyOf(file), options.nativeBinding);
    if (problem !== null) {
      console.error(`The backup ${path.basename(backup.file)} cannot be used:`, problem);
      continue;
    }
    step('prepared');
    renameDurablySync(copyOf(file), file);
    step('restored');
    return backup.takenAt;
  }
  removeCopy(file);
  return null;
}

/** Migrates and checks a copy. Returns what is wrong with it, or null if it may become the database. */
function prepareCopy(copy: string, nativeBinding: string | undefined): unknown {
  // An empty file would open as a new database and count as a good backup.
  if (sizeOf(copy) === 0) return new DatabaseDamaged('it is empty');
  const version = readHeader(copy)?.version ?? 0;
  try {
    const store = openStore({ file: copy, nativeBinding });
    try {
      const findings = store.checkAndRepair();
      if (findings.length > 0) return new DatabaseDamaged(findings.join('; '));
      store.transaction(() => store.salvage.markUncertain());
    } finally {
      store.close();
    }
    return null;
  } catch (error) {
    if (error instanceof DatabaseFromTheFuture || isDamageAtOpening(error, version)) return error;
    throw error;
  }
}

function copyOf(file: string): string {
  return `${file}.restoring`;
}

function removeCopy(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copyOf(file) + ending, { force: true });
}

/** Returns a name that no file has yet. */
function freeName({ dataFolder, file }: RescueOptions, at: number): string {
  const taken = readdirSync(dataFolder);
  const base = `${path.basename(file)}.corrupt-${stampOf(at)}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!databaseEndings.some((ending) => taken.includes(name + ending))) return name;
  }
}
