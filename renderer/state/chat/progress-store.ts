// The progress of pictures until their arrival. Separate from messages, because it changes often and is not stored.
import { create } from 'zustand';
import type { Events } from '../../../shared/contract';
import type { StepProgress } from '../../../shared/domain/pictures';

/**
 * `fraction`: 0 to 1, or null if the provider does not report it. `previewCount`: number of previews so far. `steps`: null
 * unless the program that makes the picture reports them.
 */
export type Progress = { fraction: number | null; previewCount: number; steps: StepProgress | null };

/** A picture whose bytes have arrived and are being stored. Width and height in pixels. */
export type ArrivedPicture = Pick<Events['message:arrived'], 'requestId' | 'width' | 'height'>;

type ProgressState = {
  /** By the picture's id. */
  known: Readonly<Record<string, Progress>>;
  receive: (progress: Events['message:progress']) => void;
  forget: (id: string) => void;
  /** By the picture's id; only while its row is `generating`. */
  arrived: Readonly<Record<string, ArrivedPicture>>;
  receiveArrival: (arrival: Events['message:arrived']) => void;
  forgetArrival: (id: string) => void;
};

export const useProgress = create<ProgressState>((set) => ({
  known: {},
  receive({ id, fraction, previewCount, steps = null }) {
    set(({ known }) => ({
      known: {
        ...known,
        [id]: { fraction, previewCount: previewCount ?? known[id]?.previewCount ?? 0, steps },
      },
    }));
  },
  forget(id) {
    set(({ known: { [id]: _known, ...known } }) => ({ known }));
  },
  arrived: {},
  receiveArrival({ id, ...arrival }) {
    set(({ arrived }) => ({ arrived: { ...arrived, [id]: arrival } }));
  },
  forgetArrival(id) {
    set((state) => {
      if (!(id in state.arrived)) return state;
      const { [id]: _arrived, ...arrived } = state.arrived;
      return { arrived };
    });
  },
}));
