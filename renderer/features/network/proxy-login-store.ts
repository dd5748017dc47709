// The proxy that waits for a name and a password.
import { create } from 'zustand';
import type { ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type ProxyLoginState = {
  /** Null if no proxy waits. */
  question: ProxyLoginQuestion | null;
  receive: (question: ProxyLoginQuestion | null) => void;
  /** Reads a question that was asked before this page was loaded. */
  read: () => Promise<void>;
  /** @param login null fails the requests that wait for it. */
  answer: (
    id: number,
    login: { username: string; password: string } | null,
    remember: boolean,
  ) => Promise<void>;
};

export const useProxyLogin = create<ProxyLoginState>()((set) => ({
  question: null,

  receive(question) {
    set({ question });
  },

  async read() {
    const reply = await request('proxy:read', {});
    if (reply.ok) set({ question: reply.value });
  },

  async answer(id, login, remember) {
    const reply = await request('proxy:answer', { id, login, remember });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },
}));
