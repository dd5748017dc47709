// Answers requests about Trash and the space that the data folder takes.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { shell } from 'electron';
import type { StorageUsage, TrashPage, trashRequests } from '../../../shared/contract/trash';
import { failure, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { dayMs, type Housekeeping } from './housekeeping';
import { recoveryFolder } from './picture-folder';
import type { StorageContext } from './storage-context';
import { measureTrash, readUsage } from './usage';

export function createTrashHandlers(
  context: StorageContext,
  housekeeping: Pick<Housekeeping, 'emptyTrash'>,
): HandlersOf<typeof trashRequests> {
  const { store, dataFolder } = context;
  let measuring: Promise<StorageUsage | null> | null = null;

  function trashPage(limit: number): TrashPage {
    const stay = store.settings.read().trashDays * dayMs;
    return {
      pictures: store.trash
        .pictures(limit)
        .map(({ image, deletedAt }) => ({ image, removeAt: deletedAt + stay })),
      conversations: store.trash
        .conversations(limit)
        .map(({ id, title, deletedAt }) => ({ id, title, removeAt: deletedAt + stay })),
      counts: store.trash.counts(),
    };
  }

  return {
    'trash:list': ({ limit }) => success(trashPage(limit)),
    'trash:measure': async () => {
      const counts = store.trash.counts();
      return success({ ...counts, bytes: await measureTrash(context) });
    },
    'trash:empty': async () => success(await housekeeping.emptyTrash()),
    'storage:read': async () => {
      // Requests that arrive while it is being measured share its result.
      measuring ??= readUsage(context).finally(() => {
        measuring = null;
      });
      const usage = await measuring;
      return usage ? success(usage) : failure('internal');
    },
    'storage:show-recovery': async () => {
      const folder = path.join(dataFolder, recoveryFolder);
      await mkdir(folder, { recursive: true });
      const problem = await shell.openPath(folder);
      return problem === '' ? success(null) : failure('file_missing');
    },
  };
}
