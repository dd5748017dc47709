// The user's styles. They are read whenever a part of the interface that shows them opens.
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
import { toast } from '../../ui/toasts';
import { type Undoable, useUndoStack } from '../../ui/undo-stack';
import { useSettings } from '../settings/settings-store';

type StylesState = {
  own: readonly ListedStyle[];
  /** Whether they were read. Until then, a chosen style keeps its texts from when it was chosen. */
  isLoaded: boolean;
  load: () => Promise<void>;
  /** Adds a style or replaces the one with its id. @returns whether it was saved. */
  save: (style: ListedStyle) => Promise<boolean>;
  /** Adds a copy with a new name. */
  duplicate: (style: StyleTexts & { pictureId: string | null }) => Promise<void>;
  remove: (style: ListedStyle) => Promise<void>;
  /** Moves a style before another one; to the end if `before` is null. Ctrl+Z moves it back. */
  move: (id: string, before: string | null) => Promise<void>;
  /** @returns null if nothing was changed. A notice then explains why. */
  importStyles: (styles: StyleTexts[], duplicates: DuplicateChoice) => Promise<ImportedStyles | null>;
  exportAll: () => Promise<void>;
};

export const useStyles = create<StylesState>()((set, get) => {
  async function load(): Promise<void> {
    const reply = await request('styles:list', {});
    // After a failure the old list stays.
    if (reply.ok) set({ own: reply.value, isLoaded: true });
  }

  /** @param before the style that follows it. Absent: an existing style stays in place, and a new one comes last. */
  async function save({ isPictureGone: _, ...style }: ListedStyle, before?: string | null): Promise<boolean> {
    const reply = await request('styles:save', { style, ...(before !== undefined && { before }) });
    if (!reply.ok) toast(explain(reply), { tone: 'problem' });
    else await load();
    return reply.ok;
  }

  /** Returns the id of the style that follows one; null for the last one. */
  const following = (id: string) => {
    const { own } = get();
    return own[own.findIndex((style) => style.id === id) + 1]?.id ?? null;
  };

  let places = 0;

  async function place(id: string, before: string | null): Promise<void> {
    places += 1;
    const at = places;
    // Applied at once, because the next step starts from the new place.
    set({ own: movedBefore(get().own, id, before) });
    const reply = await request('styles:move', { id, before });
    if (!reply.ok) toast(explain(reply), { tone: 'problem' });
    // Loads only after the last move, because until then the stored list is behind the shown one.
    if (at === places) await load();
  }

  /** The last move. Consecutive moves of one style are undone together. */
  let lastMove: { id: string; before: string | null; undoable: Undoable } | null = null;

  return {
    own: [],
    isLoaded: false,
    load,
    save: (style) => save(style),

    async duplicate({ name, prompt, negativePrompt, pictureId }) {
      const taken = new Set(get().own.map((style) => keyOfName(style.name)));
      const copy = { id: newId(), name: freeStyleName(name, taken), prompt, negativePrompt, pictureId };
      if (await save(copy)) toast(t('styles.duplicated', { name: copy.name }));
    },

    async remove(style) {
      const before = following(style.id);
      const reply = await request('styles:remove', { id: style.id });
      if (!reply.ok) return toast(explain(reply), { tone: 'problem' });
      await load();
      toast(t('styles.removed', { name: style.name }), {
        undo: {
          run: () => save(style, before),
          undone: t('ui.is_back', { name: style.name }),
          again: () => get().remove(style),
        },
      });
    },

    move(id, before) {
      const { push, undoables } = useUndoStack.getState();
      const isFurther = lastMove?.id === id && undoables.at(-1) === lastMove.undoable;
      if (lastMove && isFurther) lastMove.before = before;
      else {
        const back = following(id);
        const undoable = push({
          run: () => place(id, back),
          undone: t('styles.order_back'),
          again: () => get().move(id, move.before),
          ...{ about: [], at: performance.now(), dismiss() {}, offer() {} },
        });
        const move = { id, before };
        lastMove = undoable && Object.assign(move, { undoable });
      }
      return place(id, before);
    },

    async importStyles(styles, duplicates) {
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

/** Returns the list with a style moved before another one; to the end if that is null or missing. */
function movedBefore(own: readonly ListedStyle[], id: string, before: string | null): ListedStyle[] {
  const style = own.find((each) => each.id === id);
  if (!style) return [...own];
  const others = own.filter((each) => each.id !== id);
  const at = others.findIndex((each) => each.id === before);
  return others.toSpliced(at < 0 ? others.length : at, 0, style);
}

/** Returns whether there is room for another style. */
export function hasRoom(own: readonly unknown[]): boolean {
  return own.length < maxStyles;
}

/** Hides or shows a starter style. */
export async function setStarterHidden(name: StarterName, isHidden: boolean): Promise<void> {
  const { settings, change } = useSettings.getState();
  const others = settings.hiddenStarters.filter((other) => other !== name);
  await change({ hiddenStarters: isHidden ? [...others, name] : others });
}
