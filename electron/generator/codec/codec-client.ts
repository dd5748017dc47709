// Sends tasks to the codec process, and repeats them after a crash until the task that causes it is identified.
import { type CodecTask, fromCodecSchema, type ToCodec } from '../../../shared/generator/codec-messages';

/** A task that is interrupted by this many crashes is taken to be their cause. */
export const maxCrashes = 3;

/** A process without tasks ends after this time, because it holds some 60 MB. The next job starts another one. */
const defaultMaxIdleMs = 60_000;

export type CodecHost = {
  /** Requests a codec process. Its port, or its exit, is reported later. */
  start: () => void;
  /** Reports `works` with the first task and with each answer, and `rests` when no tasks are left. */
  report: (state: 'works' | 'rests') => void;
  /** Requests the end of an idle process. Its exit is not reported. */
  dismiss: () => void;
  /** Returns whether tasks are about to come. */
  isWanted: () => boolean;
  /** Time without tasks after which the process ends; one minute if absent. */
  maxIdleMs?: number;
};

/** One end of a message channel to a codec process. */
export type CodecPort = { postMessage: (message: ToCodec) => void };

type Entry = {
  task: CodecTask;
  crashes: number;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
};

export type CodecClient = ReturnType<typeof createCodecClient>;

/**
 * Starts a codec process for the first task, and a new one after a crash. The tasks that a crash interrupted run
 * again one at a time, so that a file that crashes the codec is identified without failing others.
 */
export function createCodecClient({
  start,
  report,
  dismiss,
  isWanted,
  maxIdleMs = defaultMaxIdleMs,
}: CodecHost) {
  const waiting: Entry[] = [];
  const running = new Map<number, Entry>();
  let port: CodecPort | null = null;
  let isStarting = false;
  let lastTask = 0;
  let isReportedWorking = false;
  let idle: NodeJS.Timeout | undefined;

  /** Restarts the timer that ends an idle process. */
  function watchIdle(): void {
    clearTimeout(idle);
    idle = undefined;
    if (!port || running.size > 0) return;
    idle = setTimeout(() => {
      if (isWanted()) return watchIdle();
      port = null;
      dismiss();
    }, maxIdleMs);
    idle.unref();
  }

  function warmUp(): void {
    watchIdle();
    if (port || isStarting) return;
    isStarting = true;
    start();
  }

  /** @param isHeardOf whether the process has just answered, which shows that it responds. */
  function runNext(isHeardOf = false): void {
    if (waiting.length > 0) warmUp();
    startWaiting();
    watchIdle();
    const isWorking = running.size > 0;
    if (isWorking !== isReportedWorking || (isWorking && isHeardOf)) report(isWorking ? 'works' : 'rests');
    isReportedWorking = isWorking;
  }

  function startWaiting(): void {
    while (port) {
      const [next] = waiting;
      const isSuspectRunning = [...running.values()].some(({ crashes }) => crashes > 0);
      if (!next || isSuspectRunning || (next.crashes > 0 && running.size > 0)) return;
      waiting.shift();
      lastTask += 1;
      running.set(lastTask, next);
      port.postMessage({ task: lastTask, ...next.task });
    }
  }

  return {
    /** Starts the process if there is none, because a task is about to come. */
    warmUp,
    /** Resolves with the codec's answer. Rejects if the task crashed the codec `maxCrashes` times. */
    run(task: CodecTask): Promise<unknown> {
      return new Promise((resolve, reject) => {
        waiting.push({ task, crashes: 0, resolve, reject });
        runNext();
      });
    },
    /** Called when the process is running. @param connected its port */
    connect(connected: CodecPort): void {
      port = connected;
      isStarting = false;
      runNext();
    },
    /** Called for each message of the process. */
    receive(message: unknown): void {
      const { data } = fromCodecSchema.safeParse(message);
      const entry = data && running.get(data.task);
      if (!entry) return;
      running.delete(data.task);
      entry.resolve(data.answer);
      runNext(true);
    },
    /** Called when the process has ended. */
    end(): void {
      port = null;
      isStarting = false;
      const interrupted = [...running.values()];
      running.clear();
      isReportedWorking = false;
      for (const entry of interrupted) {
        entry.crashes += 1;
        if (entry.crashes >= maxCrashes) entry.reject(new Error('The codec ended with this task each time.'));
      }
      waiting.unshift(...interrupted.filter(({ crashes }) => crashes < maxCrashes));
      runNext();
    },
  };
}
