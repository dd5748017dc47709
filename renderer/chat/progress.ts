// How far pictures are, as their providers say. Apart from the messages: it changes often, and is not kept.
import { create } from 'zustand';

type ProgressState = {
  /** 0 to 1 by the picture's id; null where its provider does not say. */
  fractions: Readonly<Record<string, number | null>>;
  receive: (progress: { id: string; fraction: number | null }) => void;
  forget: (id: string) => void;
};

export const useProgress = create<ProgressState>((set) => ({
  fractions: {},
  receive({ id, fraction }) {
    set(({ fractions }) => ({ fractions: { ...fractions, [id]: fraction } }));
  },
  forget(id) {
    set(({ fractions: { [id]: _known, ...fractions } }) => ({ fractions }));
  },
}));
