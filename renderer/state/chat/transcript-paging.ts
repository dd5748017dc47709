// Moves the loaded range of the open conversation: by a page, or to another place.

import type { StoreApi } from 'zustand';
import { isOnPath } from '../../../shared/domain/message-path';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { showView } from '../navigation';
import type { ChatActions, ChatState, ScrollTarget, TranscriptPaging } from './chat-state';
import { claimChat } from './claim-chat';
import {
  firstSeq,
  fits,
  isOutdated,
  jumpReach,
  lastSeq,
  rangeAround,
  rangeAtEnd,
  withNewer,
  withOlder,
  without,
  withVersions,
} from './loaded-range';

import type { PageReader } from './page-reader';

/** Messages that are loaded when a conversation is opened. */
export const firstPage = 12;
/** Messages per step: as many as fit into a frame. */
const pageSize = 8;

type Store = StoreApi<ChatState & ChatActions>;

/** The purpose of a load: the page next to the range, the position of the scrollbar, or a target that the user chose. */
type Purpose = 'page' | 'position' | 'target';

/** A page never supersedes another load. Any other load supersedes loads of its own or a lower rank. */
const ranks: Record<Purpose, number> = { page: 0, position: 1, target: 2 };

const keepAll = () => 0;

export function createTranscriptPaging(
  set: Store['setState'],
  get: Store['getState'],
  pages: Pick<PageReader, 'before' | 'after' | 'showVersion'>,
): TranscriptPaging {
  /** The current load. Only one runs at a time. The next scroll event repeats a skipped request. */
  let loading: { currentId: string; rank: number } | null = null;

  /** Runs a load unless one with precedence is running. The result of a superseded load is ignored. */
  async function load(purpose: Purpose, work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    const { currentId } = get();
    const rank = ranks[purpose];
    if (loading?.currentId === currentId && (purpose === 'page' || loading.rank > rank)) return;
    const mine = { currentId, rank };
    loading = mine;
    try {
      await work(() => loading === mine && get().currentId === currentId);
    } finally {
      if (loading === mine) loading = null;
    }
  }

  /** Goes to a loaded place, and cancels a running jump, which would scroll away from it again. */
  function goToLoaded(scrollTarget: ScrollTarget): void {
    if (loading && loading.rank > ranks.page) loading = null;
    set({ scrollTarget });
  }

  /** Shows the messages around a position, or around the nearest one that has a message. */
  async function jump(
    isCurrent: () => boolean,
    seq: number,
    targetOf: (id: string) => ScrollTarget,
  ): Promise<void> {
    const after = Math.max(0, seq - jumpReach);
    const reply = await pages.after({
      conversationId: get().currentId,
      after,
      limit: 2 * jumpReach,
    });
    if (!isCurrent()) return;
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    if (!fits(get(), reply.value)) return;
    const { messages } = reply.value;
    const found = messages.findIndex((message) => message.seq >= seq);
    const at = found < 0 ? messages.length - 1 : found;
    const target = messages[at];
    if (!target) return;
    set({ ...rangeAround(get(), reply.value, at, after === 0), scrollTarget: targetOf(target.id) });
  }

  return {
    async loadOlder(countFar = keepAll) {
      await load('page', async (isCurrent) => {
        const range = get();
        if (range.older === 0) return;
        const { currentId: conversationId } = range;
        const input = { conversationId, before: firstSeq(range), limit: pageSize };
        const reply = await pages.before(input);
        if (!isCurrent()) return;
        if (reply.ok && !fits(get(), reply.value)) return;
        if (reply.ok) set(withOlder(get(), reply.value, pageSize, countFar()));
        else toast(reply.message, { tone: 'problem' });
      });
    },
    async loadNewer(countFar = keepAll) {
      await load('page', async (isCurrent) => {
        const range = get();
        if (range.newer === 0) return;
        const { currentId: conversationId } = range;
        const input = { conversationId, after: lastSeq(range), limit: pageSize };
        const reply = await pages.after(input);
        if (!isCurrent()) return;
        if (reply.ok && !fits(get(), reply.value)) return;
        if (reply.ok) set(withNewer(get(), reply.value, countFar()));
        else toast(reply.message, { tone: 'problem' });
      });
    },
    unload(first, last) {
      // Not while a page is being loaded, because it has to be adjacent to the range.
      if (loading?.currentId !== get().currentId) set(without(get(), first, last));
    },
    async goToStart() {
      if (get().older === 0) return goToLoaded({ to: 'start' });
      await load('target', (isCurrent) => jump(isCurrent, 1, () => ({ to: 'start' })));
    },
    async goToEnd() {
      if (get().newer === 0) return goToLoaded({ to: 'end' });
      await load('target', async (isCurrent) => {
        const { currentId: conversationId } = get();
        const reply = await pages.before({ conversationId, before: null, limit: firstPage });
        if (!isCurrent()) return;
        if (reply.ok && isOutdated(get(), reply.value)) return;
        if (reply.ok) set({ ...rangeAtEnd(reply.value, get()), scrollTarget: { to: 'end' } });
        else toast(reply.message, { tone: 'problem' });
      });
    },
    async goToIndex(index, isStillThere) {
      await load('position', (isCurrent) =>
        jump(
          () => isCurrent() && isStillThere(),
          index + 1,
          (id) => ({ to: 'message', id, isFound: false }),
        ),
      );
    },
    async openAt(conversationId, messageId) {
      if (!(await claimChat(conversationId, messageId))) return;
      showView('chat');
      await get().open(conversationId);
      if (get().currentId !== conversationId) return;
      const scrollTarget: ScrollTarget = { to: 'message', id: messageId, isFound: true };
      if (get().order.includes(messageId)) return goToLoaded(scrollTarget);
      await load('target', async (isCurrent) => {
        const reply = await request('messages:find', { messageId });
        if (!isCurrent()) return;
        if (!reply.ok && reply.code !== 'not_found') return toast(reply.message, { tone: 'problem' });
        if (!reply.ok || reply.value.conversationId !== conversationId)
          return toast(t('chat.message_gone'), { tone: 'problem' });
        if (!isOnPath(get().shown.path, reply.value)) {
          const versions = await pages.showVersion(conversationId, { messageId });
          if (!isCurrent()) return;
          if (!versions.ok) return toast(versions.message, { tone: 'problem' });
          if (!isOutdated(get(), versions.value)) set(withVersions(get(), versions.value));
        }
        await jump(isCurrent, reply.value.seq, () => scrollTarget);
      });
    },
    async showMessage(messageId, onMissing = (problem) => toast(problem, { tone: 'problem' })) {
      const reply = await request('messages:find', { messageId });
      if (reply.ok) await get().openAt(reply.value.conversationId, messageId);
      else await onMissing(reply.message);
    },
  };
}
