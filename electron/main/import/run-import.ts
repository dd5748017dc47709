// One import: from what was dropped to rows in the gallery, with a report of what was left out.
import path from 'node:path';
import type { ImportProgress } from '../../../shared/contract/import';
import type { SkipReason } from '../../../shared/domain/import';
import type { ImportIntent, KeptImport } from '../../../shared/generator/importer-messages';
import type { Twin } from '../db/imports';
import { newId } from '../db/new-id';
import { findDuplicate } from './find-duplicate';
import type { ImportContext } from './import-context';
import { type Importer, ImporterDied } from './importer-process';

/** So many files at once: one is read while another is decoded. */
const lanes = 2;
/** Rows of one transaction, which is flushed to the disk. */
const rowsAtOnce = 16;
/** How often the screen is told, and the longest that a picture waits for its row, in milliseconds. */
const tellEveryMs = 120;
/** Names in a report; the rest is counted. */
const maxNames = 500;
/** A file that the importer dies of twice is left out. */
const maxDeaths = 2;

export type Import = {
  context: ImportContext;
  importer: Importer;
  /** Aborted by the user. */
  cancelled: AbortSignal;
  tell: (progress: ImportProgress) => void;
};

type Content = { contentHash: string; bytes: number };

/**
 * Brings files in, one after another in two lanes. Each is intended in the database before its first byte is written
 * here, so that a death at any point leaves either a gallery row or an intent, which the next start finishes.
 * Never rejects for what a file is.
 */
export async function runImport(run: Import, paths: readonly string[]): Promise<ImportProgress> {
  const { context, importer, cancelled } = run;
  const report = createReport(run);
  const seen = new Set<string>();
  const landed: { id: string; kept: KeptImport }[] = [];
  let lastFlush = context.now();
  let isStopped = false;
  let lastHeld = 0;

  const isOver = () => cancelled.aborted || isStopped || context.signal.aborted;

  async function walk(): Promise<string[]> {
    const files: string[] = [];
    for (let task: 'walk' | 'walk-on' = 'walk'; !isOver(); task = 'walk-on') {
      const reply = await importer.ask(task === 'walk' ? { type: task, paths: [...paths] } : { type: task });
      if (reply.type !== 'walked' || reply.isDone) break;
      files.push(...reply.files);
      for (const { name, reason } of reply.skipped) report.skip(name, reason);
      report.find(reply.files.length);
    }
    return files;
  }

  async function bringIn(file: string): Promise<void> {
    const name = path.basename(file);
    lastHeld += 1;
    const held = lastHeld;
    const read = await importer.ask({ type: 'read', held, path: file, now: context.now() });
    if (read.type !== 'read') return report.skip(name, read.type === 'refused' ? read.reason : 'unreadable');
    const contents = [read, ...read.originals];
    const twin = await twinOf(contents);
    if (isOver() || twin) {
      await importer.ask({ type: 'forget', held });
      if (twin) report.skip(name, twin === 'trash' ? 'in-trash' : 'duplicate');
      return;
    }
    const { contentHash, createdAt } = read;
    // An id of the picture's own time: the order of ids is an order of time.
    const intent: ImportIntent = { id: newId({ msecs: createdAt }), name: read.name, createdAt };
    for (const content of contents) seen.add(content.contentHash);
    context.store.batch(() => context.store.imports.addIntent(intent, contentHash));
    try {
      const kept = await importer.ask({ type: 'keep', held, id: intent.id });
      if (kept.type === 'kept') return land(intent.id, kept);
      unsee(contents);
      giveUp(intent.id);
      const reason = kept.type === 'refused' ? kept.reason : 'unreadable';
      isStopped ||= reason === 'not-stored';
      report.skip(name, reason);
    } catch (error) {
      unsee(contents);
      if (error instanceof ImporterDied && !context.signal.aborted) {
        await importer.ask({ type: 'discard', id: intent.id });
        giveUp(intent.id);
      }
      throw error;
    }
  }

  /** @param contents the file's own, and where it is a copy that tells its recipe, those it can have had before. */
  async function twinOf(contents: readonly Content[]): Promise<Twin | null> {
    const isSeen = () => contents.some(({ contentHash }) => seen.has(contentHash));
    let twin: Twin | null = null;
    for (const { contentHash, bytes } of contents) {
      if (isSeen() || twin === 'gallery') break;
      twin = (await findDuplicate(context, contentHash, bytes)) ?? twin;
    }
    // The other lane may have begun with the same one meanwhile.
    return isSeen() ? 'gallery' : twin;
  }

  function unsee(contents: readonly Content[]): void {
    for (const { contentHash } of contents) seen.delete(contentHash);
  }

  function giveUp(id: string): void {
    if (!context.signal.aborted) context.store.batch(() => context.store.imports.removeIntent(id));
  }

  function land(id: string, kept: KeptImport): void {
    landed.push({ id, kept });
    report.add();
    if (landed.length >= rowsAtOnce || context.now() - lastFlush >= tellEveryMs) flush();
  }

  function flush(): void {
    lastFlush = context.now();
    if (context.signal.aborted) return;
    addImportedPictures(context, landed.splice(0));
  }

  /** Files that the importer died of are tried again, alone, so that one takes no other with it. */
  async function bringInAll(files: readonly string[], deaths: number, width: number): Promise<void> {
    const suspects: string[] = [];
    const queue = files.values();
    async function lane(): Promise<void> {
      for (const file of queue) {
        if (isOver()) return;
        try {
          await bringIn(file);
        } catch (error) {
          if (!(error instanceof ImporterDied)) {
            // Such as a database that cannot be written: the other lane is to end too.
            isStopped = true;
            throw error;
          }
          suspects.push(file);
        }
      }
    }
    await Promise.all(Array.from({ length: width }, lane));
    if (suspects.length === 0 || isOver()) return;
    if (deaths < maxDeaths) return bringInAll(suspects, deaths + 1, 1);
    for (const file of suspects) report.skip(path.basename(file), 'unreadable');
  }

  try {
    const files = await walk();
    report.begin();
    await bringInAll(files, 1, lanes);
    flush();
    return report.end(cancelled.aborted ? 'cancelled' : isStopped ? 'stopped' : 'done');
  } catch (error) {
    if (!context.signal.aborted) console.error('The import ended early:', error);
    return report.end('stopped');
  }
}

/** Writes gallery rows of pictures whose files are there, then tells the screen. */
export function addImportedPictures(
  { store, broadcast }: ImportContext,
  pictures: readonly { id: string; kept: KeptImport }[],
): void {
  if (pictures.length === 0) return;
  store.transaction(() => {
    for (const { id, kept } of pictures) store.imports.complete(id, kept);
  });
  broadcast(
    'gallery:added',
    pictures.flatMap(({ id }) => store.userImages.find(id) ?? []),
  );
}

/** Counts, and tells the screen now and then. */
function createReport({ tell, context }: Import) {
  const progress: ImportProgress = { state: 'looking', found: 0, done: 0, added: 0, skipped: {}, names: [] };
  let lastTold = 0;

  function change(): void {
    if (context.now() - lastTold < tellEveryMs) return;
    lastTold = context.now();
    tell({ ...progress, names: [] });
  }

  return {
    find(count: number): void {
      progress.found += count;
      change();
    },
    begin(): void {
      progress.state = 'running';
      change();
    },
    add(): void {
      progress.added += 1;
      progress.done += 1;
      change();
    },
    skip(name: string, reason: SkipReason): void {
      // What is left out while files are being looked for is none of those that were found.
      if (progress.state === 'running') progress.done += 1;
      progress.skipped[reason] = (progress.skipped[reason] ?? 0) + 1;
      if (progress.names.length < maxNames) progress.names.push({ name, reason });
      change();
    },
    end(state: ImportProgress['state']): ImportProgress {
      progress.state = state;
      if (!context.signal.aborted) tell(progress);
      return progress;
    },
  };
}
