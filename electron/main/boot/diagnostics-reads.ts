// Reads for the diagnostics view: row counts.
import type { Diagnostics } from '../../../shared/contract/diagnostics';
import type { ReadContext, Reads } from '../db/read';

export const diagnosticsReads = {
  rowCounts: {
    run: ({ store }: ReadContext): Diagnostics['counts'] => ({
      conversations: store.conversations.count(),
      messages: store.messages.count(),
      pictures: store.userImages.count(),
      attempts: store.generationLog.count(),
      outbox: store.outbox.count(),
    }),
  },
} satisfies Reads;
