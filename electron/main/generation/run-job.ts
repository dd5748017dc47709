// Runs a job to its end even if the generator crashes, and never pays twice.

import { serviceOf } from '../../../shared/domain/service-directory';
import { isBilled, isBilledReply, possibleCost } from '../../../shared/generator/billing';
import type { Job, RecoverJob } from '../../../shared/generator/jobs';
import { cutOff, type FailedJob, failedJob, type Outcome } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';

/** After this many generator crashes with the same job, the job is assumed to be the cause. */
const maxCrashes = 3;

export type RunJobOptions = {
  /** Runs a job in the generator. Never rejects; a crash ends it as `generator_stopped`. */
  runInGenerator: (job: Job) => Promise<Outcome>;
  /** Asks the generator to stop a job; it ends through `runInGenerator`'s promise. */
  stopInGenerator: (jobId: string) => void;
};

/**
 * Wraps the generator's `run` and `stop`.
 *
 * After a crash, free jobs run again one at a time, so that a job that crashes the generator is identified at its
 * third crash and affects no other job. A request that may have been billed is never repeated: a text reply ends as
 * `interrupted` with the text that had arrived; a picture is looked for on disk, and if it is not there, it ends as
 * `interrupted` too, and the user decides.
 *
 * A job that is stopped while it waits for its turn ends at once. If it may have been billed, its outcome says so.
 */
export function createRunJob({ runInGenerator, stopInGenerator }: RunJobOptions) {
  /** Stops each unfinished job, also while it waits for its turn. */
  const stops = new Map<string, AbortController>();
  let previousSuspect: Promise<unknown> = Promise.resolve();

  /** Ends an edit whose reference is gone: it would make a different picture and cost as much. */
  function run(job: Job, signal: AbortSignal): Promise<Outcome> {
    // A recovery makes no request, and may find a picture that was paid for.
    if (signal.aborted && job.kind !== 'recover') return Promise.resolve(cancelled(job));
    return lacksReference(job)
      ? Promise.resolve(failedJob(job.jobId, 'reference_gone', 0))
      : runInGenerator(job);
  }

  /** Runs `work` after every earlier suspect. A job that is stopped before its turn ends at once. */
  async function runAlone(job: Job, signal: AbortSignal, work: () => Promise<Outcome>): Promise<Outcome> {
    let isStarted = false;
    const before = previousSuspect;
    const turn = before.then(() => {
      if (signal.aborted) return cancelled(job);
      isStarted = true;
      return work();
    });
    previousSuspect = turn;
    await Promise.race([before, whenAborted(signal)]);
    return isStarted ? turn : cancelled(job);
  }

  async function runOnce(job: Job, signal: AbortSignal): Promise<Outcome> {
    if (job.kind !== 'recover') return run(job, signal);
    const outcome = await run(job, signal);
    if (isFailure(outcome, 'cancelled')) return cancelled(job);
    if (!isFailure(outcome, 'nothing_to_recover')) return outcome;
    if (!isBilled(job)) return run({ ...job, kind: 'picture' }, signal);
    return interrupted(job, outcome);
  }

  async function runAgain(job: Job, signal: AbortSignal): Promise<Outcome> {
    for (let crashes = 1; crashes < maxCrashes; crashes += 1) {
      const outcome = await runOnce(job, signal);
      if (!isFailure(outcome, 'generator_stopped')) return outcome;
    }
    return failedJob(job.jobId, 'generator_stopped', 0, possibleCost(job));
  }

  async function runToEnd(job: Job, signal: AbortSignal): Promise<Outcome> {
    const outcome = await runOnce(job, signal);
    if (!isFailure(outcome, 'generator_stopped')) return outcome;
    if (isBilledReply(job)) return cutOff(job.jobId, signal.aborted);
    const next: Job = mayHaveBeenBilled(job) ? { ...job, kind: 'recover' } : job;
    return runAlone(next, signal, () => runAgain(next, signal));
  }

  return {
    /** Resolves with the job's outcome. Never rejects. */
    async run(job: Job): Promise<Outcome> {
      const stop = new AbortController();
      stops.set(job.jobId, stop);
      const outcome = await runToEnd(job, stop.signal);
      stops.delete(job.jobId);
      return outcome;
    },
    /** Asks an unfinished job to stop; it ends through `run`'s promise. */
    stop(jobId: string): void {
      stops.get(jobId)?.abort();
      stopInGenerator(jobId);
    },
  };
}

/** A reference may go to Trash, or lose its file, before the request leaves. */
function lacksReference(job: Job): boolean {
  return job.kind === 'picture' && (job.references?.length ?? 0) < (job.params.references?.length ?? 0);
}

function isFailure(
  outcome: Outcome,
  code: 'nothing_to_recover' | 'generator_stopped' | 'cancelled',
): outcome is FailedJob {
  return outcome.type === 'failed' && outcome.code === code;
}

function mayHaveBeenBilled(job: Job): job is Exclude<Job, { kind: 'text' }> {
  return job.kind !== 'text' && isBilled(job);
}

/** A picture that is being recovered had been requested. */
function cancelled(job: Job): Outcome {
  const mayBePaid = job.kind === 'recover' && mayHaveBeenBilled(job) && !serviceOf(job.provider).free;
  if (!mayBePaid) return failedJob(job.jobId, 'cancelled', 0);
  return failedJob(job.jobId, 'cancelled_late', 0, possibleCost(job));
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
}

/** @param lost its cost is that of the bytes found on disk; null if none are known to have arrived. */
function interrupted(job: RecoverJob, lost: FailedJob): Outcome {
  const { jobId } = job;
  return lost.costMicroUsd === null
    ? failedJob(jobId, 'interrupted', 0, possibleCost(job))
    : failedJob(jobId, 'interrupted', 0, lost.costMicroUsd, sentence('chat.interrupted_arrived'));
}
