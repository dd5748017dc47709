// Answers requests about Trash and the space that the data folder takes.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { shell } from 'electron';
import type { StorageUsage, trashRequests } from '../../../shared/contract/trash';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ReadFunctions } from '../db/read';
import type { HandlersOf } from '../ipc/handlers';
import { dayMs, type Housekeeping } from './housekeeping';
import { recoveryFolder } from './picture-folder';
import type { StorageContext } from './storage-context';
import type { storageReads } from './storage-reads';

export function createTrashHandlers(
  context: StorageContext,
  housekeeping: Pick<Housekeeping, 'emptyTrash' | 'deleteForGood'>,
  reads: ReadFunctions<typeof storageReads>,
): HandlersOf<typeof trashRequests> {
  const { store, dataFolder } = context;
  let measuring: Promise<Result<StorageUsage>> | null = null;

  return {
    'trash:list': ({ limit }) => reads.trashPage({ limit, stayMs: store.settings.read().trashDays * dayMs }),
    'trash:measure': async () => {
      const [counts, bytes] = await Promise.all([reads.trashCounts({}), reads.trashBytes({})]);
      if (!counts.ok) return counts;
      return bytes.ok ? success({ ...counts.value, bytes: bytes.value }) : bytes;
    },
    'trash:empty': async () => success(await housekeeping.emptyTrash()),
    'trash:delete': async ({ imageId }) =>
      (await housekeeping.deleteForGood(imageId)) ? success(null) : failure('not_found'),
    'storage:read': () => {
      // Requests that arrive during a measurement share its result.
      measuring ??= reads.storageUsage({}).finally(() => {
        measuring = null;
      });
      return measuring;
    },
    'storage:show-recovery': async () => {
      const folder = path.join(dataFolder, recoveryFolder);
      await mkdir(folder, { recursive: true });
      const problem = await shell.openPath(folder);
      return problem === '' ? success(null) : failure('file_missing');
    },
  };
}
