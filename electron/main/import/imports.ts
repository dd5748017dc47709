// What a user drops: looked at, offered to the screen, brought in when it says so, and finished after a crash.
import path from 'node:path';
import { z } from 'zod';
import type { ImportProgress, Offer } from '../../../shared/contract/import';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxDroppedFiles } from '../../../shared/domain/import';
import { newId } from '../db/new-id';
import type { ImportContext } from './import-context';
import { createImporter, type ForkImporter } from './importer-process';
import { addImportedPictures, runImport } from './run-import';

export type Imports = ReturnType<typeof createImports>;

/** Offers that are remembered; a user drops one at a time. */
const maxOffers = 8;

const pathsSchema = z.array(z.string().min(1).max(32_767).refine(path.isAbsolute)).max(maxDroppedFiles);

export function createImports(context: ImportContext, fork: ForkImporter) {
  const offers = new Map<string, string[]>();
  const open = new Set<ReturnType<typeof createImporter>>();
  let running: AbortController | null = null;

  const place = () => ({
    dataFolder: context.dataFolder,
    displayQuality: context.store.settings.read().displayQuality,
  });

  /** Runs work with an importer of its own, which ends with it. */
  async function withImporter<Value>(
    work: (importer: ReturnType<typeof createImporter>) => Promise<Value>,
  ): Promise<Value> {
    const importer = createImporter(fork, place);
    open.add(importer);
    try {
      return await work(importer);
    } finally {
      importer.close();
      open.delete(importer);
    }
  }

  async function inspect(file: string) {
    return withImporter(async (importer) => {
      const reply = await importer.ask({ type: 'inspect', path: file });
      return reply.type === 'inspected' ? reply : null;
    }).catch(() => null);
  }

  /** @returns a promise of the import's end, wrapped so that nobody has to wait for it. */
  function start(offerId: string): Result<{ over: Promise<void> }> {
    const paths = offers.get(offerId);
    if (!paths) return failure('not_found');
    if (running) return failure('import_under_way');
    offers.delete(offerId);
    return success({ over: run(paths) });
  }

  async function run(paths: readonly string[]): Promise<void> {
    const cancel = new AbortController();
    running = cancel;
    const tell = (progress: ImportProgress) => context.broadcast('import:progress', progress);
    await withImporter((importer) => runImport({ context, importer, cancelled: cancel.signal, tell }, paths));
    running = null;
  }

  function cancel(): void {
    running?.abort();
  }

  return {
    start,
    cancel,
    /** @param paths from the preload script: absolute paths of what was dropped. */
    async offer(paths: unknown): Promise<Result<Offer>> {
      if (Array.isArray(paths) && paths.length > maxDroppedFiles) return failure('too_many_files');
      const parsed = pathsSchema.safeParse(paths);
      if (!parsed.success) return failure('bad_request');
      const [first, ...more] = parsed.data;
      if (first === undefined) return failure('nothing_dropped');
      const inspected = more.length === 0 ? await inspect(first) : null;
      const id = newId();
      offers.set(id, parsed.data);
      for (const old of [...offers.keys()].slice(0, -maxOffers)) offers.delete(old);
      const isOne = more.length === 0 && !inspected?.isFolder;
      return success({
        id,
        name: isOne ? path.basename(first) : null,
        recipe: inspected?.recipe ?? null,
        size: inspected?.size ?? null,
      });
    },
    /** Finishes, or clears away, what was under way when the app died. */
    async finishInterrupted(): Promise<void> {
      const intents = context.store.imports.intents();
      if (intents.length === 0) return;
      let added = 0;
      await withImporter(async (importer) => {
        for (const { id, ...intent } of intents) {
          const reply = await importer.ask({ type: 'recover', id, ...intent }).catch(() => null);
          if (context.signal.aborted) return;
          // A full disk: it stays intended, and the next start tries again.
          if (reply?.type === 'refused') continue;
          if (reply?.type === 'kept') {
            addImportedPictures(context, [{ id, kept: reply }]);
            added += 1;
            continue;
          }
          if (!reply) await importer.ask({ type: 'discard', id }).catch(() => null);
          if (context.signal.aborted) return;
          context.store.transaction(() => context.store.imports.removeIntent(id));
        }
      });
      if (context.signal.aborted) return;
      const found = intents.length;
      const done = { found, done: found, added, skipped: {}, names: [] };
      context.broadcast('import:progress', { state: 'interrupted', ...done });
    },
    /** Ends what is under way, at once: it can be killed anywhere. */
    close(): void {
      cancel();
      for (const importer of open) importer.close();
    },
  };
}
