// Sends tasks to the codec process, and repeats them after a crash until the task that causes it is identified.
import { type CodecTask, fromCodecSchema, type ToCodec } from '../../../shared/generator/codec-messages';

/** A task that is interrupted by this many crashes is taken to be their cause. */
export const maxCrashes = 3;

/** A process that has had no task for so long ends, because it holds some 60 MB. The next one starts with the next job. */
const defaultMaxIdleMs = 60_000;

export type CodecHost = {
  /** Asks for a codec process. Its port, or its end, is reported later. */
  start: () => void;
  /** Says that the process has tasks, with the first of them and with each answer, or none any more. */
  report: (state: 'works' | 'rests') => void;
  /** Asks for the end of a process that has nothing to do. Its end is not reported. */
  dismiss: () => void;
  /** Returns whether tasks are about to come. */
  isWanted: () => boolean;
  /** Absent: one minute. */
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
 * Starts a codec process for the first task, and a new one after a crash. The tasks that a crash interrupted run again,
 * one at a time and nothing beside them: a file that crashes the codec is found without harm to others.
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

  /** Begins to wait anew for the end of a process that has no tasks. */
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

  /** @param isHeardOf whether the process has just answered. */
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
    /** Rejects if the task crashed the codec too often. */
    run(task: CodecTask): Promise<unknown> {
      return new Promise((resolve, reject) => {
        waiting.push({ task, crashes: 0, resolve, reject });
        runNext();
      });
    },
    /** There is a process now. @param connected its port */
    connect(connected: CodecPort): void {
      port = connected;
      isStarting = false;
      runNext();
    },
    /** The process has sent a message. */
    receive(message: unknown): void {
      const { data } = fromCodecSchema.safeParse(message);
      const entry = data && running.get(data.task);
      if (!entry) return;
      running.delete(data.task);
      entry.resolve(data.answer);
      runNext(true);
    },
    /** The process has ended. */
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
