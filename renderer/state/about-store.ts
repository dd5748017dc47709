// The contents of the About panel while it is open.
import { create } from 'zustand';
import type { About } from '../../shared/contract/desktop';
import { request } from '../ipc';
import { toast } from '../ui/toasts';

type AboutState = { about: About | null; open: () => Promise<void>; close: () => void };

export const useAbout = create<AboutState>()((set) => ({
  about: null,
  async open() {
    const reply = await request('desktop:about', {});
    if (reply.ok) set({ about: reply.value });
    else toast(reply.message, { tone: 'problem' });
  },
  close: () => set({ about: null }),
}));
