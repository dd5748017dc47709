// The state of the user's data that the banners report.
import { create } from 'zustand';
import type { AppNotices, AppProblem } from '../../../shared/contract/app';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type NoticeState = AppNotices & {
  receive: (state: AppNotices) => void;
  dismissProblem: (kind: AppProblem['kind']) => Promise<void>;
  ask: (name: 'notice:dismiss' | 'notice:show-old-file' | 'app:restart') => Promise<void>;
};

export const useNotices = create<NoticeState>()((set) => ({
  notice: null,
  diskFull: false,
  problems: [],

  receive({ notice, diskFull, problems }) {
    set({ notice, diskFull, problems });
  },

  async dismissProblem(kind) {
    const reply = await request('problem:dismiss', { kind });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },

  async ask(name) {
    const reply = await request(name, {});
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },
}));
