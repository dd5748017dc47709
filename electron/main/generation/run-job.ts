// How a job runs to its end although the generator may die under it, and nothing is paid for twice.

import { priceOf } from '../../../shared/domain/model-lookup';
import { isBilled, isBilledReply } from '../../../shared/generator/billing';
import { failedJob, type Job, type Outcome, type RecoverJob } from '../../../shared/generator/messages';

/** So many deaths of the generator with the same job in hand are that job's doing. */
const maxDeaths = 3;

export type RunJobOptions = {
  /** Gives a job to the generator. Never rejects; a death ends it as `generator_stopped`. */
  give: (job: Job) => Promise<Outcome>;
  /** Asks the generator to stop a job that it has; it ends through `give`'s promise. */
  stopGiven: (jobId: string) => void;
};

/**
 * Wraps the generator's `run` and `stop`.
 *
 * When the generator dies, a free job runs again in the next one, one suspect at a time, so that a job that kills
 * it is found out by its third death and takes no other with it. What may have been billed is never asked for
 * again: words end as `interrupted`, with what had come of them; a picture is looked for on disk, and where it is not
 * there it ends so too, for the user to decide.
 *
 * What is stopped while it waits for its turn ends at once. One that may have been billed says so, and Retry looks
 * for it on disk first.
 */
export function createRunJob({ give, stopGiven }: RunJobOptions) {
  /** Of every job that is under way: what ends its waiting. */
  const stops = new Map<string, AbortController>();
  let suspectsDone: Promise<unknown> = Promise.resolve();

  /** An edit without its picture would be another picture, and cost as much. */
  function run(job: Job, signal: AbortSignal): Promise<Outcome> {
    // A look at the disk asks nobody for anything, and may find what was paid for.
    if (signal.aborted && job.kind !== 'recover') return Promise.resolve(stopped(job));
    return lacksReference(job) ? Promise.resolve(failedJob(job.jobId, 'reference_gone', 0)) : give(job);
  }

  /** Runs `work` when every suspect before it is done. What is stopped before then does not wait for that. */
  async function alone(job: Job, signal: AbortSignal, work: () => Promise<Outcome>): Promise<Outcome> {
    let isBegun = false;
    const before = suspectsDone;
    const turn = before.then(() => {
      if (signal.aborted) return stopped(job);
      isBegun = true;
      return work();
    });
    suspectsDone = turn;
    await Promise.race([before, whenAborted(signal)]);
    return isBegun ? turn : stopped(job);
  }

  async function runOnce(job: Job, signal: AbortSignal): Promise<Outcome> {
    if (job.kind !== 'recover') return run(job, signal);
    const outcome = await run(job, signal);
    if (isFailure(outcome, 'cancelled')) return stopped(job);
    if (!isFailure(outcome, 'nothing_to_recover')) return outcome;
    if (!isBilled(job)) return run({ ...job, kind: 'picture' }, signal);
    return interrupted(job);
  }

  async function runAgain(job: Job, signal: AbortSignal): Promise<Outcome> {
    for (let deaths = 1; deaths < maxDeaths; deaths += 1) {
      const outcome = await runOnce(job, signal);
      if (!isFailure(outcome, 'generator_stopped')) return outcome;
    }
    return failedJob(job.jobId, 'generator_stopped', 0, possibleCost(job));
  }

  async function runToEnd(job: Job, signal: AbortSignal): Promise<Outcome> {
    const outcome = await runOnce(job, signal);
    if (!isFailure(outcome, 'generator_stopped')) return outcome;
    if (isBilledReply(job)) return failedJob(job.jobId, 'interrupted', 0);
    const next: Job = mayHaveBeenBilled(job) ? { ...job, kind: 'recover' } : job;
    return alone(next, signal, () => runAgain(next, signal));
  }

  return {
    /** @returns how the job ended. Never rejects. */
    async run(job: Job): Promise<Outcome> {
      const stop = new AbortController();
      stops.set(job.jobId, stop);
      const outcome = await runToEnd(job, stop.signal);
      stops.delete(job.jobId);
      return outcome;
    },
    /** Asks a job that is under way to stop, wherever it is; it ends through `run`'s promise. */
    stop(jobId: string): void {
      stops.get(jobId)?.abort();
      stopGiven(jobId);
    },
  };
}

/** A picture may go to Trash, or its file away, between the wish and the request. */
function lacksReference(job: Job): boolean {
  return job.kind === 'picture' && (job.references?.length ?? 0) < (job.params.references?.length ?? 0);
}

function isFailure(
  outcome: Outcome,
  code: 'nothing_to_recover' | 'generator_stopped' | 'cancelled',
): boolean {
  return outcome.type === 'failed' && outcome.code === code;
}

function mayHaveBeenBilled(job: Job): job is Exclude<Job, { kind: 'text' }> {
  return job.kind !== 'text' && isBilled(job);
}

/** What is looked for on disk had been asked for. */
function stopped(job: Job): Outcome {
  const isPaidFor = job.kind === 'recover' && mayHaveBeenBilled(job);
  if (!isPaidFor) return failedJob(job.jobId, 'cancelled', 0);
  return failedJob(job.jobId, 'cancelled_late', 0, possibleCost(job));
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
}

function interrupted(job: RecoverJob): Outcome {
  return failedJob(job.jobId, 'interrupted', 0, possibleCost(job));
}

/** What the picture may have cost: zero where nobody knows the price, null where nothing can have been charged. */
function possibleCost(job: Job): number | null {
  return mayHaveBeenBilled(job) ? (priceOf(job.model, job.params) ?? 0) : null;
}
