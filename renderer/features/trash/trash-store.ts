// The contents of Trash.

import { create } from 'zustand';
import type { TrashPage, TrashSize } from '../../../shared/contract/trash';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { restorePictures } from '../../state/pictures/bulk-actions';
import { restorePicture } from '../../state/pictures/picture-actions';
import { toast } from '../../ui/toasts';
import { explainEmptied } from './trash-text';

/** Items of each kind per page. */
const pageSize = 200;
/** Pictures per request when all are restored. */
const maxAtOnce = 10_000;

type TrashState = {
  /** Null before the first load. */
  page: TrashPage | null;
  limit: number;
  isEmptying: boolean;
  load: () => Promise<void>;
  loadMore: () => Promise<void>;
  restorePicture: (imageId: string) => Promise<void>;
  restoreAllPictures: () => Promise<void>;
  restoreConversation: (conversationId: string) => Promise<void>;
  /** @returns what emptying would remove, or null after a failure. */
  measure: () => Promise<TrashSize | null>;
  empty: () => Promise<void>;
};

export const useTrash = create<TrashState>()((set, get) => ({
  page: null,
  limit: pageSize,
  isEmptying: false,

  async load() {
    const { limit } = get();
    const reply = await request('trash:list', { limit });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    // A later call may have raised the limit.
    if (get().limit === limit) set({ page: reply.value });
  },

  async loadMore() {
    set(({ limit }) => ({ limit: limit + pageSize }));
    await get().load();
  },

  async restorePicture(imageId) {
    await restorePicture(imageId);
    await get().load();
  },

  async restoreAllPictures() {
    let count = 0;
    for (let restored = 1; restored > 0; count += restored) {
      const reply = await request('trash:list', { limit: maxAtOnce });
      if (!reply.ok) return toast(reply.message, { tone: 'problem' });
      restored = (await restorePictures(reply.value.pictures.map(({ image }) => image.id))).length;
    }
    if (count > 0) toast(t('trash.restored', { count }));
    await get().load();
  },

  async restoreConversation(conversationId) {
    const reply = await request('conversations:restore', { conversationId, isUndo: false });
    if (reply.ok) useChat.getState().receiveConversation(reply.value);
    else toast(reply.message, { tone: 'problem' });
    await get().load();
  },

  async measure() {
    const reply = await request('trash:measure', {});
    if (reply.ok) return reply.value;
    toast(reply.message, { tone: 'problem' });
    return null;
  },

  async empty() {
    set({ isEmptying: true });
    const reply = await request('trash:empty', {});
    set({ isEmptying: false });
    if (reply.ok) toast(explainEmptied(reply.value));
    else toast(reply.message, { tone: 'problem' });
    await get().load();
  },
}));
