// Prepares the data folder for the benchmark of long reads, and makes its rows of the table of limits.
import { recordCleanExit } from '../../electron/main/db/clean-exit';
import { newId } from '../../electron/main/db/new-id';
import { openStore } from '../../electron/main/db/open';
import type { Summary } from './headline';
import { type LimitRow, rowAgainstFloor, rowOfValue } from './limits';

export type ReadFigures = {
  read: string;
  /** Milliseconds of one read, and of the reply to `chat:send` without and with a concurrent read. */
  took: Summary;
  idle: Summary;
  busy: Summary;
  /** The p95 of `busy` divided by that of `idle`. Goal: at most 1.1. */
  ratio: number;
  /** The longest delay of the main process's event loop (ms). Goal: less than 8 while the read runs. */
  longestIdle: number;
  longestBusy: number;
  /**
   * Processor time of the main thread for one read (ms). Unlike the other figures, it does not depend on other
   * programs.
   */
  mainThread: number;
};

/** Reads that walk through every file of the data folder. */
const walks: readonly string[] = ['trash:measure', 'storage:read'];
const furtherConversations = 10_000;
const maxReplyRatio = 1.1;
const maxTaskMs = 8;
/** The seeded messages alone have only some 3,000 conversations. */
export function addConversations(file: string, binding: string | undefined): void {
  const store = openStore({ file, nativeBinding: binding });
  try {
    store.transaction(() => {
      for (let number = 1; number <= furtherConversations; number += 1) {
        store.conversations.insert({ id: newId(), title: `A red fox, number ${number}`, createdAt: number });
      }
    });
  } finally {
    store.close();
  }
  recordCleanExit(file);
}

/**
 * Combines the replies of all reads, because a single read has too few messages for a p95. The processor time is
 * the maximum of all reads except walks through all files, because those pause between their steps.
 */
export function readerRows(figures: readonly ReadFigures[]): LimitRow[] {
  const sum = (pick: (each: ReadFigures) => number) => figures.reduce((all, each) => all + pick(each), 0);
  const short = figures.filter(({ read }) => !walks.includes(read));
  const longest = Math.max(...short.map(({ mainThread }) => mainThread));
  return [
    rowAgainstFloor(
      'Reply to a message while a long read runs, against none (ms, mean of p95)',
      sum(({ busy }) => busy.p95) / figures.length,
      sum(({ idle }) => idle.p95) / figures.length,
      { atMost: maxReplyRatio },
    ),
    rowOfValue('Processor time of the main thread for the longest read (ms)', longest, { atMost: maxTaskMs }),
  ];
}
