// Begins and ends all jobs. The database rows say which work is unfinished; only the dispatcher acts on them.

import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { maxPostponementMs } from '../../../shared/domain/limits';
import { serviceOf } from '../../../shared/domain/service-directory';
import { type ServiceId, serviceIdSchema } from '../../../shared/domain/services';
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilledReply } from '../../../shared/generator/billing';
import type { Ended } from '../../../shared/generator/ended';
import type { Job } from '../../../shared/generator/jobs';
import { cutOff, type FailedJob, failedJob, type Outcome } from '../../../shared/generator/messages';
import { type AttemptOptions, createAttempts } from '../db/attempts';
import type { UnfinishedWork } from '../db/message-work';
import { type AdoptionOptions, createAdoptions } from './adoptions';
import { createGalleryAnswers, type GalleryAnswerOptions } from './gallery-answers';
import { createPauses } from './pauses';
import { createUnsavedEnds } from './unsaved-ends';
import type { UnsavedWork } from './unsaved-work';

export type DispatcherOptions = AttemptOptions &
  GalleryAnswerOptions &
  AdoptionOptions & {
    /** Returns the unfinished rows, in the order in which their work was requested. */
    unfinished: () => UnfinishedWork[];
    /** Returns why a message's work is refused now; null if it may begin. */
    admit: (message: Message) => FailedJob | null;
    /** Returns false while a provider's key is still being loaded. */
    isReady: (provider: ServiceId) => boolean;
    /** Returns the job of a waiting message: a recovery if the result of an earlier request is still on disk. */
    jobFor: (message: Message) => Job;
    /** Returns the job that recovers the result of an earlier process's request. */
    recoveryOf: (message: Message) => Job;
    /**
     * Records that a request is about to be sent. Returns false if it must not be, because the row has changed since
     * it was read.
     */
    markGenerating: (job: Job, requestedAt: number) => boolean;
    /** Writes a job's result. */
    settle: (ended: Ended) => void;
    /** Puts a free reply that was cut off back into the queue. */
    reset: (messageId: string) => void;
    /** Runs the job. Never rejects: a failure is an outcome. */
    run: (job: Job) => Promise<Outcome>;
    /** Asks a running job to stop; it ends through `run`'s promise. */
    stop: (jobId: string) => void;
    /** Tracks results that are not written yet. */
    unsavedWork: Pick<UnsavedWork, 'add' | 'remove'>;
    /** Runs work once the replies to the current requests have been sent. */
    later: (work: () => void) => void;
    /** UTC milliseconds. */
    now: () => number;
  };

export type Dispatcher = ReturnType<typeof createDispatcher>;

/** Text replies are short and many, and never wait behind pictures. */
const textConcurrency = 8;

/**
 * Reads the unfinished rows whenever something may have changed. Sending, retrying, cancelling, deleting and starting
 * the app only change rows and call `wake`. So a crash needs no special handling: the next pass finds the same rows.
 */
export function createDispatcher(options: DispatcherOptions) {
  const { later, after, now } = options;
  const running = new Map<string, Ended['job']>();
  /** Waiting messages that were admitted. A refusal is in the row; an admission lasts until the app ends. */
  const admitted = new Map<string, Message>();
  const pauses = createPauses(after, now, () => wake());
  /** When the next picture leaves its wait for the user's own limit, in UTC milliseconds. */
  let wakesAt = Number.POSITIVE_INFINITY;
  /** The retry times that have already passed, by row. Decided by timers, because the clock may be set. */
  const waitedFor = new Map<string, number>();
  const attempt = createAttempts(options, () => wake());
  const gallery = createGalleryAnswers(options, attempt);
  const ends = createUnsavedEnds(attempt, options.unsavedWork);
  // Not shown: a name in Diagnostics.
  const endOf = (jobId: string) => `The end of job ${jobId}`;
  const isInWork = (messageId: string) => running.has(messageId) || ends.has(endOf(messageId));
  const adoptions = createAdoptions(options, isInWork, ends.save, () => wake());
  let isScheduled = false;
  let isOpen = false;
  let isClosed = false;

  function wake(): void {
    if (isScheduled || !isOpen) return;
    isScheduled = true;
    later(pass);
  }

  function pass(): void {
    isScheduled = false;
    // Not shown: a name in Diagnostics.
    attempt('The unfinished work', () => {
      ends.saveAll();
      const rows = options.unfinished();
      forgetEnded(rows);
      if (isClosed) return;
      gallery.answer(rows);
      // Not shown: a name in Diagnostics.
      for (const row of rows) attempt(`Message ${row.id}`, () => consider(row));
      adoptions.beginNext();
    });
  }

  /** Rows may also stop waiting without a result, for example when their conversation is deleted. */
  function forgetEnded(rows: readonly UnfinishedWork[]): void {
    const waiting = new Set(rows.filter(isWaiting).map(({ id }) => id));
    for (const id of new Set([...admitted.keys(), ...waitedFor.keys(), ...gallery.known()]))
      if (!waiting.has(id)) forgetWait(id);
  }

  /** A row may wait again before the next pass, with another service, so decisions about it are forgotten. */
  function forgetWait(id: string): void {
    admitted.delete(id);
    waitedFor.delete(id);
    gallery.forget(id);
  }

  function consider(row: UnfinishedWork): void {
    if (running.has(row.id)) {
      if (row.isStopRequested) options.stop(row.id);
      return;
    }
    if (ends.has(endOf(row.id))) return;
    const provider = serviceIdSchema.safeParse(row.provider);
    // Only a version that knows the provider can end its work; until then it shows as failed, with Retry.
    if (row.provider !== null && !provider.success) return;
    if (row.status !== 'pending') recover(row);
    else if (row.isStopRequested) cancelWaiting(row);
    else if (!row.isInTrash && (!provider.success || mayAsk(row, provider.data))) begin(row);
  }

  /** Returns whether a row may begin as soon as its lane has capacity. */
  function mayAsk(row: UnfinishedWork, provider: ServiceId): boolean {
    if (!options.isReady(provider) || gallery.mayAnswer(row)) return false;
    // The user's own limit is checked again each time, because it may have been raised.
    if (row.kind !== 'image' || row.waitsForLimit) return true;
    if (row.retryAt !== null && waitedFor.get(row.id) !== row.retryAt) {
      waitedFor.set(row.id, row.retryAt);
      // Limited, because the clock may have been changed since.
      if (row.retryAt > now()) pauses.add(provider, Math.min(row.retryAt, now() + maxPostponementMs));
    }
    return true;
  }

  function begin(row: UnfinishedWork): void {
    const message = admitted.get(row.id) ?? options.find(row.id);
    // The row may have been answered from the gallery since it was read.
    if (message?.status !== 'pending') return;
    if (!admitted.has(row.id)) {
      const job = options.jobFor(message);
      // A picture that was admitted before waits only for its provider, and a recovery makes no request.
      const isFree = (row.retryAt !== null && !row.waitsForLimit) || job.kind === 'recover';
      const refused = isFree ? null : options.admit(message);
      if (refused) {
        if (refused.retryAfterMs !== undefined) wakeAfter(refused.retryAfterMs);
        if (!waitsAlready(row, refused)) save({ job, outcome: refused, requestedAt: now() });
        return;
      }
      admitted.set(row.id, message);
    }
    if (!hasFreeLane(message)) return;
    const job = options.jobFor(message);
    const requestedAt = now();
    if (options.markGenerating(job, requestedAt)) {
      forgetWait(row.id);
      start(job, requestedAt);
    } else wake();
  }

  /** Starts another pass when a picture's wait may be over. Decided by a timer, because the clock may be set. */
  function wakeAfter(milliseconds: number): void {
    const at = now() + milliseconds;
    if (at >= wakesAt) return;
    wakesAt = at;
    after(milliseconds, () => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY;
      wake();
    });
  }

  /** Returns whether a row already states this refusal, to the second. */
  function waitsAlready({ waitsForLimit, retryAt }: UnfinishedWork, { retryAfterMs }: FailedJob): boolean {
    if (!waitsForLimit || retryAt === null || retryAfterMs === undefined) return false;
    return Math.abs(retryAt - now() - retryAfterMs) < 1000;
  }

  function hasFreeLane({ kind, provider }: Message): boolean {
    if (provider === null) return true;
    if (kind === 'image' && pauses.has(provider)) return false;
    const limit = kind === 'text' ? textConcurrency : serviceOf(provider).concurrency;
    const isSameLane = (job: Job) => job.provider === provider && (job.kind === 'text') === (kind === 'text');
    return [...running.values()].filter(isSameLane).length < limit;
  }

  /** Handles a request that an earlier process began. A billed request is never repeated. */
  function recover(row: UnfinishedWork): void {
    const message = options.find(row.id);
    if (!message) return;
    const job = options.recoveryOf(message);
    const requestedAt = message.updatedAt;
    if (job.kind !== 'text') {
      start(job, requestedAt);
      if (row.isStopRequested) options.stop(row.id);
    } else if (isBilledReply(job)) {
      save({ job, outcome: cutOff(row.id, row.isStopRequested), requestedAt });
    } else if (row.isStopRequested) {
      save({ job, outcome: failedJob(row.id, 'cancelled', 0), requestedAt });
    } else {
      options.reset(row.id);
      wake();
    }
  }

  function cancelWaiting(row: UnfinishedWork): void {
    const message = options.find(row.id);
    if (!message) return;
    save({ job: options.jobFor(message), outcome: failedJob(row.id, 'cancelled', 0), requestedAt: now() });
  }

  function start(job: Job, requestedAt: number): void {
    running.set(job.jobId, job);
    options
      .run(job)
      .catch((error: unknown) => {
        console.error(`Job ${job.jobId} has failed in an unknown way:`, error);
        return failedJob(job.jobId, 'internal', 0);
      })
      .then((outcome) => {
        running.delete(job.jobId);
        save({ job, outcome, requestedAt });
        wake();
      })
      .catch(options.onWriteError);
  }

  function save(ended: Ended): void {
    const { jobId } = ended.job;
    forgetWait(jobId);
    ends.save(endOf(jobId), () => options.settle(ended));
  }

  return {
    /**
     * Schedules a pass over the rows, after the replies to the current requests. Call whenever a row may need work.
     */
    wake,
    /** Starts working. Until then, `wake` does nothing. */
    open(): void {
      isOpen = true;
      wake();
    },
    /** Starts no picture of this provider before `until` (UTC milliseconds). The longest pause counts. */
    pause: pauses.add,
    isPaused: pauses.has,
    /** Returns the admitted pictures that have not begun. Begun ones are in the ledger. */
    waitingPictures(): PictureMessage[] {
      return [...admitted.values()].flatMap((message) => (message.kind === 'image' ? message : []));
    },
    /** Queues arrivals for adoption. Whether a message uses one is decided when its turn comes. */
    adopt(arrivals: readonly Arrival[]): void {
      adoptions.add(arrivals);
      wake();
    },
    /** Writes the result of work that has no row, such as a prefetch, retrying until it succeeds. */
    saveEnd: ends.save,
    /** Tries once more to write pending results, because the app is about to quit. */
    saveEnds: ends.saveAll,
    /**
     * Returns whether a message's job is running or its result unwritten, or an arrival is being adopted. @param id
     * of either.
     */
    isInWork: (id: string): boolean => isInWork(id) || adoptions.isInWork(id),
    isIdle: (): boolean => running.size + admitted.size === 0,
    /** Starts no more jobs. Running ones continue to their end; the next start finds the waiting ones. */
    close(): void {
      isClosed = true;
    },
  };
}

function isWaiting({ status, isInTrash }: UnfinishedWork): boolean {
  return status === 'pending' && !isInTrash;
}
