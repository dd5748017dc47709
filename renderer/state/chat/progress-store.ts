// How far pictures are, as their providers say. Apart from the messages: it changes often, and is not kept.
import { create } from 'zustand';
import type { Events } from '../../../shared/contract';

/** `fraction`: 0 to 1; null where the provider does not say. `looks`: how many there have been of the picture. */
export type Progress = { fraction: number | null; looks: number };

type ProgressState = {
  /** By the picture's id. */
  known: Readonly<Record<string, Progress>>;
  receive: (progress: Events['message:progress']) => void;
  forget: (id: string) => void;
};

export const useProgress = create<ProgressState>((set) => ({
  known: {},
  receive({ id, fraction, looks }) {
    set(({ known }) => ({
      known: { ...known, [id]: { fraction, looks: looks ?? known[id]?.looks ?? 0 } },
    }));
  },
  forget(id) {
    set(({ known: { [id]: _known, ...known } }) => ({ known }));
  },
}));
