// Keeps the data safe while the app runs: salvage, checks, backups, the free disk space, and the notices about them.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DataNotice, DataState } from '../../../shared/contract/app';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { readJsonSync } from '../../files/read-regular';
import { backupFolder, isBackupDue, listBackups } from '../db/backups';
import type { Store } from '../db/open';
import { type Rescue, writeRescue } from '../db/rescue-record';
import { createDiskSpaceMonitor } from './disk-space';
import type { MaintenanceWorker } from './run-maintenance';

export type DataSafetyOptions = {
  store: Store;
  /** As `openSafely` returned it. */
  rescue: Rescue | null;
  needsCheck: boolean;
  dataFolder: string;
  file: string;
  nativeBinding: string | undefined;
  maintenance: MaintenanceWorker;
  freeBytes: () => number;
  now: () => number;
  after: (milliseconds: number, work: () => void) => void;
  onState: (state: DataState) => void;
  onAdded: (images: GalleryImage[]) => void;
  /** Called when a full disk has free space again. */
  onSpaceFreed: () => void;
};

export type DataSafety = ReturnType<typeof createDataSafety>;

const weekMs = 7 * 24 * 60 * 60 * 1000;
/** Interval between checks of a full disk's free space (ms). */
const spaceCheckIntervalMs = 2000;

export function createDataSafety(options: DataSafetyOptions) {
  const { store, dataFolder, file, maintenance, now, after, onState, onAdded, onSpaceFreed } = options;
  let { rescue, needsCheck } = options;
  const room = createDiskSpaceMonitor({
    freeBytes: options.freeBytes,
    after: (work) => after(spaceCheckIntervalMs, work),
    onChange(isFull) {
      onState(state());
      if (!isFull) onSpaceFreed();
    },
  });

  function state(): DataState {
    return { notice: rescue && !rescue.dismissed ? toNotice(rescue) : null, diskFull: room.isFull() };
  }

  function record(changed: Rescue): void {
    writeRescue(dataFolder, changed);
    rescue = changed;
    onState(state());
  }

  /** Records possible damage: the next start checks the whole database, and rescues it if needed. */
  function recordSuspicion(detail: string): void {
    if (rescue?.stage === 'suspected') return;
    console.error('The database seems to be damaged:', detail);
    record({
      stage: 'suspected',
      found: 'damaged',
      at: now(),
      detail,
      movedTo: null,
      backupAt: null,
      salvaged: null,
      unreadable: 0,
      dismissed: false,
    });
  }

  /** Adds rows from the recipes. After a crash, the next start repeats this; it never adds a row twice. */
  async function salvage(started: Rescue): Promise<void> {
    const name = String(started.at);
    let unreadable = 0;
    await maintenance.salvage(dataFolder, (recipes, more) => {
      unreadable += more;
      const added = store.transaction(() => store.salvage.add(name, recipes));
      const images = added.flatMap((id) => store.userImages.find(id) ?? []);
      if (images.length > 0) onAdded(images);
    });
    if (rescue?.at !== started.at) return;
    record({ ...rescue, stage: 'done', salvaged: store.salvage.total(name), unreadable });
  }

  async function checkIfDue(): Promise<void> {
    const folder = backupFolder(dataFolder);
    const backup = isBackupDue(listBackups(folder), now());
    if (!backup && !needsCheck && Math.abs(now() - lastCheckAt(folder)) < weekMs) return;
    const { nativeBinding } = options;
    const task = {
      dataFolder,
      file,
      backup,
      now: now(),
      ...(nativeBinding !== undefined && { nativeBinding }),
    };
    const damage = await maintenance.check(task);
    if (damage !== null) return recordSuspicion(damage);
    needsCheck = false;
    writeFileSync(checkFile(folder), JSON.stringify({ at: now() }));
  }

  return {
    state,
    /** Runs what is due: salvage, then a check, then a backup. Never rejects. */
    async runMaintenance(): Promise<void> {
      try {
        if (rescue?.stage === 'salvaging') await salvage(rescue);
        if (rescue?.stage !== 'suspected') await checkIfDue();
      } catch (error) {
        // Nothing depends on this, and the next run repeats it.
        console.error('Maintenance of the data failed:', error);
      }
    },
    /** Hides the notice, unless it is about damage that still exists. */
    dismiss(): void {
      if (rescue && rescue.stage !== 'suspected') record({ ...rescue, dismissed: true });
    },
    /** Returns the path of the database that was moved aside. */
    oldFile: () => (rescue?.movedTo ? path.join(dataFolder, rescue.movedTo) : null),
    /** Returns whether the database has all the rows it can have: no rescue runs or is due. */
    isComplete: () => rescue === null || rescue.stage === 'done',
    isDiskFull: () => !room.hasFreeSpace(),
    /** Handles the failure of a request, such as a full disk or damage. */
    onFailure(code: ErrorCode): void {
      if (code === 'disk_full') room.setFull();
      if (code === 'database_damaged') recordSuspicion('a request met it');
    },
    close: () => maintenance.close(),
  };
}

function toNotice({ stage, found, movedTo, backupAt, salvaged, unreadable }: Rescue): DataNotice {
  const kind = stage === 'suspected' ? 'suspected' : 'rescued';
  return { kind, found, oldFile: movedTo, backupAt, salvaged, unreadable };
}

function checkFile(folder: string): string {
  return path.join(folder, 'last-check.json');
}

/** Returns the time of the last check (UTC milliseconds); 0 if unknown. */
function lastCheckAt(folder: string): number {
  try {
    return z.object({ at: z.int() }).parse(readJsonSync(checkFile(folder))).at;
  } catch {
    return 0;
  }
}
