// What the chat needs of the rest of the app, passed in so that tests can bring their own clock and generator.
import type { ActiveProvider } from '../../../shared/contract/services';
import type { ProviderId } from '../../../shared/domain/models';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { Metrics } from '../logging/metrics';
import type { PrefetchSlot } from './prefetch-slot';

export type ChatContext = {
  store: Store;
  broadcast: Broadcast;
  metrics: Metrics;
  /** Queues a job for the generator, or ends it if the user's limits forbid it. Returns at once. */
  enqueue: (job: Job) => void;
  /** Queues a job that was admitted before, such as one that a restart has interrupted. */
  resume: (job: Job) => void;
  /** Returns whether a picture could be requested now: it has a key, and no limit or pause forbids it. */
  admits: (job: PictureJob) => boolean;
  /** Returns whether the queue is empty and no job runs. */
  isIdle: () => boolean;
  prefetch: PrefetchSlot;
  /** Removes a job from the queue, or stops it. */
  cancel: (jobId: string) => void;
  /** Starts no picture of this provider before `until` (UTC milliseconds). */
  pause: (provider: ProviderId, until: number) => void;
  activeProvider: () => ActiveProvider;
  /** Returns whether a file exists. @param file relative to the data folder. */
  hasFile: (file: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
  /** At least 0, less than 1. */
  random: () => number;
  /** Runs `work` once the reply has left. */
  afterReply: (work: () => void) => void;
};
