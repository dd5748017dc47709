// The contents of Trash.

import { create } from 'zustand';
import type { TrashPage, TrashSize } from '../../../shared/contract/trash';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { openWholeGallery } from '../../state/collections/whole-gallery';
import { showView } from '../../state/navigation';
import { deletePictures, restorePictures } from '../../state/pictures/bulk-actions';
import { deletePicture, restorePicture } from '../../state/pictures/picture-actions';
import { endNoticesOf, toast } from '../../ui/toasts';
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
  /** @param show shows the restored picture. */
  restorePicture: (imageId: string, show: (imageId: string) => void) => Promise<void>;
  /** Deletes a picture permanently. */
  deletePicture: (imageId: string) => Promise<void>;
  restoreAllPictures: () => Promise<void>;
  restoreConversation: (conversationId: string) => Promise<void>;
  /** @returns the content that emptying would delete, or null after a failure. */
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

  async restorePicture(imageId, show) {
    if (await restorePicture(imageId)) {
      toast(t('trash.picture_restored'), {
        about: [imageId],
        second: { label: t('trash.show'), run: () => show(imageId) },
        undo: { run: () => deletePicture(imageId), undone: null, again: null },
      });
    }
    await get().load();
  },

  async deletePicture(imageId) {
    const reply = await request('trash:delete', { imageId });
    if (reply.ok) endNoticesOf([imageId]);
    toast(reply.ok ? t('trash.picture_deleted') : reply.message, reply.ok ? {} : { tone: 'problem' });
    await get().load();
  },

  async restoreAllPictures() {
    const restored: string[] = [];
    for (let more = true; more; ) {
      const reply = await request('trash:list', { limit: maxAtOnce });
      if (!reply.ok) return toast(reply.message, { tone: 'problem' });
      const ids = await restorePictures(reply.value.pictures.map(({ image }) => image.id));
      restored.push(...ids);
      more = ids.length > 0;
    }
    if (restored.length > 0) {
      toast(t('trash.restored', { count: restored.length }), {
        about: restored,
        second: { label: t('trash.show'), run: openWholeGallery },
        undo: { run: () => deletePictures(restored), undone: null, again: null },
      });
    }
    await get().load();
  },

  async restoreConversation(conversationId) {
    const reply = await request('conversations:restore', { conversationId, isUndo: false });
    if (reply.ok) {
      const { receiveConversation, open, remove } = useChat.getState();
      receiveConversation(reply.value);
      const show = () => {
        void open(conversationId);
        showView('chat');
      };
      endNoticesOf([conversationId]);
      toast(t('trash.chat_restored'), {
        about: [conversationId],
        second: { label: t('trash.show'), run: show },
        undo: { run: () => remove(conversationId).then(get().load), undone: null, again: null },
      });
    } else toast(reply.message, { tone: 'problem' });
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
