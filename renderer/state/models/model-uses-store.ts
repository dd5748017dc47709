// The models that have made pictures, and their usual times, from the main process.
import { create } from 'zustand';
import type { ModelUse } from '../../../shared/contract/usage';
import { request } from '../../ipc';

type ModelUses = { uses: readonly ModelUse[]; read: () => Promise<void> };

export const useModelUses = create<ModelUses>()((set) => ({
  uses: [],

  async read() {
    const reply = await request('usage:models', {});
    if (reply.ok) set({ uses: reply.value });
  },
}));
