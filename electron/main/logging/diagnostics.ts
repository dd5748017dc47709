// What the diagnostics view shows: versions, counts and how long things took.
import { app } from 'electron';
import type { Diagnostics } from '../../../shared/contract/diagnostics';
import type { ChatContext } from '../chat/chat-context';

export function readDiagnostics(
  { store, metrics }: ChatContext,
  generator: Diagnostics['generator'],
  dataFolder: string,
  reconciled: Diagnostics['reconciled'],
): Diagnostics {
  const { electron, chrome, node } = process.versions;
  return {
    versions: {
      app: app.getVersion(),
      electron: electron ?? '',
      chromium: chrome ?? '',
      node,
      sqlite: store.sqliteVersion,
    },
    dataFolder,
    generator,
    counts: {
      conversations: store.conversations.count(),
      messages: store.messages.count(),
      pictures: store.userImages.count(),
      attempts: store.generationLog.count(),
      outbox: store.outbox.count(),
    },
    reconciled,
    timings: metrics.summary(),
  };
}
