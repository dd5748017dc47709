// Deletes installed engines and models from the disk.
import { rm } from 'node:fs/promises';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import type { EngineFolders } from './engine-folders';
import type { EngineItem, EngineItems } from './engine-items';
import type { EngineServer } from './engine-server';
import { deletePartial } from './partial-files';

type RemovalParts = { folders: EngineFolders; items: EngineItems; server: Pick<EngineServer, 'release'> };

export function createRemoval({ folders, items, server }: RemovalParts) {
  /** A file that the user added where it was stays there. */
  async function deleteItem(item: EngineItem): Promise<void> {
    items.remove(item.id);
    await rm(folders.ofItem(item.kind, item.id), { recursive: true, force: true });
    // Parts that a killed installation has left are links to the same bytes, which would stay.
    await deletePartial(folders, item.id);
  }

  return {
    deleteItem,
    /** Deletes what a cancelled download has installed. An engine stays as long as there is a model for it. */
    async removeBrought(ids: readonly EngineItemId[]): Promise<void> {
      const brought = ids.flatMap((id) => items.find(id) ?? []);
      for (const item of brought.toSorted((one) => (one.kind === 'model' ? -1 : 1))) {
        if (item.kind === 'engine' && items.models().length > 0) continue;
        if (await server.release(item.id)) await deleteItem(item);
      }
    },
  };
}
