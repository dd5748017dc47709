// Reads pages of messages, and updates them with messages that have arrived since the main process read them.
import type { Reply, RequestInput } from '../../../shared/contract';
import type { MessagePage } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import type { Result } from '../../../shared/domain/errors';
import { isOnPath } from '../../../shared/domain/message-path';
import { request } from '../../ipc';
import { shownIn } from './loaded-range';
import { type MessagesById, merge } from './messages';

export type PageReader = ReturnType<typeof createPageReader>;

export function createPageReader() {
  /** The number of pending requests. */
  let underWay = 0;
  let arrived: MessagesById = {};

  /** Returns a page with the latest versions of its messages, and with the position of the last known message. */
  function correct(conversationId: string, page: MessagePage): MessagePage {
    const positions = Object.values(arrived)
      .filter((message) => message.conversationId === conversationId && isOnPath(shownIn(page).path, message))
      .map(({ seq }) => seq);
    const { messages, unfinished } = page;
    const latest = merge(arrived, [...messages, ...(unfinished ?? [])]);
    const correctAll = (all: readonly Message[]) => all.map((message) => latest[message.id] ?? message);
    return {
      ...page,
      messages: correctAll(messages),
      ...(unfinished && { unfinished: correctAll(unfinished) }),
      total: Math.max(page.total, ...positions),
    };
  }

  function end(): void {
    underWay -= 1;
    if (underWay === 0) arrived = {};
  }

  async function read(conversationId: string, send: () => Promise<Reply<'messages:list'>>) {
    underWay += 1;
    try {
      const reply = await send();
      return reply.ok ? { ...reply, value: correct(conversationId, reply.value) } : reply;
    } finally {
      end();
    }
  }

  return {
    /** Records messages of any conversation from a reply or an event. */
    note(messages: readonly Message[]): void {
      if (underWay > 0) arrived = merge(arrived, messages);
    },
    /** Sends a request whose reply contains messages, and returns their latest versions. */
    async latest<Value extends { messages: Message[] }>(
      send: () => Promise<Result<Value>>,
    ): Promise<Result<Value>> {
      underWay += 1;
      try {
        const reply = await send();
        if (!reply.ok) return reply;
        const latest = merge(arrived, reply.value.messages);
        const messages = reply.value.messages.map((message) => latest[message.id] ?? message);
        return { ok: true, value: { ...reply.value, messages } };
      } finally {
        end();
      }
    },
    showVersion: (conversationId: string, input: RequestInput<'messages:show-version'>) =>
      read(conversationId, () => request('messages:show-version', input)),
    regenerate: (conversationId: string, input: RequestInput<'messages:regenerate'>) =>
      read(conversationId, () => request('messages:regenerate', input)),
    before: (input: RequestInput<'messages:list'>) =>
      read(input.conversationId, () => request('messages:list', input)),
    after: (input: RequestInput<'messages:list-after'>) =>
      read(input.conversationId, () => request('messages:list-after', input)),
  };
}
