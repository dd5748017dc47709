// The main process's side of the importer: starts its process on demand and matches replies to tasks.
import {
  type FromImporter,
  fromImporterSchema,
  type ImporterTask,
  type ImportPlace,
  type ToImporter,
} from '../../../shared/generator/importer-messages';

/** The parts of a child process that this file needs; Electron's utility process has them. */
export type ImporterChild = { post: (message: ToImporter) => void; kill: () => void };

export type ForkImporter = (onMessage: (message: unknown) => void, onExit: () => void) => ImporterChild;

export type Importer = ReturnType<typeof createImporter>;

/** Rejects a task whose process ended before it replied. */
export class ImporterExited extends Error {
  override readonly name = 'ImporterExited';
  constructor() {
    // Not shown: only in the log.
    super('The importer ended before it replied.');
  }
}

type PendingTask = {
  resolve: (reply: FromImporter) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
};

/** Far longer than any file takes. An importer that needs more time hangs. */
const defaultMaxTaskMs = 300_000;

/** Starts a process with the first task, and a new one with the next task after a process has ended. */
export function createImporter(
  fork: ForkImporter,
  settings: () => ImportPlace,
  maxTaskMs = defaultMaxTaskMs,
) {
  let child: ImporterChild | null = null;
  let isClosed = false;
  let lastKey = 0;
  const pending = new Map<number, PendingTask>();

  function start(): ImporterChild {
    const started = fork(receive, () => {
      if (child === started) onExit();
    });
    return started;
  }

  function receive(message: unknown): void {
    const parsed = fromImporterSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The importer sent an invalid message:', parsed.error.message);
      // The task of this reply would never resolve.
      child?.kill();
      return;
    }
    const task = pending.get(parsed.data.key);
    pending.delete(parsed.data.key);
    clearTimeout(task?.timer);
    task?.resolve(parsed.data);
  }

  function onExit(): void {
    child = null;
    const lostTasks = [...pending.values()];
    pending.clear();
    for (const { reject, timer } of lostTasks) {
      clearTimeout(timer);
      reject(new ImporterExited());
    }
  }

  return {
    /** Resolves with the reply. Rejects with ImporterExited if the process ends first. */
    ask(task: ImporterTask): Promise<FromImporter> {
      if (isClosed) return Promise.reject(new ImporterExited());
      lastKey += 1;
      const key = lastKey;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => child?.kill(), maxTaskMs);
        timer.unref();
        pending.set(key, { resolve, reject, timer });
        child ??= start();
        child.post({ ...task, key, ...settings() });
      });
    },
    /** Kills the process. Every later task is rejected. */
    close(): void {
      isClosed = true;
      child?.kill();
      onExit();
    },
  };
}
