// The state of the current import.
import { create } from 'zustand';
import type { ImportProgress } from '../../../shared/contract/import';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type ImportState = {
  /** Null if there is nothing to show. */
  progress: ImportProgress | null;
  receive: (progress: ImportProgress) => void;
  start: (offerId: string) => Promise<void>;
  cancel: () => Promise<void>;
  dismiss: () => void;
};

export const useImport = create<ImportState>()((set) => ({
  progress: null,

  receive(progress) {
    set({ progress });
  },

  async start(offerId) {
    const reply = await request('import:start', { offerId });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },

  async cancel() {
    await request('import:cancel', {});
  },

  dismiss() {
    set({ progress: null });
  },
}));
