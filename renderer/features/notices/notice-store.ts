// The state of the user's data, as far as they need to know it.
import { create } from 'zustand';
import type { DataState } from '../../../shared/contract/app';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type NoticeState = DataState & {
  receive: (state: DataState) => void;
  ask: (name: 'notice:dismiss' | 'notice:show-old-file' | 'app:restart') => Promise<void>;
};

export const useNotices = create<NoticeState>()((set) => ({
  notice: null,
  diskFull: false,

  receive({ notice, diskFull }) {
    set({ notice, diskFull });
  },

  async ask(name) {
    const reply = await request(name, {});
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },
}));
