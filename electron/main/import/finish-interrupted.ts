// Completes the imports that were interrupted by a crash, or removes what they have left behind.
import type { ImporterTask, StoredImport } from '../../../shared/generator/importer-messages';
import { addToGallery } from './add-to-gallery';
import type { ImportContext } from './import-context';
import type { Importer } from './importer-process';
import { whenFree } from './when-free';

/** Resolves early if the app quits. */
export async function finishInterrupted(context: ImportContext, importer: Importer): Promise<void> {
  const { store, broadcast, signal } = context;
  const intents = store.imports.intents();
  let added = 0;
  const ask = (task: ImporterTask) => importer.ask(task).catch(() => null);
  for (const { id, isWatched, ...intent } of intents) {
    const reply = await ask({ type: 'recover', id, ...intent });
    if (signal.aborted) return;
    // Keeps the intent for the next start, for example if the disk is full.
    if (reply?.type === 'refused') continue;
    if (reply?.type === 'stored') {
      const kept: StoredImport = reply;
      await whenFree(signal, () => addToGallery(context, [{ id, kept }]));
      if (!isWatched) added += 1;
      continue;
    }
    // Without a reply the picture itself may have crashed the importer, so it is not tried again.
    if (!reply) await ask({ type: 'discard', id });
    if (signal.aborted) return;
    await whenFree(signal, () => store.transaction(() => store.imports.removeIntent(id)));
  }
  const found = intents.filter(({ isWatched }) => !isWatched).length;
  if (found === 0) return;
  broadcast('import:progress', {
    state: 'interrupted',
    found,
    done: found,
    added,
    skipped: {},
    names: [],
    notes: {},
    noted: [],
  });
}
