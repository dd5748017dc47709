// The queue of jobs. Each provider has a lane for pictures and a lane for text, each with its own concurrency.
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import { type FailedJob, failedJob, type Outcome } from '../../../shared/generator/messages';

export type QueueOptions = {
  /** Runs the job. Never rejects: a failure is an outcome. */
  run: (job: Job) => Promise<Outcome>;
  /** Asks a running job to stop; it ends through `run`'s promise. */
  stop: (jobId: string) => void;
  /** Called when a job leaves the queue, before `run`. The job is dropped if it returns false. */
  onStart: (job: Job) => boolean;
  onEnd: (job: Job, outcome: Outcome, requestedAt: number) => void;
  /** Called with what `onStart` or `onEnd` threw: no request is waiting that could report it. */
  onWriteError: (error: unknown) => void;
  /** Runs work after a while, to retry what threw. */
  retryLater: (work: () => void) => void;
  /** Runs work after a number of milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
  /** UTC milliseconds. */
  now: () => number;
};

export type Queue = ReturnType<typeof createQueue>;

/** Text jobs are short and many, and never wait behind pictures. */
const textConcurrency = 8;

export function createQueue(options: QueueOptions) {
  const { run, stop, onStart, onEnd, onWriteError, retryLater, after, now } = options;
  const waiting: Job[] = [];
  const running = new Map<string, { job: Job; requestedAt: number }>();
  /** Providers whose pictures are paused, and until when (UTC milliseconds). */
  const paused = new Map<ProviderId, number>();
  /** Jobs whose start could not be written; they are added again later. */
  const unstarted = new Map<string, Job>();
  /** Outcomes that could not be written yet. */
  const unsaved = new Map<string, Outcome>();
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

  // A write that fails, such as on a full disk, is retried until it succeeds and does not block other jobs. If the app
  // ends before that, the row still says that the job is unfinished.

  function mayStart(job: Job): boolean {
    try {
      return onStart(job);
    } catch (error) {
      console.error(`Job ${job.jobId} could not be started and waits:`, error);
      onWriteError(error);
      unstarted.set(job.jobId, job);
      retryLater(() => {
        if (unstarted.delete(job.jobId)) add(job);
      });
      return false;
    }
  }

  function end(job: Job, outcome: Outcome, requestedAt: number): void {
    unsaved.delete(job.jobId);
    try {
      onEnd(job, outcome, requestedAt);
    } catch (error) {
      console.error(`The end of job ${job.jobId} could not be saved yet:`, error);
      onWriteError(error);
      unsaved.set(job.jobId, outcome);
      retryLater(() => end(job, unsaved.get(job.jobId) ?? outcome, requestedAt));
    }
  }

  /** Adds a job, unless it is already known. It starts at once if its lane has room. */
  function add(job: Job): void {
    const { jobId } = job;
    const isKnown =
      running.has(jobId) || unstarted.has(jobId) || waiting.some((other) => other.jobId === jobId);
    if (isKnown) return;
    waiting.push(job);
    startNext();
  }

  return {
    add,
    /** Starts no picture of this provider before `until` (UTC milliseconds). The longest pause counts. */
    pause(provider: ProviderId, until: number): void {
      if ((paused.get(provider) ?? 0) >= until) return;
      paused.set(provider, until);
      // Trusts the timer and not the clock: a timer may fire a millisecond early, and a clock may be set back.
      after(Math.max(0, until - now()), () => {
        if (paused.get(provider) !== until) return;
        paused.delete(provider);
        startNext();
      });
    },
    isPaused: (provider: ProviderId): boolean => paused.has(provider),
    /**
     * Ends a waiting job as cancelled, or asks a running one to stop. A failure that is not saved yet becomes a
     * cancellation; another outcome stays.
     */
    cancel(jobId: string): void {
      const index = waiting.findIndex((job) => job.jobId === jobId);
      const job = unstarted.get(jobId) ?? (index < 0 ? undefined : waiting.splice(index, 1)[0]);
      unstarted.delete(jobId);
      const failed = unsaved.get(jobId);
      if (job) end(job, failedJob(jobId, 'cancelled', 0), now());
      else if (running.has(jobId)) stop(jobId);
      else if (failed?.type === 'failed') unsaved.set(jobId, asCancelled(failed));
    },
    /** Returns the pictures that wait or run. `requestedAt`: UTC milliseconds; null for a picture that waits. */
    pictures(): { job: PictureJob; requestedAt: number | null }[] {
      const started = [...running.values()];
      const notStarted = [...waiting, ...unstarted.values()].map((job) => ({ job, requestedAt: null }));
      return [...started, ...notStarted].flatMap(({ job, requestedAt }) =>
        job.kind === 'picture' ? { job, requestedAt } : [],
      );
    },
    /** Starts no more jobs. Running jobs continue; the next start of the app finds the waiting ones. */
    close(): void {
      isClosed = true;
    },
    size(): { waiting: number; running: number } {
      return { waiting: waiting.length + unstarted.size, running: running.size };
    },
  };
}

/** Returns the outcome of a failed job that the user has cancelled. */
function asCancelled({ jobId, durationMs, costMicroUsd }: FailedJob): FailedJob {
  return failedJob(jobId, costMicroUsd === null ? 'cancelled' : 'cancelled_late', durationMs, costMicroUsd);
}
