// The style that the user is writing or changing.
import { create } from 'zustand';
import type { ListedStyle } from '../../../shared/contract/styles';

/** `id`: null for a new style. */
export type EditedStyle = Omit<ListedStyle, 'id'> & { id: string | null };

type StyleEditor = {
  /** Null while nothing is edited. A new object for each time. */
  edited: EditedStyle | null;
  edit: (style: ListedStyle) => void;
  /** Starts a new style. */
  create: (texts?: Partial<EditedStyle>) => void;
  /** Continues with a style that was not saved. */
  resume: (style: EditedStyle) => void;
  close: () => void;
};

const blank: EditedStyle = { id: null, name: '', prompt: '', negativePrompt: '', pictureId: null };

export const useStyleEditor = create<StyleEditor>()((set) => ({
  edited: null,
  edit: (style) => set({ edited: { ...style } }),
  create: (texts = {}) => set({ edited: { ...blank, ...texts, id: null } }),
  resume: (style) => set({ edited: style }),
  close: () => set({ edited: null }),
}));
