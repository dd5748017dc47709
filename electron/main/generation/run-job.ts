// How a job runs to its end although the generator may die under it, and nothing is paid for twice.
import { type AdoptJob, failedJob, type Job, type Outcome } from '../../../shared/generator-messages';
import { priceOf, providers } from '../../../shared/models';

/** So many deaths of the generator with the same job in hand are that job's doing. */
const mostDeaths = 3;

/**
 * Wraps the generator's `run`.
 *
 * When the generator dies, a free job runs again in the next one, one suspect at a time, so that a job that kills
 * it is found out by its third death and takes no other with it. What may have been billed is never asked for
 * again: words end as `interrupted`, with what had come of them; a picture is looked for on disk, and where it is not
 * there it ends so too, for the person to decide.
 *
 * @param give gives a job to the generator; never rejects; a death ends it as `generator_stopped`.
 */
export function createRunJob(give: (job: Job) => Promise<Outcome>): (job: Job) => Promise<Outcome> {
  /** An edit without its picture would be another picture, and cost as much. */
  function run(job: Job): Promise<Outcome> {
    return lacksReference(job) ? Promise.resolve(failedJob(job.jobId, 'reference_gone', 0)) : give(job);
  }

  let suspectsDone: Promise<unknown> = Promise.resolve();

  /** Runs `work` when every suspect before it is done. */
  function alone(work: () => Promise<Outcome>): Promise<Outcome> {
    const turn = suspectsDone.then(work);
    suspectsDone = turn;
    return turn;
  }

  async function runOnce(job: Job): Promise<Outcome> {
    if (job.kind !== 'adopt') return run(job);
    const outcome = await run(job);
    if (!isFailure(outcome, 'nothing_to_adopt')) return outcome;
    if (providers[job.provider].local) return run({ ...job, kind: 'picture' });
    return interrupted(job);
  }

  async function runAgain(job: Job): Promise<Outcome> {
    for (let deaths = 1; deaths < mostDeaths; deaths += 1) {
      const outcome = await runOnce(job);
      if (!isFailure(outcome, 'generator_stopped')) return outcome;
    }
    return failedJob(job.jobId, 'generator_stopped', 0, possibleCost(job));
  }

  return async (job) => {
    const outcome = await runOnce(job);
    if (!isFailure(outcome, 'generator_stopped')) return outcome;
    if (isBilledReply(job)) return failedJob(job.jobId, 'interrupted', 0);
    const next: Job = mayHaveBeenBilled(job) ? { ...job, kind: 'adopt' } : job;
    return alone(() => runAgain(next));
  };
}

/** A picture may go to Trash, or its file away, between the wish and the request. */
function lacksReference(job: Job): boolean {
  return job.kind === 'picture' && (job.references?.length ?? 0) < (job.params.references?.length ?? 0);
}

function isFailure(outcome: Outcome, code: 'nothing_to_adopt' | 'generator_stopped'): boolean {
  return outcome.type === 'failed' && outcome.code === code;
}

function mayHaveBeenBilled(job: Job): job is Exclude<Job, { kind: 'text' }> {
  return job.kind !== 'text' && !providers[job.provider].local;
}

/** @returns whether these are words of a model that may be billed. A provider without one answers by itself. */
export function isBilledReply(job: Job): boolean {
  return job.kind === 'text' && job.model !== null && !providers[job.provider].local;
}

function interrupted(job: AdoptJob): Outcome {
  return failedJob(job.jobId, 'interrupted', 0, possibleCost(job));
}

/** What the picture may have cost: zero where nobody knows the price, null where nothing can have been charged. */
function possibleCost(job: Job): number | null {
  return mayHaveBeenBilled(job) ? (priceOf(job.model, job.params) ?? 0) : null;
}
