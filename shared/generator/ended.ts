// A job that has ended, and its outcome.
import type { Job } from './jobs';
import type { Outcome } from './messages';

/** `requestedAt`: when its request started, in UTC milliseconds. */
export type Ended = { job: Job; outcome: Outcome; requestedAt: number };
