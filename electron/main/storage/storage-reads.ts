// Reads for Trash and for disk usage.
import type { TrashPage } from '../../../shared/contract/trash';
import type { ReadContext, Reads } from '../db/read';
import { trashBytesInSlices, usageInSlices } from './usage';

export const storageReads = {
  trashPage: {
    isOrdered: true,
    /** @param stayMs how long pictures and conversations stay in Trash. */
    run: (
      { store: { trash } }: ReadContext,
      { limit, stayMs }: { limit: number; stayMs: number },
    ): TrashPage => ({
      pictures: trash
        .pictures(limit)
        .map(({ image, deletedAt }) => ({ image, removeAt: deletedAt + stayMs })),
      conversations: trash
        .conversations(limit)
        .map(({ id, title, deletedAt }) => ({ id, title, removeAt: deletedAt + stayMs })),
      counts: trash.counts(),
    }),
  },
  trashCounts: { isOrdered: true, run: ({ store }: ReadContext) => store.trash.counts() },
  trashBytes: { slices: trashBytesInSlices },
  storageUsage: { slices: usageInSlices },
} satisfies Reads;
