// Moves the loaded range of the open conversation: by a page, or to another place.
import type { StoreApi } from 'zustand';
import type { Reply } from '../../../shared/contract';
import { maxMessagesPerRequest, messagesPerMark } from '../../../shared/contract/chat';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { showView } from '../navigation';
import type { ChatActions, ChatState, ScrollTarget, TranscriptPaging } from './chat-state';
import {
  type LoadedRange,
  markBefore,
  markOf,
  rangeAround,
  rangeAtEnd,
  total,
  withMap,
  withNewer,
  withOlder,
} from './loaded-range';

/** Messages that are loaded when a conversation is opened. */
export const firstPage = 12;
/** Messages per step: as many as fit into a frame. */
const pageSize = 8;

type Store = StoreApi<ChatState & ChatActions>;

export function createTranscriptPaging(set: Store['setState'], get: Store['getState']): TranscriptPaging {
  /** Only one load runs at a time; the next scroll event repeats a request that was skipped meanwhile. */
  let loading: object | null = null;

  /** Runs a load unless one is running. A jump supersedes a running load, whose result is then ignored. */
  async function load(isJump: boolean, work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    if (loading !== null && !isJump) return;
    const mine = {};
    loading = mine;
    const { currentId } = get();
    try {
      await work(() => loading === mine && get().currentId === currentId);
    } finally {
      if (loading === mine) loading = null;
    }
  }

  async function readMap(isCurrent: () => boolean): Promise<readonly string[] | null> {
    const { currentId: conversationId, marks: known } = get();
    if (known !== null || conversationId === null) return known;
    const marks: string[] = [];
    let count = 0;
    let last: string | null = null;
    for (let hasMore = true; hasMore; ) {
      const reply: Reply<'messages:map'> = await request('messages:map', { conversationId, after: last });
      if (!isCurrent()) return null;
      if (!reply.ok) {
        toast(reply.message, { tone: 'problem' });
        return null;
      }
      marks.push(...reply.value.marks);
      count += reply.value.count;
      last = reply.value.last ?? last;
      hasMore = reply.value.hasMore;
    }
    if (last === null) return null;
    set(withMap(get(), marks, count, last));
    return marks;
  }

  /** Reads from a mark on and shows the messages around the one that `find` returns. */
  async function jump(
    isCurrent: () => boolean,
    mark: number,
    find: (ids: readonly string[]) => { at: number; scrollTarget: ScrollTarget } | null,
  ): Promise<boolean> {
    const { currentId: conversationId, marks } = get();
    if (conversationId === null || marks === null) return false;
    // The page starts after the mark, except at the first one.
    const after = mark === 0 ? null : (marks[mark] ?? null);
    const first = after === null ? 0 : mark * messagesPerMark + 1;
    const reply: Reply<'messages:list-after'> = await request('messages:list-after', {
      conversationId,
      after,
      limit: maxMessagesPerRequest,
    });
    if (!isCurrent()) return true;
    if (!reply.ok) {
      toast(reply.message, { tone: 'problem' });
      return true;
    }
    const ids: string[] = reply.value.messages.map(({ id }) => id);
    const found = find(ids);
    if (!found) return false;
    set({ ...rangeAround(get(), reply.value, first, found.at), scrollTarget: found.scrollTarget });
    return true;
  }

  async function readPage(
    side: 'older' | 'newer',
    edgeOf: (range: LoadedRange) => string | undefined,
    drop: number,
  ): Promise<void> {
    await load(false, async (isCurrent) => {
      const { currentId: conversationId } = get();
      const edge = edgeOf(get());
      if (conversationId === null || edge === undefined || get()[side] === 0) return;
      const reply = await (side === 'older'
        ? request('messages:list', { conversationId, before: edge, limit: pageSize })
        : request('messages:list-after', { conversationId, after: edge, limit: pageSize }));
      if (!isCurrent()) return;
      if (!reply.ok) return toast(reply.message, { tone: 'problem' });
      set(side === 'older' ? withOlder(get(), reply.value, drop) : withNewer(get(), reply.value, drop));
      // With the map, the scrollbar represents the whole conversation.
      if (side === 'older' && reply.value.hasMore) await readMap(isCurrent);
    });
  }

  return {
    loadOlder: (drop) => readPage('older', ({ order }) => order[0], drop),
    loadNewer: (drop) => readPage('newer', ({ order }) => order.at(-1), drop),
    async goToStart() {
      if (get().older === 0) return set({ scrollTarget: { to: 'start' } });
      await load(true, async (isCurrent) => {
        if (await readMap(isCurrent))
          await jump(isCurrent, 0, () => ({ at: 0, scrollTarget: { to: 'start' } }));
      });
    },
    async goToEnd() {
      if (get().newer === 0) return set({ scrollTarget: { to: 'end' } });
      await load(true, async (isCurrent) => {
        const { currentId: conversationId } = get();
        if (conversationId === null) return;
        const reply = await request('messages:list', { conversationId, before: null, limit: firstPage });
        if (!isCurrent()) return;
        if (!reply.ok) return toast(reply.message, { tone: 'problem' });
        const { marks } = get();
        const older = Math.max(1, total(get()) - reply.value.messages.length);
        const range = rangeAtEnd(reply.value);
        set({ ...range, marks, older: range.older > 0 ? older : 0, scrollTarget: { to: 'end' } });
      });
    },
    async goToIndex(index) {
      await load(true, async (isCurrent) => {
        const marks = await readMap(isCurrent);
        if (!marks || !isCurrent()) return;
        const mark = markBefore(marks, index);
        const first = mark === 0 ? 0 : mark * messagesPerMark + 1;
        await jump(isCurrent, mark, (ids) => {
          const at = Math.min(Math.max(0, index - first), ids.length - 1);
          const id = ids[at];
          return id === undefined ? null : { at, scrollTarget: { to: 'message', id, isFound: false } };
        });
      });
    },
    async openAt(conversationId, messageId) {
      showView('chat');
      await get().open(conversationId);
      if (get().currentId !== conversationId) return;
      const scrollTarget: ScrollTarget = { to: 'message', id: messageId, isFound: true };
      if (get().order.includes(messageId)) return set({ scrollTarget });
      await load(true, async (isCurrent) => {
        const marks = await readMap(isCurrent);
        if (!marks || !isCurrent()) return;
        const isThere = await jump(isCurrent, Math.max(0, markOf(marks, messageId) - 1), (ids) => {
          const at = ids.indexOf(messageId);
          return at < 0 ? null : { at, scrollTarget };
        });
        if (!isThere) toast('This message is no longer in the conversation.', { tone: 'problem' });
      });
    },
    async showMessage(messageId) {
      const reply = await request('messages:find', { messageId });
      if (reply.ok) await get().openAt(reply.value.conversationId, messageId);
      else toast(reply.message, { tone: 'problem' });
    },
  };
}
