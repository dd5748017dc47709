// Moves a damaged database aside and puts the newest good backup in its place.
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
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
  /** Told after each step that a crash could follow. Tests throw from it. */
  step: (name: string) => void;
};

/** @returns the record of a rescue that begins now. Nothing is on disk yet. */
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
 * Carries out a rescue, or goes on with one that was interrupted. The order, each step on disk before the next:
 *
 * 1. The record says `moving`, and the name that the old database will have.
 * 2. The log (-wal), its index (-shm) and last the database get their new names. A restart goes on with those
 *    that still have the old ones: as long as the record says `moving`, they are the old ones.
 * 3. The record says `restoring`.
 * 4. The newest backup is copied to `….restoring`, opened, brought to this version and checked whole; one that
 *    is not good is passed over. Only then does the copy become the database, by one rename. A restart begins
 *    this step anew: nobody has written to the database before step 5.
 * 5. The record says `salvaging`. The app opens the database, a fresh one where there was no good backup. What
 *    the picture files can tell is added later (salvage.ts), each row once, and begun anew after a restart.
 *
 * Nothing is deleted but our own half-made copies.
 *
 * @throws where a file could not be written, such as on a full disk; the next start goes on.
 */
export function carryOut(options: RescueOptions, begun: Rescue): Rescue {
  const { dataFolder, file, step } = options;
  let rescue = begun;
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

/** @returns the name of the old database, or null where there was nothing to move. */
function moveAside({ dataFolder, file, step }: RescueOptions, { movedTo }: Rescue): string | null {
  if (movedTo === null) return null;
  const target = path.join(dataFolder, movedTo);
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(file + ending)) renameSync(file + ending, target + ending);
    step(`moved ${ending || 'database'}`);
  }
  flushFolderSync(dataFolder);
  return existsSync(target) || sizeOf(`${target}-wal`) > 0 ? movedTo : null;
}

/** @returns when the backup was taken that is the database now; null where there is no good one. */
function restoreNewest(options: RescueOptions): number | null {
  const { dataFolder, file, step } = options;
  for (const backup of listBackups(backupFolder(dataFolder))) {
    removeCopy(file);
    copyFileSync(backup.file, copyOf(file));
    step('copied');
    const problem = prepare(copyOf(file), options.nativeBinding);
    if (problem !== null) {
      console.error(`The backup ${path.basename(backup.file)} is not good:`, problem);
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

/** @returns what is wrong with a copy, or null where it may become the database. */
function prepare(copy: string, nativeBinding: string | undefined): unknown {
  // An empty file would open as a fresh database, and pass for a backup of nothing.
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

/** @returns a name that no file has yet. */
function freeName({ dataFolder, file }: RescueOptions, at: number): string {
  const taken = readdirSync(dataFolder);
  const base = `${path.basename(file)}.corrupt-${stampOf(at)}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.some((other) => other === name || other === `${name}-wal` || other === `${name}-shm`))
      return name;
  }
}
