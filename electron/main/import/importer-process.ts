// The main process's side of the importer: starts its process on demand and matches replies to tasks.
import {
  type FromImporter,
  fromImporterSchema,
  type ImporterTask,
  type ImportPlace,
  importerProgressSchema,
  type ToImporter,
} from '../../../shared/generator/importer-messages';
import { createHangGuard } from '../logging/hang-watch';

/** The parts of a child process that this file needs; Electron's utility process has them. */
export type ImporterChild = {
  post: (message: ToImporter) => void;
  kill: () => void;
  /** Milliseconds that the process has had of the processor; null or absent: not known. */
  processorMs?: () => number | null;
};

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
};

/** A file during which the importer has exited this often is not tried again. */
export const maxImporterExits = 2;

/** Far longer than any part of a file takes. An importer that works so long without a word hangs. */
const defaultMaxSilentMs = 300_000;

/** Starts a process with the first task, and a new one with the next task after a process has ended. */
export function createImporter(
  fork: ForkImporter,
  settings: () => ImportPlace,
  maxSilentMs = defaultMaxSilentMs,
) {
  let child: ImporterChild | null = null;
  let isClosed = false;
  let lastKey = 0;
  const pending = new Map<number, PendingTask>();
  const guard = createHangGuard(
    maxSilentMs,
    () => child?.processorMs?.() ?? null,
    () => child?.kill(),
  );

  /** The process was heard of, got its first task, or has ended. */
  function watchOn(): void {
    if (pending.size > 0) guard.work();
    else guard.rest();
  }

  function start(): ImporterChild {
    const started = fork(receive, () => {
      if (child === started) onExit();
    });
    return started;
  }

  function receive(message: unknown): void {
    if (importerProgressSchema.safeParse(message).success) {
      watchOn();
      return;
    }
    const parsed = fromImporterSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The importer sent an invalid message:', parsed.error.message);
      // The task of this reply would never resolve.
      child?.kill();
      return;
    }
    const task = pending.get(parsed.data.key);
    pending.delete(parsed.data.key);
    watchOn();
    task?.resolve(parsed.data);
  }

  function onExit(): void {
    child = null;
    const lostTasks = [...pending.values()];
    pending.clear();
    watchOn();
    for (const { reject } of lostTasks) reject(new ImporterExited());
  }

  return {
    /** Resolves with the reply. Rejects with ImporterExited if the process ends first. */
    ask(task: ImporterTask): Promise<FromImporter> {
      if (isClosed) return Promise.reject(new ImporterExited());
      lastKey += 1;
      const key = lastKey;
      return new Promise((resolve, reject) => {
        pending.set(key, { resolve, reject });
        child ??= start();
        if (pending.size === 1) watchOn();
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
