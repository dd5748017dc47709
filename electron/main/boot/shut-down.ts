// Stops everything that start.ts has started, in reverse order.
import type { ReplyStream } from '../chat/reply-stream';
import type { DataSafety } from '../data-safety/data-safety';
import { recordCleanExit } from '../db/clean-exit';
import type { Store } from '../db/open';
import type { StartedEngine } from '../engine/start-engine';
import type { Dispatcher } from '../generation/dispatcher';
import type { Generator } from '../generation/generator-process';
import type { Imports } from '../import/imports';
import type { Outbox } from '../outbox/outbox';
import type { Reader } from '../reader/reader';
import type { TrustedClock } from '../storage/trusted-clock';
import type { Timers } from './timers';

export type Running = {
  timers: Pick<Timers, 'end'>;
  imports: Pick<Imports, 'close'>;
  engine: Pick<StartedEngine, 'close'>;
  reader: Pick<Reader<never>, 'close'>;
  clock: Pick<TrustedClock, 'save'>;
  /** Tells background work that the database is about to close. */
  ending: AbortController;
  generator: Pick<Generator, 'close'>;
  engineServer: { close: () => void };
  replyStream: Pick<ReplyStream, 'saveAll'>;
  dispatcher: Pick<Dispatcher, 'saveEnds'>;
  safety: Pick<DataSafety, 'close'>;
  outbox: Pick<Outbox, 'drainAll'>;
  store: Pick<Store, 'close'>;
  databaseFile: string;
};

export function shutDown(running: Running): void {
  attempt('end what waits', running.timers.end);
  attempt('end imports', running.imports.close);
  attempt('end downloads', running.engine.close);
  attempt('end background work', () => running.ending.abort());
  // The last connection to close checkpoints the WAL, so the reader's closes before the writer's.
  attempt('end the reader', running.reader.close);
  attempt('end the generator', running.generator.close);
  attempt('end the engine', running.engineServer.close);
  attempt('save the answers', running.replyStream.saveAll);
  attempt('save what has ended', running.dispatcher.saveEnds);
  attempt('end maintenance', running.safety.close);
  attempt('drain the outbox', running.outbox.drainAll);
  attempt('save the time', running.clock.save);
  if (!attempt('close the database', running.store.close)) return;
  attempt('record the proper exit', () => recordCleanExit(running.databaseFile));
}

/**
 * Runs one step. A step may fail, for example on a full disk. The other steps still run, and the next start completes
 * the failed one.
 *
 * @returns whether it succeeded.
 */
function attempt(name: string, step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    console.error(`At the end, the app could not ${name}:`, error);
    return false;
  }
}
