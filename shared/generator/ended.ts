// A job that has ended, as the main process settles it.
import type { Job } from './jobs';
import type { Outcome } from './messages';

/** `requestedAt`: when its request was begun (UTC milliseconds). */
export type Ended = { job: Job; outcome: Outcome; requestedAt: number };
