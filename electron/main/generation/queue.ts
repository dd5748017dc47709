// Who runs next: one lane for each provider's pictures and one for its words, each with its own width.

import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import {
  type FailedJob,
  failedJob,
  type Job,
  type Outcome,
  type PictureJob,
} from '../../../shared/generator/messages';

export type QueueOptions = {
  /** Does the job. Never rejects: a failure is an outcome. */
  run: (job: Job) => Promise<Outcome>;
  /** Asks a running job to stop; it ends through `run`'s promise. */
  stop: (jobId: string) => void;
  /** Called when a job leaves the queue, before `run`. A false answer drops it. */
  onStart: (job: Job) => boolean;
  onEnd: (job: Job, outcome: Outcome, requestedAt: number) => void;
  /** Told what could not be written down: nobody has asked for it just now, so nobody else would hear of it. */
  onTrouble: (error: unknown) => void;
  /** Runs work after a while: what threw is tried again then. */
  later: (work: () => void) => void;
  /** Runs work after so many milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
  /** UTC milliseconds. */
  now: () => number;
};

export type Queue = ReturnType<typeof createQueue>;

/** Words are short and many: they never wait behind pictures. */
const textConcurrency = 8;

export function createQueue({ run, stop, onStart, onEnd, onTrouble, later, after, now }: QueueOptions) {
  const waiting: Job[] = [];
  const running = new Map<string, { job: Job; requestedAt: number }>();
  /** Providers whose pictures wait, and until when. */
  const paused = new Map<ProviderId, number>();
  /** Could not be begun, and wait to be added again. */
  const putOff = new Map<string, Job>();
  /** How jobs ended that could not be written down yet. */
  const unwritten = new Map<string, Outcome>();
  let isClosed = false;

  function laneOf(job: Job): string {
    return `${job.provider} ${job.kind}`;
  }

  function hasRoom(job: Job): boolean {
    if (job.kind === 'picture' && paused.has(job.provider)) return false;
    const limit = job.kind === 'text' ? textConcurrency : providers[job.provider].concurrency;
    const lane = laneOf(job);
    return [...running.values()].filter((other) => laneOf(other.job) === lane).length < limit;
  }

  function startNext(): void {
    while (!isClosed) {
      const index = waiting.findIndex(hasRoom);
      const [job] = index < 0 ? [] : waiting.splice(index, 1);
      if (!job) return;
      void start(job);
    }
  }

  async function start(job: Job): Promise<void> {
    if (!mayStart(job)) return;
    const requestedAt = now();
    running.set(job.jobId, { job, requestedAt });
    const outcome = await run(job);
    running.delete(job.jobId);
    end(job, outcome, requestedAt);
    startNext();
  }

  // What cannot be written down, such as on a full disk, must not hold up the others, nor be forgotten: it is tried
  // again until it can. Should the app end before that, the row still says that it is under way.

  function mayStart(job: Job): boolean {
    try {
      return onStart(job);
    } catch (error) {
      console.error(`Job ${job.jobId} could not be begun and waits:`, error);
      onTrouble(error);
      putOff.set(job.jobId, job);
      later(() => {
        if (putOff.delete(job.jobId)) add(job);
      });
      return false;
    }
  }

  function end(job: Job, outcome: Outcome, requestedAt: number): void {
    unwritten.delete(job.jobId);
    try {
      onEnd(job, outcome, requestedAt);
    } catch (error) {
      console.error(`The end of job ${job.jobId} could not be written down yet:`, error);
      onTrouble(error);
      unwritten.set(job.jobId, outcome);
      later(() => end(job, unwritten.get(job.jobId) ?? outcome, requestedAt));
    }
  }

  /** Takes a job in, once. It starts at once where its lane has room. */
  function add(job: Job): void {
    const { jobId } = job;
    const known = running.has(jobId) || putOff.has(jobId) || waiting.some((other) => other.jobId === jobId);
    if (known) return;
    waiting.push(job);
    startNext();
  }

  return {
    add,
    /** Lets no picture of this provider start before `until` (UTC milliseconds). The longest pause holds. */
    pause(provider: ProviderId, until: number): void {
      if ((paused.get(provider) ?? 0) >= until) return;
      paused.set(provider, until);
      // By the timer and not by the clock: a timer may fire a millisecond early, and a clock be set back.
      after(Math.max(0, until - now()), () => {
        if (paused.get(provider) !== until) return;
        paused.delete(provider);
        startNext();
      });
    },
    isPaused: (provider: ProviderId): boolean => paused.has(provider),
    /**
     * A waiting job ends as cancelled; a running one is asked to stop. One that has failed is not to be tried again,
     * though that is not written down yet; another is left alone.
     */
    cancel(jobId: string): void {
      const index = waiting.findIndex((job) => job.jobId === jobId);
      const job = putOff.get(jobId) ?? (index < 0 ? undefined : waiting.splice(index, 1)[0]);
      putOff.delete(jobId);
      const failed = unwritten.get(jobId);
      if (job) end(job, failedJob(jobId, 'cancelled', 0), now());
      else if (running.has(jobId)) stop(jobId);
      else if (failed?.type === 'failed') unwritten.set(jobId, stopped(failed));
    },
    /** @returns the pictures that wait or run, and since when (UTC milliseconds); null for one that waits. */
    pictures(): { job: PictureJob; requestedAt: number | null }[] {
      const begun = [...running.values()];
      const notBegun = [...waiting, ...putOff.values()].map((job) => ({ job, requestedAt: null }));
      return [...begun, ...notBegun].flatMap(({ job, requestedAt }) =>
        job.kind === 'picture' ? { job, requestedAt } : [],
      );
    },
    /** Begins nothing any more: what waits is found by the next start. What runs goes on. */
    close(): void {
      isClosed = true;
    },
    size(): { waiting: number; running: number } {
      return { waiting: waiting.length + putOff.size, running: running.size };
    },
  };
}

/** @returns how a job that has failed ends where the user does not want it any more. */
function stopped({ jobId, durationMs, costMicroUsd }: FailedJob): FailedJob {
  return failedJob(jobId, costMicroUsd === null ? 'cancelled' : 'cancelled_late', durationMs, costMicroUsd);
}
