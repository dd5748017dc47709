// Keeps the generator process alive and pairs its answers with the jobs it was given.

import type { Diagnostics } from '../../../shared/contract/diagnostics';
import { failure, type Result } from '../../../shared/domain/errors';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { OfferedModel, ProviderId } from '../../../shared/domain/models';
import {
  type DerivedPicture,
  type EndedPrefetch,
  failedJob,
  fromGeneratorSchema,
  type Job,
  type LocatedFile,
  type LocateTask,
  type Outcome,
  type PictureJob,
  type PictureProgress,
  type TaskAnswer,
  type TextSoFar,
  type ToGenerator,
} from '../../../shared/generator/messages';

/** A child process as this file needs it; Electron's utility process is one. */
export type GeneratorChild = {
  post: (message: ToGenerator) => void;
  kill: () => void;
};

export type GeneratorOptions = {
  /** Starts a child. `onMessage` and `onExit` are called for this child only; `onExit` once. */
  fork: (onMessage: (message: unknown) => void, onExit: (reason: string) => void) => GeneratorChild;
  /** What each new child is told first. */
  configuration: () => ToGenerator;
  /** Runs work after a while. */
  after: (milliseconds: number, work: () => void) => void;
  /** When the first child starts; left out, at once. Jobs that come before it wait for it. */
  whenToStart?: (start: () => void) => void;
  onStart?: (milliseconds: number) => void;
  /** More of a reply, or how far a picture is. */
  onNews?: (news: TextSoFar | PictureProgress) => void;
  /**
   * A smaller file could take the place of a picture's original. Returns whether the rows show that file now: then
   * the generator may remove the original.
   */
  onDerived?: (derived: DerivedPicture) => boolean;
  /** How a draft at a provider that charges has ended. */
  onPrefetchEnded?: (ended: EndedPrefetch) => void;
  /** The bytes of a picture are here, and will be kept. */
  onArrived?: (jobId: string) => void;
  /** A picture has arrived and finds no room on the disk. Told again and again while it waits. */
  onDiskFull?: () => void;
};

export type Generator = ReturnType<typeof createGenerator>;

type Pending = { job: Job; startedAt: number; end: (outcome: Outcome) => void };

const firstBackOffMs = 100;
const maxBackoffMs = 10_000;
/** So many beats without a word from the child mean that it hangs. */
const silentBeats = 4;
/** While it starts, for which a slow disk may take long, so many do. */
const silentBeatsAtStart = 12;
/** A child that lived this long was well: the next back-off starts from the first again. */
const healthyAfterMs = 30_000;

/**
 * Starts the generator and keeps one alive: a child that dies is replaced, at first at once and then with
 * growing pauses, and each job it held ends with a reason. None is ever left hanging.
 */
export function createGenerator(options: GeneratorOptions) {
  const { fork, configuration, after, onStart, onNews, onArrived, onDerived, onDiskFull } = options;
  const pending = new Map<string, Pending>();
  /** Who waits for the answer to a task; null: there will be none. */
  const asked = new Map<number, (answer: TaskAnswer | null) => void>();
  let lastTask = 0;
  /** Begun while there was no child. */
  let pendingPrefetch: PictureJob | null = null;
  let child: GeneratorChild | null = null;
  let state: Diagnostics['generator']['state'] = 'starting';
  let starts = 0;
  let backOffMs = firstBackOffMs;
  let stopped = false;
  let unanswered = 0;

  function start(): void {
    if (stopped) return;
    const startedAt = performance.now();
    state = 'starting';
    unanswered = 0;
    starts += 1;
    child = fork(
      (message) => receive(message, startedAt),
      (reason) => died(reason, startedAt),
    );
    child.post(configuration());
    if (pendingPrefetch) child.post({ type: 'prefetch', job: pendingPrefetch });
    pendingPrefetch = null;
    // What was asked for between two children.
    for (const { job } of pending.values()) child.post({ type: 'run', job });
  }

  function receive(message: unknown, startedAt: number): void {
    const parsed = fromGeneratorSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The generator sent something that is not in the contract:', parsed.error.message);
      return;
    }
    unanswered = 0;
    if (parsed.data.type === 'alive') return;
    if (parsed.data.type === 'ready') {
      // Each configuration is answered so; only the first one is the start.
      if (state === 'starting') onStart?.(performance.now() - startedAt);
      state = 'ready';
      return;
    }
    if (parsed.data.type === 'arrived') {
      onArrived?.(parsed.data.jobId);
      return;
    }
    if (parsed.data.type === 'disk-full') {
      onDiskFull?.();
      return;
    }
    if (parsed.data.type === 'derived') {
      const { jobId, file } = parsed.data;
      if (onDerived?.(parsed.data)) child?.post({ type: 'release-original', imageId: jobId, file });
      return;
    }
    if (parsed.data.type === 'prefetch-ended') {
      options.onPrefetchEnded?.(parsed.data);
      return;
    }
    if (parsed.data.type === 'text' || parsed.data.type === 'progress') {
      // What a job says after its end is of no interest.
      if (pending.has(parsed.data.jobId)) onNews?.(parsed.data);
      return;
    }
    if ('task' in parsed.data) {
      asked.get(parsed.data.task)?.(parsed.data);
      asked.delete(parsed.data.task);
      return;
    }
    const { jobId } = parsed.data;
    const entry = pending.get(jobId);
    pending.delete(jobId);
    entry?.end(parsed.data);
  }

  function died(reason: string, startedAt: number): void {
    child = null;
    state = 'stopped';
    if (stopped) return;
    console.error(`The generator ended (${reason}); ${pending.size} jobs were in it.`);
    const held = [...pending.values()];
    pending.clear();
    for (const { job, startedAt: begun, end } of held) {
      end(failedJob(job.jobId, 'generator_stopped', performance.now() - begun, possibleCost(job)));
    }
    for (const answer of asked.values()) answer(null);
    asked.clear();
    if (performance.now() - startedAt > healthyAfterMs) backOffMs = firstBackOffMs;
    after(backOffMs, start);
    backOffMs = Math.min(backOffMs * 2, maxBackoffMs);
  }

  function ask<Value>(
    message: (task: number) => ToGenerator,
    read: (answer: TaskAnswer) => Result<Value> | undefined,
  ): Promise<Result<Value>> {
    if (!child) return Promise.resolve(failure('generator_stopped'));
    lastTask += 1;
    const task = lastTask;
    child.post(message(task));
    return new Promise((end) => {
      asked.set(task, (answer) => end((answer && read(answer)) ?? failure('generator_stopped')));
    });
  }

  if (options.whenToStart) options.whenToStart(start);
  else start();

  return {
    /** @returns how the job ended. Never rejects; a job given between two children waits for the next one. */
    run(job: Job): Promise<Outcome> {
      return new Promise((end) => {
        pending.set(job.jobId, { job, startedAt: performance.now(), end });
        child?.post({ type: 'run', job });
      });
    },
    /** Asks a job that was given to stop; it ends through the promise of `run`. */
    stop(jobId: string): void {
      if (child) {
        child.post({ type: 'cancel', jobId });
        return;
      }
      pending.get(jobId)?.end(failedJob(jobId, 'cancelled', 0));
      pending.delete(jobId);
    },
    /** To be called at a steady pace: a child that gives no sign of life for some beats is killed and replaced. */
    beat(): void {
      if (!child) return;
      if (unanswered >= (state === 'ready' ? silentBeats : silentBeatsAtStart)) {
        console.error('The generator gives no sign of life.');
        child.kill();
        return;
      }
      unanswered += 1;
      child.post({ type: 'ping' });
    },
    status(): Diagnostics['generator'] {
      return { state, starts };
    },
    /** Asks for what can be derived from a picture's file to be made again. Between two children it is let be. */
    derive(imageId: string, file: string): void {
      child?.post({ type: 'derive', imageId, file });
    },
    /** Has a file judged and copied in as a picture's own. Never rejects; a death ends it as `generator_stopped`. */
    locate(wanted: LocateTask): Promise<Result<LocatedFile>> {
      return ask(
        (task) => ({ type: 'locate', task, ...wanted }),
        (answer) => (answer.type === 'located' ? answer.result : undefined),
      );
    },
    /** Asks a provider whether its key or its address works; nothing is made. As `locate`, it never rejects. */
    check(provider: ProviderId): Promise<Result<string>> {
      return ask(
        (task) => ({ type: 'check', task, provider }),
        (answer) => (answer.type === 'checked' ? answer.result : undefined),
      );
    },
    /** Asks a provider for its models. As `locate`, it never rejects. */
    listModels(provider: ProviderId): Promise<Result<OfferedModel[]>> {
      return ask(
        (task) => ({ type: 'list-models', task, provider }),
        (answer) => (answer.type === 'listed' ? answer.result : undefined),
      );
    },
    /** Says that the rows show `file` now, so that the original may go. */
    releaseOriginal(imageId: string, file: string): void {
      child?.post({ type: 'release-original', imageId, file });
    },
    /** Begins a picture that may be asked for; where there is no child, the next one does. */
    startPrefetch(job: PictureJob): void {
      if (child) child.post({ type: 'prefetch', job });
      else pendingPrefetch = job;
    },
    discardPrefetch(prefetchId: string): void {
      if (pendingPrefetch?.jobId === prefetchId) pendingPrefetch = null;
      child?.post({ type: 'discard-prefetch', prefetchId });
    },
    /** Tells the child what has changed, such as a key. */
    configure(): void {
      child?.post(configuration());
    },
    /** Ends the child for good. */
    close(): void {
      stopped = true;
      child?.kill();
    },
  };
}

/** The request may have left before the child died. */
function possibleCost(job: Job): number | null {
  return job.kind === 'picture' ? (priceOf(job.model, job.params) ?? 0) : null;
}
