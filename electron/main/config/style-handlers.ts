// Answers requests about the user's styles.
import type { ImportedStyles, styleRequests } from '../../../shared/contract/styles';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { writeStyleFile } from '../../../shared/domain/style-files';
import {
  type DuplicateChoice,
  freeStyleName,
  keyOfName,
  maxStyles,
  type Style,
  type StyleTexts,
} from '../../../shared/domain/styles';
import { writeAtomically } from '../../files/write-atomically';
import { newId } from '../db/new-id';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export type StyleParts = {
  store: Pick<Store, 'styles' | 'transaction'>;
  /** Returns the absolute path of the file to write, or null if the user closed the dialog. */
  chooseFile: (sender: Electron.WebContents) => Promise<Result<string | null>>;
};

/** The reader answers the list. */
export function createStyleHandlers({ store, chooseFile }: StyleParts) {
  return {
    'styles:save': ({ style, before }) =>
      store.transaction(() => {
        if (!store.styles.has(style.id) && store.styles.count() >= maxStyles)
          return failure('too_many_styles');
        store.styles.save(style);
        if (before !== undefined) store.styles.move(style.id, before);
        return success(null);
      }),
    'styles:move': ({ id, before }) =>
      store.transaction(() => {
        if (!store.styles.has(id)) return failure('not_found');
        store.styles.move(id, before);
        return success(null);
      }),
    'styles:remove': ({ id }) => {
      store.transaction(() => store.styles.remove(id));
      return success(null);
    },
    'styles:import': ({ styles, duplicates }) =>
      store.transaction((): Result<ImportedStyles> => {
        const planned = planImport(store.styles.list(), styles, duplicates);
        if (store.styles.count() + planned.added > maxStyles) return failure('too_many_styles');
        for (const style of planned.saved) store.styles.save(style);
        const { added, replaced, skipped } = planned;
        return success({ added, replaced, skipped });
      }),
    'styles:export': async (_, { sender }) => {
      const chosen = await chooseFile(sender);
      if (!chosen.ok) return chosen;
      const file = chosen.value;
      if (file === null) return success(null);
      const styles = store.styles.list();
      try {
        await writeAtomically(file, Buffer.from(writeStyleFile(styles)));
      } catch (error) {
        console.error('The styles could not be exported:', error);
        return failure('copy_not_saved');
      }
      return success({ count: styles.length });
    },
  } satisfies Omit<HandlersOf<typeof styleRequests>, 'styles:list'>;
}

/**
 * Returns the changes that importing a file makes. Styles of the same name within the file are treated as if the
 * earlier ones already existed.
 */
export function planImport(
  here: readonly Style[],
  found: readonly StyleTexts[],
  duplicates: DuplicateChoice,
): ImportedStyles & { saved: Style[] } {
  const byName = new Map(here.map((style) => [keyOfName(style.name), style]));
  const names = new Set(byName.keys());
  const known = new Set(here.map(({ id }) => id));
  const saved = new Map<string, Style>();
  let skipped = 0;
  for (const texts of found) {
    const same = byName.get(keyOfName(texts.name));
    if (same && duplicates === 'skip') {
      skipped += 1;
      continue;
    }
    const isReplaced = same !== undefined && duplicates === 'replace';
    const name = isReplaced ? texts.name : freeStyleName(texts.name, names);
    const style: Style = isReplaced
      ? { ...same, ...texts }
      : { id: newId(), ...texts, name, pictureId: null };
    names.add(keyOfName(name));
    byName.set(keyOfName(name), style);
    saved.set(style.id, style);
  }
  const replaced = [...saved.keys()].filter((id) => known.has(id)).length;
  return { added: saved.size - replaced, replaced, skipped, saved: [...saved.values()] };
}
