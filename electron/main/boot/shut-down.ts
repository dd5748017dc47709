// Ends what start.ts has started, in reverse order.
import type { ReplyStream } from '../chat/reply-stream';
import type { DataSafety } from '../data-safety/data-safety';
import { recordCleanExit } from '../db/clean-exit';
import type { Store } from '../db/open';
import type { Generator } from '../generation/generator-process';
import type { Imports } from '../import/imports';
import type { Outbox } from '../outbox/outbox';

export type Running = {
  imports: Pick<Imports, 'close'>;
  /** Tells background work that the database is about to close. */
  ending: AbortController;
  generator: Pick<Generator, 'close'>;
  replyStream: Pick<ReplyStream, 'saveAll'>;
  safety: Pick<DataSafety, 'close'>;
  outbox: Pick<Outbox, 'drainAll'>;
  store: Store;
  databaseFile: string;
};

export function shutDown(running: Running): void {
  running.imports.close();
  running.ending.abort();
  running.generator.close();
  running.replyStream.saveAll();
  running.safety.close();
  drainOutbox(running.outbox);
  running.store.close();
  recordCleanExit(running.databaseFile);
}

function drainOutbox(outbox: Pick<Outbox, 'drainAll'>): void {
  try {
    outbox.drainAll();
  } catch (error) {
    // For example on a full disk. The entries stay in the outbox, and the next start drains them.
    console.error('The outbox could not be drained at the end:', error);
  }
}
