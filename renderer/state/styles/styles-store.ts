// The user's styles. They are read when something shows them, and again whenever it is opened.
import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import type { ImportedStyles, ListedStyle } from '../../../shared/contract/styles';
import { explain } from '../../../shared/domain/errors';
import {
  type DuplicateChoice,
  freeStyleName,
  keyOfName,
  maxStyles,
  type StarterName,
  type StyleTexts,
} from '../../../shared/domain/styles';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast, undoLabel } from '../../ui/toasts';
import { useSettings } from '../settings/settings-store';

type StylesState = {
  own: readonly ListedStyle[];
  /** Whether they were read. Until then a chosen style says what it said when it was chosen. */
  isLoaded: boolean;
  load: () => Promise<void>;
  /** Adds a style or replaces the one with its id. @returns whether it was saved. */
  save: (style: ListedStyle) => Promise<boolean>;
  /** Adds a copy with a name of its own. */
  duplicate: (style: StyleTexts & { pictureId: string | null }) => Promise<void>;
  remove: (style: ListedStyle) => Promise<void>;
  /** @returns null if nothing was changed; a notice says why. */
  bringIn: (styles: StyleTexts[], duplicates: DuplicateChoice) => Promise<ImportedStyles | null>;
  exportAll: () => Promise<void>;
};

export const useStyles = create<StylesState>()((set, get) => {
  async function load(): Promise<void> {
    const reply = await request('styles:list', {});
    // After a failure the old list stays.
    if (reply.ok) set({ own: reply.value, isLoaded: true });
  }

  async function save({ isPictureGone: _, ...style }: ListedStyle): Promise<boolean> {
    const reply = await request('styles:save', { style });
    if (!reply.ok) toast(explain(reply), { tone: 'problem' });
    else await load();
    return reply.ok;
  }

  return {
    own: [],
    isLoaded: false,
    load,
    save,

    async duplicate({ name, prompt, negativePrompt, pictureId }) {
      const taken = new Set(get().own.map((style) => keyOfName(style.name)));
      const copy = { id: newId(), name: freeStyleName(name, taken), prompt, negativePrompt, pictureId };
      if (await save(copy)) toast(t('styles.duplicated', { name: copy.name }));
    },

    async remove(style) {
      const reply = await request('styles:remove', { id: style.id });
      if (!reply.ok) return toast(explain(reply), { tone: 'problem' });
      await load();
      toast(t('styles.removed', { name: style.name }), {
        action: { label: undoLabel(), run: () => save(style) },
      });
    },

    async bringIn(styles, duplicates) {
      const reply = await request('styles:import', { styles, duplicates });
      if (!reply.ok) {
        toast(explain(reply), { tone: 'problem' });
        return null;
      }
      await load();
      return reply.value;
    },

    async exportAll() {
      const reply = await request('styles:export', {});
      if (!reply.ok) toast(explain(reply), { tone: 'problem' });
      else if (reply.value) toast(t('styles.exported', { count: reply.value.count }));
    },
  };
});

/** Returns whether there is room for another style. */
export function hasRoom(own: readonly unknown[]): boolean {
  return own.length < maxStyles;
}

/** Hides a starter, or shows it again. */
export async function setStarterHidden(name: StarterName, isHidden: boolean): Promise<void> {
  const { settings, change } = useSettings.getState();
  const others = settings.hiddenStarters.filter((other) => other !== name);
  await change({ hiddenStarters: isHidden ? [...others, name] : others });
}
