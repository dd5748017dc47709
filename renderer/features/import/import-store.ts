// The state of the current import.
import { create } from 'zustand';
import type { ImportProgress } from '../../../shared/contract/import';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type ImportState = {
  /** Null if there is nothing to show. */
  progress: ImportProgress | null;
  receive: (progress: ImportProgress) => void;
  /** A folder whose pictures the user is about to import. */
  asked: { offerId: string; folder: string } | null;
  /** Opens the dialog that asks how to keep the pictures of a folder; null closes it. */
  ask: (asked: ImportState['asked']) => void;
  start: (offerId: string, mode?: ImportMode) => Promise<void>;
  cancel: () => Promise<void>;
  dismiss: () => void;
};

export const useImport = create<ImportState>()((set) => ({
  progress: null,

  receive(progress) {
    set({ progress });
  },

  asked: null,

  ask(asked) {
    set({ asked });
  },

  async start(offerId, mode = 'copy') {
    const reply = await request('import:start', { offerId, mode });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },

  async cancel() {
    await request('import:cancel', {});
  },

  dismiss() {
    set({ progress: null });
  },
}));
