// Runs the engine's jobs: starts the server that they need, gives the generator its address, and repeats after a crash.
import { engineServiceId } from '../../../../shared/domain/engine';
import { explanationOf, type Failure, failure, type Result } from '../../../../shared/domain/errors';
import type { Job, PictureJob } from '../../../../shared/generator/jobs';
import { failedJob, type Outcome, type PictureProgress } from '../../../../shared/generator/messages';
import type { Target } from './runnable';
import type { ProgressBar } from './server-output';
import type { EngineUse, Supervisor } from './supervisor';

export type EngineJobsOptions = {
  supervisor: Pick<Supervisor, 'use' | 'stop'>;
  /** Whether the id of the engine's service is that of the engine in this run. */
  isEngine: () => boolean;
  /** Returns what a model is run with. */
  targetOf: (model: string) => Result<Target>;
  generator: {
    run: (job: Job) => Promise<Outcome>;
    stop: (jobId: string) => void;
    /** Sends the generator the address of the server. */
    configure: () => void;
  };
  /** Called before a picture is started again after a crash. */
  onRepeat: (jobId: string) => void;
  /** Called when a picture is made with a model. */
  onUse: (target: Target) => void;
};

export type EngineJobs = ReturnType<typeof createEngineJobs>;

/** After this many crashes with the same picture, the picture or its model is considered the cause. */
const maxCrashes = 3;
/** The connection breaks a moment before the system reports the end of the process (ms). */
const maxNoticeMs = 2_000;

export function createEngineJobs(options: EngineJobsOptions) {
  const { supervisor, isEngine, targetOf, generator, onRepeat, onUse } = options;
  const running = new Map<string, AbortController>();
  /** The job that is at the server, and the number of steps that it takes. */
  let current: { jobId: string; steps: number } | null = null;

  async function runPicture(job: PictureJob, signal: AbortSignal): Promise<Outcome> {
    for (let crashes = 1; ; crashes += 1) {
      const target = targetOf(job.model);
      if (!target.ok) return fail(job, target);
      const hasReferences = (job.references?.length ?? 0) > 0;
      if (hasReferences && !target.value.model.edits) return fail(job, failure('no_references'));
      const used = await supervisor.use(target.value, signal);
      if (!used.ok) {
        // One that crashed while it started is tried again like any other.
        if (used.code === 'engine_crashed' && crashes < maxCrashes) continue;
        return fail(job, used);
      }
      if (signal.aborted) {
        used.value.done();
        return fail(job, failure('cancelled'));
      }
      onUse(target.value);
      const steps = job.params.steps ?? target.value.model.defaults.steps;
      const { outcome, crash } = await runAt(used.value, job, steps, signal);
      if (crash === null) return outcome;
      if (signal.aborted) return fail(job, failure('cancelled'));
      if (crash.code === 'engine_out_of_memory' || crashes >= maxCrashes) return fail(job, crash);
      onRepeat(job.jobId);
    }
  }

  async function runAt(use: EngineUse, job: PictureJob, steps: number, signal: AbortSignal) {
    let crash: Failure | null = null;
    let isOver = false;
    const crashed = use.crashed.then((result) => {
      if (isOver || result.ok || result.code === 'cancelled') return;
      crash = result;
      generator.stop(job.jobId);
    });
    current = { jobId: job.jobId, steps };
    generator.configure();
    const outcome = await generator.run(job);
    if (isLost(outcome) && !signal.aborted) await Promise.race([crashed, wait(maxNoticeMs)]);
    isOver = true;
    current = null;
    // The server goes on with a cancelled picture, unless it can stop it.
    const isAbandoned = signal.aborted || isFailure(outcome, 'generator_stopped', 'timed_out', 'cancelled');
    if (isAbandoned && outcome.type === 'failed' && !use.canCancelGenerating) await supervisor.stop();
    use.done();
    if (outcome.type !== 'failed') return { outcome, crash: null };
    // It says that it has no memory, and goes on.
    const isShort = isFailure(outcome, 'provider_unavailable') && use.ranOutOfMemory();
    return { outcome, crash: isShort ? failure('engine_out_of_memory') : lastValue(crash) };
  }

  return {
    /** Runs any job. One of the engine waits for its server. Never rejects. */
    async run(job: Job): Promise<Outcome> {
      if (job.provider !== engineServiceId || job.kind !== 'picture' || !isEngine())
        return generator.run(job);
      const stop = new AbortController();
      running.set(job.jobId, stop);
      try {
        return await runPicture(job, stop.signal);
      } finally {
        running.delete(job.jobId);
      }
    },
    stop(jobId: string): void {
      running.get(jobId)?.abort();
      generator.stop(jobId);
    },
    isRunning: (): boolean => running.size > 0,
    /** Returns the job whose progress a bar of the server shows, and how far it is. Loading a model has bars of its own. */
    progressOf({ step, steps, secondsPerStep }: ProgressBar): Omit<PictureProgress, 'type'> | null {
      if (current?.steps !== steps || step > steps) return null;
      const secondsLeft = Math.round((steps - step) * secondsPerStep);
      return {
        jobId: current.jobId,
        fraction: step / steps,
        steps: { done: step, total: steps, secondsLeft },
      };
    },
  };
}

/** TypeScript does not see that a callback has assigned the variable. */
function lastValue<Value>(value: Value): Value {
  return value;
}

function fail({ jobId }: PictureJob, failure: Failure): Outcome {
  return { ...failedJob(jobId, failure.code, 0), ...explanationOf(failure) };
}

function isLost(outcome: Outcome): boolean {
  return isFailure(outcome, 'connection_lost', 'unreachable', 'bad_answer');
}

function isFailure(outcome: Outcome, ...codes: string[]): boolean {
  return outcome.type === 'failed' && codes.includes(outcome.code);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
