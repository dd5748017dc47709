// Switches between versions of a message, requests new ones, and removes failures.

import type { StoreApi } from 'zustand';
import type { MessagePage } from '../../../shared/contract/chat';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { chosenModelField } from '../settings/chosen-model-store';
import type { ChatActions, ChatState, VersionActions } from './chat-state';
import { isOutdated, withVersions } from './loaded-range';
import { once } from './once';
import type { PageReader } from './page-reader';

type Store = StoreApi<ChatState & ChatActions>;

export function createVersionActions(
  set: Store['setState'],
  get: Store['getState'],
  pages: Pick<PageReader, 'showVersion' | 'regenerate'>,
): VersionActions {
  /** Shows other versions, unless the user has meanwhile opened another conversation. */
  function show(conversationId: string, page: MessagePage): void {
    if (get().currentId === conversationId && !isOutdated(get(), page))
      set((state) => withVersions(state, page));
  }

  async function setDismissed(messageId: string, isUndo: boolean): Promise<boolean> {
    const reply = await request('messages:dismiss', { messageId, isUndo });
    if (reply.ok) get().receive(reply.value);
    else toast(reply.message, { tone: 'problem' });
    return reply.ok && reply.value.isDismissed === true;
  }

  return {
    async showVersion(messageId) {
      const { currentId } = get();
      const reply = await pages.showVersion(currentId, { messageId });
      if (reply.ok) show(currentId, reply.value);
      else toast(reply.message, { tone: 'problem' });
    },
    async regenerate(messageId) {
      const { currentId } = get();
      const problem = await once(`regenerate ${messageId}`, async (answerId) => {
        const reply = await pages.regenerate(currentId, { messageId, answerId, ...chosenModelField() });
        if (!reply.ok) return reply;
        show(currentId, reply.value);
        return null;
      });
      if (problem) toast(problem.message, { tone: 'problem' });
    },
    async dismiss(messageId) {
      if (!(await setDismissed(messageId, false))) return;
      toast(t('chat.removed'), {
        undo: {
          run: () => setDismissed(messageId, true),
          undone: t('chat.back'),
          again: () => get().dismiss(messageId),
        },
      });
    },
  };
}
