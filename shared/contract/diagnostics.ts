// Diagnostics: requests and replies.
import type { LongTask } from '../domain/long-tasks';
import type { Timing } from '../domain/timings';
import type { AppVersions } from './desktop';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const diagnosticsRequests = {
  'diagnostics:read': { input: noInput, reply: reply<Diagnostics>() },
} satisfies Record<string, RequestDefinition>;

export type Diagnostics = {
  versions: AppVersions;
  dataFolder: string;
  /** `idle`: the generator has not been needed yet. */
  generator: { state: 'idle' | 'starting' | 'ready' | 'stopped'; starts: number };
  counts: { conversations: number; messages: number; pictures: number; attempts: number; outbox: number };
  /** The result of the last comparison of rows and files; null before the first. */
  reconciled: { at: number; missing: number; recoveryFiles: number } | null;
  timings: Timing[];
  /** Tasks that blocked the main process or the generator for more than 8 ms, the longest first. */
  longTasks: LongTask[];
};
