// The jobs that the generator was given and that have not ended.
import { z } from 'zod';
import { possibleCost } from '../../../shared/generator/billing';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';

type Pending = { job: Job; startedAt: number; end: (outcome: Outcome) => void };

/** The fields that identify a message's job. */
const brokenSchema = z.object({ type: z.unknown().optional(), jobId: z.string() });
const newsTypes: readonly unknown[] = ['text', 'progress', 'arrived', 'showable', 'derived'];

export function createPendingJobs() {
  const pending = new Map<string, Pending>();

  function endAs({ job, startedAt, end }: Pending, code: 'bad_answer' | 'generator_stopped'): void {
    end(failedJob(job.jobId, code, performance.now() - startedAt, possibleCost(job)));
  }

  return {
    /** Resolves with the outcome that the job is ended with. Never rejects. */
    add(job: Job): Promise<Outcome> {
      return new Promise((end) => {
        pending.set(job.jobId, { job, startedAt: performance.now(), end });
      });
    },
    has: (jobId: string): boolean => pending.has(jobId),
    jobs: (): Job[] => [...pending.values()].map(({ job }) => job),
    /** Ends a job; one that has ended already stays as it is. */
    end(outcome: Outcome): void {
      const entry = pending.get(outcome.jobId);
      pending.delete(outcome.jobId);
      entry?.end(outcome);
    },
    /**
     * Ends the job of an unreadable outcome, which would otherwise never end. Unreadable updates are ignored, because
     * the outcome follows.
     */
    endBroken(message: unknown): void {
      const { data } = brokenSchema.safeParse(message);
      const entry = data && !newsTypes.includes(data.type) ? pending.get(data.jobId) : undefined;
      if (!entry) return;
      pending.delete(entry.job.jobId);
      endAs(entry, 'bad_answer');
    },
    /** Ends every job, because the process that ran them has ended. */
    failAll(): void {
      const lost = [...pending.values()];
      pending.clear();
      for (const entry of lost) endAs(entry, 'generator_stopped');
    },
  };
}
