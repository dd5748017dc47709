// Keeps the generator process alive and pairs its replies with the jobs that it was given.

import type { Diagnostics } from '../../../shared/contract/diagnostics';
import { failure } from '../../../shared/domain/errors';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import {
  type ArrivedPicture,
  type DerivedPicture,
  type EndedPrefetch,
  failedJob,
  fromGeneratorSchema,
  type Outcome,
  type PictureProgress,
  type ShowablePicture,
  type TextSoFar,
  type ToGenerator,
} from '../../../shared/generator/messages';
import type { ProxyAnswer, ProxyQuestion } from '../../../shared/generator/proxies';
import { createHangWatch } from '../logging/hang-watch';
import { createGeneratorTasks, type RunTask } from './generator-tasks';
import { createPendingJobs } from './pending-jobs';
import { createPendingTasks } from './pending-tasks';

/** A child process as this file needs it; Electron's utility process is one. */
export type GeneratorChild = {
  post: (message: ToGenerator) => void;
  kill: () => void;
  /** Processor time that it has used (ms); null or absent: unknown. */
  processorMs?: () => number | null;
};

export type GeneratorOptions = {
  /** Starts a child. `onMessage` and `onExit` are called for this child only; `onExit` once. */
  fork: (onMessage: (message: unknown) => void, onExit: (reason: string) => void) => GeneratorChild;
  /** Returns the first message for each new child. */
  configuration: () => ToGenerator;
  /** Runs work after a number of milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
  /** Calls `start` once the first child may start; absent: at once. Jobs wait until then. */
  whenToStart?: (start: () => void) => void;
  /** The first child starts only when there is work for it, or `warmUp()` was called. */
  isOnDemand?: boolean;
  onStart?: (milliseconds: number) => void;
  /** Called with more text of a reply, or a picture's progress. */
  onJobUpdate?: (news: TextSoFar | PictureProgress) => void;
  /** Called when the bytes of a picture are on disk and can be shown, before they are opened and stored. */
  onShowable?: (picture: ShowablePicture) => void;
  /**
   * Called when a display file can replace a picture's original. Returns whether the rows now name that file, so that
   * the generator may remove the original.
   */
  onDerived?: (derived: DerivedPicture) => boolean;
  /** Called when the missing small versions of a picture have been made, as far as possible. */
  onSmallVersions?: (imageId: string) => void;
  /** Called when a prefetch at a provider that charges has ended. */
  onPrefetchEnded?: (ended: EndedPrefetch) => void;
  /** Called when the bytes of a picture have arrived, before they are written. */
  onArrived?: (jobId: string) => void;
  /** Called at the same time, if the picture's job has not ended. */
  onAnnounced?: (picture: ArrivedPicture) => void;
  /** Called when a job has ended, before its outcome is passed on. */
  onJobEnd?: (jobId: string) => void;
  /** Called repeatedly while a received picture waits for free disk space. */
  onDiskFull?: () => void;
  /** Answers a question about proxies. Must not reject. Absent: no question is answered. */
  answerProxyQuestion?: (question: ProxyQuestion) => Promise<ProxyAnswer>;
};

export type Generator = ReturnType<typeof createGenerator>;

const firstBackOffMs = 100;
const maxBackoffMs = 10_000;
/** Time between two pings (ms). */
export const pingIntervalMs = 5_000;
/**
 * A child that leaves this many pings unanswered hangs, unless it is only starved of processor time: killing it would
 * interrupt requests that may be charged.
 */
const maxUnansweredPings = 4;
/** The same while it starts, which takes long on a slow disk. */
const maxUnansweredPingsAtStart = 12;
/** A child that ran this long was healthy, so the next back-off is the first one again. */
const healthyAfterMs = 30_000;

/**
 * Starts the generator and keeps it alive. A child that exits is replaced, with growing pauses, and each of its jobs
 * ends with a reason.
 */
export function createGenerator(options: GeneratorOptions) {
  const { fork, configuration, after, onStart, onJobUpdate, onShowable, onArrived, onDerived, onDiskFull } =
    options;
  const jobs = createPendingJobs();
  const tasks = createPendingTasks();
  let child: GeneratorChild | null = null;
  let state: Diagnostics['generator']['state'] = options.isOnDemand ? 'idle' : 'starting';
  let mayStart = options.whenToStart === undefined;
  let isNeeded = !options.isOnDemand;
  let starts = 0;
  let backOffMs = firstBackOffMs;
  let stopped = false;
  let unanswered = 0;
  const watch = createHangWatch({
    maxMs: maxUnansweredPings * pingIntervalMs,
    processorMs: () => child?.processorMs?.() ?? null,
    elapsed: () => unanswered * pingIntervalMs,
  });

  function start(): void {
    if (stopped) return;
    const startedAt = performance.now();
    state = 'starting';
    unanswered = 0;
    starts += 1;
    child = fork(
      (message) => receive(message, startedAt),
      (reason) => onChildExit(reason, startedAt),
    );
    child.post(configuration());
    // Jobs and tasks that were given while there was no child.
    for (const job of jobs.jobs()) child.post({ type: 'run', job });
    tasks.sendWaiting(child.post);
  }

  /** Starts the first child as soon as permitted. Later children replace it automatically. */
  function needChild(): void {
    isNeeded = true;
    if (mayStart && starts === 0) start();
  }

  function receive(message: unknown, startedAt: number): void {
    const parsed = fromGeneratorSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The generator sent something that is not in the contract:', parsed.error.message);
      jobs.endBroken(message);
      tasks.endBroken(message);
      return;
    }
    unanswered = 0;
    if (parsed.data.type === 'alive') return;
    if (parsed.data.type === 'ready') {
      // The child sends `ready` after every configuration; only the first one ends its start.
      if (state === 'starting') onStart?.(performance.now() - startedAt);
      state = 'ready';
      return;
    }
    if (parsed.data.type === 'arrived') {
      onArrived?.(parsed.data.jobId);
      if (jobs.has(parsed.data.jobId)) options.onAnnounced?.(parsed.data);
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
    if (parsed.data.type === 'find-proxy' || parsed.data.type === 'proxy-login') {
      const asking = child;
      void options.answerProxyQuestion?.(parsed.data).then((answer) => {
        // A new child has not asked this question.
        if (child === asking) asking?.post(answer);
      });
      return;
    }
    if (parsed.data.type === 'text' || parsed.data.type === 'progress') {
      // An update of a job that has ended is ignored.
      if (jobs.has(parsed.data.jobId)) onJobUpdate?.(parsed.data);
      return;
    }
    if (parsed.data.type === 'showable') {
      if (jobs.has(parsed.data.jobId)) onShowable?.(parsed.data);
      return;
    }
    if ('task' in parsed.data) {
      tasks.resolve(parsed.data);
      return;
    }
    jobs.end(parsed.data);
  }

  function onChildExit(reason: string, startedAt: number): void {
    child = null;
    state = 'stopped';
    if (stopped) return;
    console.error(`The generator ended (${reason}); ${jobs.jobs().length} jobs were in it.`);
    jobs.failAll();
    tasks.failSent();
    if (performance.now() - startedAt > healthyAfterMs) backOffMs = firstBackOffMs;
    after(backOffMs, start);
    backOffMs = Math.min(backOffMs * 2, maxBackoffMs);
  }

  const runTask: RunTask = (message, read) => {
    if (stopped) return Promise.resolve(failure('generator_stopped'));
    needChild();
    const ended = tasks.add(message, read);
    if (child) tasks.sendWaiting(child.post);
    return ended;
  };

  options.whenToStart?.(() => {
    mayStart = true;
    if (isNeeded) needChild();
  });
  if (isNeeded) needChild();

  return {
    ...createGeneratorTasks(runTask, options),
    /** Resolves with the job's outcome. Never rejects; without a child, the job waits for the next one. */
    run(job: Job): Promise<Outcome> {
      needChild();
      const ended = jobs.add(job);
      void ended.then(() => options.onJobEnd?.(job.jobId));
      child?.post({ type: 'run', job });
      return ended;
    },
    /** Asks a job to stop; it ends through the promise of `run`. */
    stop(jobId: string): void {
      if (child) child.post({ type: 'cancel', jobId });
      else jobs.end(failedJob(jobId, 'cancelled', 0));
    },
    /** Pings the child, and replaces one that hangs. Call every `pingIntervalMs`. */
    ping(): void {
      if (!child) return;
      if (unanswered === 0) watch.restart();
      const isHanging = watch.isHanging();
      if (isHanging && unanswered >= (state === 'ready' ? maxUnansweredPings : maxUnansweredPingsAtStart)) {
        console.error('The generator does not respond and is replaced.');
        child.kill();
        return;
      }
      unanswered += 1;
      child.post({ type: 'ping' });
    },
    /** Starts the first child if it is not running, because work is imminent. */
    warmUp: needChild,
    status(): Diagnostics['generator'] {
      return { state, starts };
    },
    /** Returns whether it has jobs, so that background work can wait. */
    isBusy: (): boolean => jobs.jobs().length > 0,
    /** Tells the generator that the rows now name `file`, so that it may remove the original. */
    releaseOriginal(imageId: string, file: string): void {
      needChild();
      child?.post({ type: 'release-original', imageId, file });
    },
    /**
     * Returns whether a prefetch can start. It does not wait for a child, because its charge is counted from its start and
     * it may be discarded before there is one.
     */
    mayPrefetch(): boolean {
      needChild();
      return child !== null;
    },
    startPrefetch(job: PictureJob): void {
      child?.post({ type: 'prefetch', job });
    },
    discardPrefetch(requestId: string): void {
      child?.post({ type: 'discard-prefetch', requestId });
    },
    /** Sends the child the current configuration, such as a changed key. */
    configure(): void {
      child?.post(configuration());
    },
    /** Ends the child without replacing it. */
    close(): void {
      stopped = true;
      child?.kill();
    },
  };
}
