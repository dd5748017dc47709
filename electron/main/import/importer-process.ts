// The importer from the main process's side: a process that is there while it is needed, and answers tasks.
import {
  type FromImporter,
  fromImporterSchema,
  type ImporterTask,
  type ImportPlace,
  type ToImporter,
} from '../../../shared/generator/importer-messages';

/** A child process as this file needs it; Electron's utility process is one. */
export type ImporterChild = { post: (message: ToImporter) => void; kill: () => void };

export type ForkImporter = (onMessage: (message: unknown) => void, onExit: () => void) => ImporterChild;

export type Importer = ReturnType<typeof createImporter>;

/** What a task rejects with when the process dies under it. */
export class ImporterDied extends Error {
  constructor() {
    super('The importer ended before it answered.');
  }
}

type Waiting = { resolve: (reply: FromImporter) => void; reject: (error: Error) => void };

/** Starts a process with the first task, and another one with the first task after a death. */
export function createImporter(fork: ForkImporter, place: () => ImportPlace) {
  let child: ImporterChild | null = null;
  let isClosed = false;
  let lastKey = 0;
  const waiting = new Map<number, Waiting>();

  function start(): ImporterChild {
    const started = fork(receive, () => {
      if (child === started) died();
    });
    return started;
  }

  function receive(message: unknown): void {
    const parsed = fromImporterSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The importer sent something that is not in the contract:', parsed.error.message);
      // Its task would wait for ever.
      child?.kill();
      return;
    }
    const entry = waiting.get(parsed.data.key);
    waiting.delete(parsed.data.key);
    entry?.resolve(parsed.data);
  }

  function died(): void {
    child = null;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(new ImporterDied());
  }

  return {
    /** @returns the reply. Rejects with ImporterDied where there will be none. */
    ask(task: ImporterTask): Promise<FromImporter> {
      if (isClosed) return Promise.reject(new ImporterDied());
      lastKey += 1;
      const key = lastKey;
      return new Promise((resolve, reject) => {
        waiting.set(key, { resolve, reject });
        child ??= start();
        child.post({ ...task, key, ...place() });
      });
    },
    /** Ends the process at once, and for good. */
    close(): void {
      isClosed = true;
      child?.kill();
      died();
    },
  };
}
