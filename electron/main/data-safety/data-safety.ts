// Watches over the data while the app runs: salvage, checks, backups, the disk's room, and what is told of them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DataNotice, DataState } from '../../../shared/contract/app';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { backupFolder, isBackupDue, listBackups } from '../db/backups';
import type { Store } from '../db/open';
import { type Rescue, writeRescue } from '../db/rescue-record';
import { createDiskRoom } from './disk-room';
import type { Keeper } from './run-maintenance';

export type DataSafetyOptions = {
  store: Store;
  /** As `openSafely` returned it. */
  rescue: Rescue | null;
  needsCheck: boolean;
  dataFolder: string;
  file: string;
  nativeBinding: string | undefined;
  keeper: Keeper;
  freeBytes: () => number;
  now: () => number;
  after: (milliseconds: number, work: () => void) => void;
  onState: (state: DataState) => void;
  onAdded: (images: GalleryImage[]) => void;
  /** The disk was full and has room again. */
  onRoom: () => void;
};

export type DataSafety = ReturnType<typeof createDataSafety>;

const week = 7 * 24 * 60 * 60 * 1000;
/** How often a full disk is asked whether it has room again, in milliseconds. */
const roomInterval = 2000;

export function createDataSafety(options: DataSafetyOptions) {
  const { store, dataFolder, file, keeper, now, after, onState, onAdded, onRoom } = options;
  let { rescue, needsCheck } = options;
  const room = createDiskRoom({
    freeBytes: options.freeBytes,
    after: (work) => after(roomInterval, work),
    onChange(isFull) {
      onState(state());
      if (!isFull) onRoom();
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

  /** The next start checks everything, and rescues what has to be. */
  function suspect(detail: string): void {
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

  /** Adds what the picture files tell. Killed in between, the next start begins anew; each row comes once. */
  async function salvage(begun: Rescue): Promise<void> {
    const name = String(begun.at);
    let unreadable = 0;
    await keeper.salvage(dataFolder, (recipes, more) => {
      unreadable += more;
      const added = store.transaction(() => store.salvage.add(name, recipes));
      const images = added.flatMap((id) => store.userImages.find(id) ?? []);
      if (images.length > 0) onAdded(images);
    });
    if (rescue?.at !== begun.at) return;
    record({ ...rescue, stage: 'done', salvaged: store.salvage.total(name), unreadable });
  }

  async function look(): Promise<void> {
    const folder = backupFolder(dataFolder);
    const backup = isBackupDue(listBackups(folder), now());
    if (!backup && !needsCheck && Math.abs(now() - lastCheck(folder)) < week) return;
    const { nativeBinding } = options;
    const task = {
      dataFolder,
      file,
      backup,
      now: now(),
      ...(nativeBinding !== undefined && { nativeBinding }),
    };
    const damage = await keeper.look(task);
    if (damage !== null) return suspect(damage);
    needsCheck = false;
    writeFileSync(checkFile(folder), JSON.stringify({ at: now() }));
  }

  return {
    state,
    /** Does what is due: salvage, check, backup, one after the other. Never rejects. */
    async tend(): Promise<void> {
      try {
        if (rescue?.stage === 'salvaging') await salvage(rescue);
        if (rescue?.stage !== 'suspected') await look();
      } catch (error) {
        // Nothing waits for it, and the next time does it all.
        console.error('The data could not be tended to:', error);
      }
    },
    /** The user has read the notice. One about damage that is still there stays. */
    dismiss(): void {
      if (rescue && rescue.stage !== 'suspected') record({ ...rescue, dismissed: true });
    },
    /** @returns the path of the database that was moved aside. */
    oldFile: () => (rescue?.movedTo ? path.join(dataFolder, rescue.movedTo) : null),
    /** Whether the database has all the rows it can have: no rescue is going on or due. */
    isWhole: () => rescue === null || rescue.stage === 'done',
    isDiskFull: () => !room.hasRoom(),
    /** Told how a request failed. */
    onFailure(code: ErrorCode): void {
      if (code === 'disk_full') room.isFullNow();
      if (code === 'database_damaged') suspect('a request met it');
    },
    close: () => keeper.close(),
  };
}

function toNotice({ stage, found, at, movedTo, backupAt, salvaged, unreadable }: Rescue): DataNotice {
  const kind = stage === 'suspected' ? 'suspected' : 'rescued';
  return { kind, found, at, oldFile: movedTo, backupAt, salvaged, unreadable };
}

function checkFile(folder: string): string {
  return path.join(folder, 'last-check.json');
}

/** @returns UTC milliseconds; 0 where it is not known. */
function lastCheck(folder: string): number {
  try {
    return z.object({ at: z.int() }).parse(JSON.parse(readFileSync(checkFile(folder), 'utf8'))).at;
  } catch {
    return 0;
  }
}
