// Offers dropped or chosen files to the user, and starts one import at a time.
import path from 'node:path';
import { z } from 'zod';
import type { Offer } from '../../../shared/contract/import';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxDroppedFiles, maxPathLength } from '../../../shared/domain/import';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { newId } from '../db/new-id';
import { createAttachments } from './attach-picture';
import { finishInterrupted } from './finish-interrupted';
import type { ImportContext, ImportOptions } from './import-context';
import { createImporterPool } from './importer-pool';
import type { ForkImporter } from './importer-process';
import { createInFlight } from './in-flight';
import { runImport } from './run-import';
import type { FolderLooksOptions } from './watched/folder-scans';
import { createWatchedFolders } from './watched/watched-folders';

export type Imports = ReturnType<typeof createImports>;

/** Offers that are remembered. The user usually answers one before the next. */
const maxOffers = 8;

const pathsSchema = z
  .array(z.string().min(1).max(maxPathLength).refine(path.isAbsolute))
  .max(maxDroppedFiles);

export type Forks = {
  fork: ForkImporter;
  /** Forks an importer of the lowest priority. */
  forkInBackground: ForkImporter;
};

export type Watching = Pick<FolderLooksOptions, 'beforeImport' | 'afterLook' | 'timings'>;

/** @param watching how folders are watched. */
export function createImports(options: ImportOptions, { fork, forkInBackground }: Forks, watching: Watching) {
  const context: ImportContext = { ...options, inFlight: createInFlight() };
  const offers = new Map<string, string[]>();
  let running: AbortController | null = null;

  const settings = () => ({
    dataFolder: context.dataFolder,
    displayQuality: context.store.settings.read().displayQuality,
  });

  const pool = createImporterPool(fork, settings);
  const background = createImporterPool(forkInBackground, settings);
  const attachments = createAttachments(context, pool);
  const watchedFolders = createWatchedFolders({ context, pool: background, ...watching });

  async function inspect(file: string) {
    return pool
      .use(async (importer) => {
        const reply = await importer.ask({ type: 'inspect', path: file });
        return reply.type === 'inspected' ? reply : null;
      })
      .catch(() => null);
  }

  /** Starts the import of an offer. `finished` resolves when it has ended; the caller need not wait for it. */
  function start(offerId: string, mode: ImportMode = 'copy'): Result<{ finished: Promise<void> }> {
    const paths = offers.get(offerId);
    if (!paths) return failure('not_found');
    if (running) return failure('import_under_way');
    offers.delete(offerId);
    return success({ finished: run(paths, mode) });
  }

  async function run(paths: readonly string[], mode: ImportMode): Promise<void> {
    const cancelling = new AbortController();
    running = cancelling;
    await pool.use((importer) =>
      runImport(
        {
          context,
          importer,
          mode,
          cancelled: cancelling.signal,
          onProgress: (progress) => context.broadcast('import:progress', progress),
        },
        paths,
      ),
    );
    running = null;
  }

  function cancel(): void {
    running?.abort();
  }

  return {
    start,
    cancel,
    isRunning: (): boolean => running !== null,
    attach: attachments.attach,
    watchedFolders,
    /** @param paths from the preload script: absolute paths of files and folders. */
    async offer(paths: unknown): Promise<Result<Offer>> {
      if (Array.isArray(paths) && paths.length > maxDroppedFiles) return failure('too_many_files');
      const parsed = pathsSchema.safeParse(paths);
      if (!parsed.success) return failure('bad_request');
      const [first, ...more] = parsed.data;
      if (first === undefined) return failure('nothing_dropped');
      const inspected = more.length === 0 ? await inspect(first) : null;
      const id = newId();
      offers.set(id, parsed.data);
      for (const oldId of [...offers.keys()].slice(0, -maxOffers)) offers.delete(oldId);
      return success({
        id,
        folder: inspected?.isFolder ? path.basename(first) : null,
        recipe: inspected?.recipe ?? null,
        size: inspected?.size ?? null,
      });
    },
    /** Completes the imports that a crash has interrupted, or removes what they left behind. */
    async finishInterrupted(): Promise<void> {
      if (context.store.imports.intents().length > 0) {
        await pool.use((importer) => finishInterrupted(context, importer));
      }
      await attachments.finishInterrupted();
    },
    /** Ends every import at once. The next start completes what was interrupted. */
    close(): void {
      cancel();
      watchedFolders.close();
      pool.closeAll();
      background.closeAll();
    },
  };
}
