// The progress of pictures as providers report it. Separate from messages: it changes often and is not stored.
import { create } from 'zustand';
import type { Events } from '../../../shared/contract';

/** `fraction`: 0 to 1, or null if the provider does not report it. `previewCount`: number of previews so far. */
export type Progress = { fraction: number | null; previewCount: number };

type ProgressState = {
  /** By the picture's id. */
  known: Readonly<Record<string, Progress>>;
  receive: (progress: Events['message:progress']) => void;
  forget: (id: string) => void;
};

export const useProgress = create<ProgressState>((set) => ({
  known: {},
  receive({ id, fraction, previewCount }) {
    set(({ known }) => ({
      known: { ...known, [id]: { fraction, previewCount: previewCount ?? known[id]?.previewCount ?? 0 } },
    }));
  },
  forget(id) {
    set(({ known: { [id]: _known, ...known } }) => ({ known }));
  },
}));
