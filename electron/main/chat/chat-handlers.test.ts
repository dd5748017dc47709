import { beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../../../shared/domain/errors';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sendInput, sent, startedJob } from '../test-support/test-messages';
import { createChatHandlers } from './chat-handlers';
import { conversationPage } from './conversation-page';
import { sendMessage } from './send-message';

let chat: TestContext;
let handlers: ReturnType<typeof createChatHandlers>;

beforeEach(() => {
  chat = openTestContext();
  handlers = createChatHandlers(chat.context, (input) => sendMessage(chat.context, input));
});

/** None of these handlers looks at its caller. */
const caller = Object(null);

function reply<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

describe('conversations:restore', () => {
  /** Deletes a conversation with a waiting and a running picture. Returns its id and theirs. */
  async function deletedConversation() {
    const running = startedJob(chat);
    const conversationId = chat.store.messages.find(running.jobId)?.conversationId ?? '';
    const waiting = sent(chat, { conversationId, count: 2 }).messages.slice(1);
    const elsewhere = sent(chat).messages[1]?.id ?? '';
    reply(await handlers['conversations:delete']({ conversationId }, caller));
    chat.calls.wakes = 0;
    return { conversationId, running: running.jobId, waiting: waiting.map(({ id }) => id), elsewhere };
  }

  const stopped = () =>
    chat.store.messages.unfinished().flatMap(({ id, isStopRequested }) => (isStopRequested ? [id] : []));

  test('as Undo lets the waiting pictures be made after all', async () => {
    const { conversationId, waiting, elsewhere } = await deletedConversation();
    expect(chat.waitingJobs().map(({ jobId }) => jobId)).toEqual([elsewhere]);
    const restored = await handlers['conversations:restore']({ conversationId, isUndo: true }, caller);
    expect(reply(restored)).toEqual(chat.store.conversations.find(conversationId));
    expect(stopped()).toEqual([]);
    expect(
      chat
        .waitingJobs()
        .map(({ jobId }) => jobId)
        .toSorted(),
    ).toEqual([...waiting, elsewhere].toSorted());
    expect(chat.calls.wakes).toBe(1);
  });

  test('from Trash requests the end of the waiting pictures, and of nothing else', async () => {
    const { conversationId, waiting } = await deletedConversation();
    const restored = await handlers['conversations:restore']({ conversationId, isUndo: false }, caller);
    expect(reply(restored)).toEqual(chat.store.conversations.find(conversationId));
    expect(stopped()).toEqual(waiting);
    expect(chat.calls.wakes).toBe(1);
  });

  test.each([true, false])(
    'a second time changes nothing, and ends nothing that was sent since (isUndo: %s)',
    async (isUndo) => {
      const { conversationId } = await deletedConversation();
      const input = { conversationId, isUndo };
      const first = reply(await handlers['conversations:restore'](input, caller));
      const later = sent(chat, { conversationId }).messages[1]?.id;
      const rows = chat.store.messages.page(conversationId, null, 9);
      const second = reply(await handlers['conversations:restore'](input, caller));
      expect(second).toMatchObject({ id: first.id, revision: first.revision + 1 });
      expect(second).toEqual(chat.store.conversations.find(conversationId));
      expect(chat.store.messages.page(conversationId, null, 9)).toEqual(rows);
      expect(stopped()).not.toContain(later);
    },
  );

  test('of an unknown conversation is refused', async () => {
    const input = { conversationId: newId(), isUndo: true };
    expect(await handlers['conversations:restore'](input, caller)).toMatchObject({ code: 'not_found' });
  });
});

describe('conversations:delete', () => {
  test('replies with the conversation as it was, and changes no message', async () => {
    const { conversation } = sent(chat);
    const before = chat.store.messages.page(conversation.id, null, 9);
    const input = { conversationId: conversation.id };
    expect(reply(await handlers['conversations:delete'](input, caller))).toEqual(conversation);
    expect(chat.store.conversations.find(conversation.id)).toBeUndefined();
    expect(chat.store.messages.page(conversation.id, null, 9)).toEqual(before);
    expect(await handlers['conversations:delete'](input, caller)).toMatchObject({ code: 'not_found' });
  });
});

test('a renamed and a pinned conversation has a higher revision', async () => {
  const { conversation } = sent(chat);
  const conversationId = conversation.id;
  const renamed = reply(await handlers['conversations:rename']({ conversationId, title: 'Owls' }, caller));
  expect(renamed).toEqual({ ...conversation, title: 'Owls', revision: conversation.revision + 1 });
  const pinned = reply(await handlers['conversations:pin']({ conversationId, pinned: true }, caller));
  expect(pinned).toEqual({ ...renamed, pinned: true, revision: conversation.revision + 2 });
});

test('a message is found unless its conversation is in Trash', async () => {
  const { conversation, messages } = reply(await handlers['chat:send'](sendInput(), caller));
  const find = () => handlers['messages:find']({ messageId: messages[0]?.id ?? '' }, caller);
  expect(reply(await find())).toEqual(messages[0]);
  chat.store.conversations.delete(conversation.id, 5);
  expect(await find()).toMatchObject({ code: 'not_found' });
});

test('pages of messages are read by position', async () => {
  const { conversation } = sent(chat, { count: 4 });
  const conversationId = conversation.id;
  const seqs = (page: Result<{ messages: { seq: number }[]; total: number }>) =>
    reply(page).messages.map(({ seq }) => seq);
  expect(seqs(await handlers['messages:list']({ conversationId, before: null }, caller))).toEqual([
    1, 2, 3, 4, 5,
  ]);
  expect(seqs(await handlers['messages:list']({ conversationId, before: 4, limit: 2 }, caller))).toEqual([
    2, 3,
  ]);
  const after = { conversationId, after: 3, limit: 60 };
  expect(seqs(await handlers['messages:list-after'](after, caller))).toEqual([4, 5]);
});

test('a prefetch starts for what is written, and ends when it is stopped', async () => {
  const input = { text: 'draw a fox', mode: 'picture', aspectRatio: '1:1' } as const;
  reply(await handlers['chat:prefetch'](input, caller));
  expect(chat.prefetches.started).toMatchObject([{ prompt: 'a fox' }]);
  reply(await handlers['chat:stop-prefetch']({}, caller));
  expect(chat.prefetches.discarded).toEqual(chat.prefetches.started.map(({ requestId }) => requestId));
});

test('an answer is cancelled and retried in its row', async () => {
  const { jobId: messageId } = startedJob(chat);
  expect(reply(await handlers['messages:cancel']({ messageId }, caller)).id).toBe(messageId);
  expect(chat.store.messages.unfinished()).toMatchObject([{ id: messageId, isStopRequested: true }]);
  chat.store.messages.setEnded(messageId, 'cancelled', { code: 'cancelled', message: 'Cancelled.' }, 7);
  expect(reply(await handlers['messages:retry']({ messageId }, caller))).toMatchObject({
    ...{ id: messageId, status: 'pending', error: null },
  });
  const unknown = { messageId: newId() };
  expect(await handlers['messages:cancel'](unknown, caller)).toMatchObject({ code: 'not_found' });
  expect(await handlers['messages:retry'](unknown, caller)).toMatchObject({ code: 'not_found' });
});

test('conversations are listed up to a limit, and whether there are more', () => {
  const ids = [sent(chat), sent(chat), sent(chat)].map(({ conversation }) => conversation.id).toReversed();
  const list = (limit: number) => {
    const { conversations, hasMore } = conversationPage(chat.store, limit);
    return { ids: conversations.map(({ id }) => id), hasMore };
  };
  expect(list(2)).toEqual({ ids: ids.slice(0, 2), hasMore: true });
  expect(list(3)).toEqual({ ids, hasMore: false });
});
