// What the chat needs of the world, passed in so that tests can bring a clock and a generator of their own.
import type { ActiveProvider } from '../../../shared/contract/services';
import type { ProviderId } from '../../../shared/domain/models';
import type { Job, PictureJob } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { Metrics } from '../logging/metrics';
import type { PrefetchSlot } from './prefetch-slot';

export type ChatContext = {
  store: Store;
  broadcast: Broadcast;
  metrics: Metrics;
  /** Hands a job to the generator's queue, or ends it where the user's limits forbid it. Returns at once. */
  enqueue: (job: Job) => void;
  /** Hands on a job that was admitted before, such as one that a restart has interrupted. */
  resume: (job: Job) => void;
  /** Whether a picture may be asked for at once: its key is there, and neither a limit nor a pause is in the way. */
  admits: (job: PictureJob) => boolean;
  /** Whether nothing waits or runs for anybody. */
  isIdle: () => boolean;
  prefetch: PrefetchSlot;
  /** Takes a job off the queue, or stops it. */
  cancel: (jobId: string) => void;
  /** Lets no picture of this provider begin before `until` (UTC milliseconds). */
  pause: (provider: ProviderId, until: number) => void;
  activeProvider: () => ActiveProvider;
  /** Whether a file is there, by its path relative to the data folder. */
  hasFile: (file: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
  /** At least 0, less than 1. */
  random: () => number;
  /** Runs `work` once the reply has left. */
  afterReply: (work: () => void) => void;
};
