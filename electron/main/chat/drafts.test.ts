// The drafts of several conversations: kept apart, sent, deleted and shown again by the next start.
import type { IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Draft } from '../../../shared/domain/draft';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sendInput } from '../test-support/test-messages';
import { createDraftHandlers } from './draft-handlers';
import { openedChat } from './opened-chat';
import { sendMessage } from './send-message';

/** The handlers do not use the sender. */
const noSender = {} as IpcMainInvokeEvent;

let file: string;
let chat: TestContext;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

function draftOf(text: string, questionId = newId()): Draft {
  return {
    ...{ questionId, text, mode: 'auto', model: null, models: [], options: {}, styles: [] },
    ...{ aspectRatio: null, followsPicture: true, count: 1, seed: null, references: [] },
  };
}

async function keep(conversationId: string, draft: Draft | null): Promise<void> {
  await createDraftHandlers(chat.store)['drafts:set']({ conversationId, draft }, noSender);
}

/** Sends a message. @returns its conversation's id. */
function converse(changes: Parameters<typeof sendInput>[0] = {}): string {
  const reply = sendMessage(chat.context, sendInput({ text: 'a fox', ...changes }));
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.conversation.id;
}

const kept = (store = chat.store) => openedChat(store, null).drafts.drafts;

describe('the draft of a conversation', () => {
  test('is its own, also for another connection', async () => {
    const [one, two, fresh] = [converse(), converse(), newId()];
    const drafts = { [one]: draftOf('a red'), [two]: draftOf('a blue'), [fresh]: draftOf('a green') };
    for (const [id, draft] of Object.entries(drafts)) await keep(id, draft);
    expect(kept(openTestContext(file).store)).toEqual(drafts);
    await keep(two, null);
    await keep(one, { ...draftOf('a red fox'), seed: 7 });
    expect(Object.keys(kept())).toEqual([one, fresh].toSorted());
    expect(kept()[one]).toMatchObject({ text: 'a red fox', seed: 7 });
  });

  test('leaves with its message, and the others stay', async () => {
    const [one, two] = [converse(), converse()];
    const sent = draftOf('a red fox');
    await keep(one, sent);
    await keep(two, draftOf('a blue fox'));
    converse({ conversationId: one, isNew: false, questionId: sent.questionId, isDraft: true });
    expect(Object.keys(kept())).toEqual([two]);
  });

  test('that is saved after it was sent does not come back, and the next one stays', async () => {
    const one = converse();
    const sent = draftOf('a red fox');
    converse({ conversationId: one, isNew: false, questionId: sent.questionId, isDraft: true });
    await keep(one, sent);
    expect(kept()).toEqual({});
    const next = draftOf('an owl');
    await keep(one, next);
    await keep(one, sent);
    expect(kept()).toEqual({ [one]: next });
  });

  test('stays in Trash for Undo, and is removed with the conversation', async () => {
    const [one, two] = [converse(), converse()];
    await keep(one, draftOf('a red fox'));
    await keep(two, draftOf('a blue fox'));
    chat.store.conversations.delete(one, 5);
    expect(Object.keys(kept())).toEqual([one, two].toSorted());
    expect(openedChat(chat.store, null).drafts.newChatId).toBeNull();
    chat.store.purge.markConversations(5, 6, 10);
    chat.store.transaction(() => {
      chat.store.purge.removeMessages(one, 10);
      chat.store.purge.removeConversation(one);
    });
    expect(Object.keys(kept())).toEqual([two]);
  });

  test('of another version is left out', async () => {
    const one = converse();
    await keep(one, draftOf('a red fox'));
    const database = openPlain(file);
    onTestFinished(() => void database.close());
    for (const broken of ['{', '7', '{"text":7}']) {
      database.prepare('UPDATE drafts SET draft = ?').run(broken);
      expect(kept()).toEqual({});
    }
    database
      .prepare('UPDATE drafts SET draft = ?')
      .run(JSON.stringify({ ...draftOf('a red fox'), mode: 'film', later: 1 }));
    expect(kept()[one]).toMatchObject({ text: 'a red fox', mode: 'auto' });
  });
});

describe('a start', () => {
  test('shows the conversation that was on screen, otherwise the one used last', () => {
    const [one, two] = [converse(), converse()];
    expect(openedChat(chat.store, one).id).toBe(one);
    expect(openedChat(chat.store, null).id).toBe(two);
    expect(openedChat(chat.store, newId()).id).toBe(two);
    chat.store.conversations.delete(one, 5);
    expect(openedChat(chat.store, one).id).toBe(two);
  });

  test('shows a new chat again if the user was writing in it', async () => {
    const one = converse();
    const fresh = newId();
    await keep(fresh, draftOf('a green fox'));
    expect(openedChat(chat.store, fresh)).toMatchObject({ id: undefined, drafts: { newChatId: fresh } });
    expect(openedChat(chat.store, one)).toMatchObject({ id: one, drafts: { newChatId: fresh } });
  });

  test('shows a new chat if there is no conversation', () => {
    expect(openedChat(chat.store, null)).toEqual({ id: undefined, drafts: { drafts: {}, newChatId: null } });
  });

  test('shows in a further window neither a chat nor a new chat that another one has', async () => {
    const [one, two] = [converse(), converse()];
    const [fresh, other] = [newId(), newId()];
    await keep(fresh, draftOf('a green fox'));
    await keep(other, draftOf('a red owl'));
    const further = (openChat: string | null, taken: string[]) =>
      openedChat(chat.store, openChat, { isFirst: false, isTaken: (id) => taken.includes(id) });
    expect(further(one, [two])).toMatchObject({ id: one });
    expect(further(one, [one, other])).toMatchObject({ id: undefined, drafts: { newChatId: fresh } });
    expect(further(null, [fresh, other])).toMatchObject({ id: undefined, drafts: { newChatId: null } });
    const isTaken = (id: string) => id === two;
    expect(openedChat(chat.store, null, { isFirst: true, isTaken }).id).toBeUndefined();
  });
});

describe('the draft of a new version', () => {
  const edit = (messageId: string, draft: Draft | null) =>
    createDraftHandlers(chat.store)['drafts:set-edit']({ messageId, draft }, noSender);
  const questionIn = (conversationId: string) =>
    chat.store.messages.page(conversationId, null, 9).messages[0]?.id ?? '';

  test('is kept under the message, also for another connection, and is no draft of a chat', async () => {
    const one = converse();
    const question = questionIn(one);
    const changed = draftOf('a blue fox');
    await edit(question, changed);
    expect(openTestContext(file).store.drafts.ofEdits()).toEqual({ [question]: changed });
    expect(kept()).toEqual({});
    expect(openedChat(chat.store, null)).toMatchObject({ id: one, drafts: { newChatId: null } });
    await edit(question, null);
    expect(chat.store.drafts.ofEdits()).toEqual({});
  });

  test('leaves with its version, and does not come back when it is saved late', async () => {
    const one = converse();
    const question = questionIn(one);
    const changed = draftOf('a blue fox');
    await edit(question, changed);
    const { questionId, text } = changed;
    converse({ conversationId: one, isNew: false, edits: question, questionId, text });
    expect(chat.store.drafts.ofEdits()).toEqual({});
    await edit(question, changed);
    expect(chat.store.drafts.ofEdits()).toEqual({});
  });

  test('is refused for a message that is not there, and goes with its conversation', async () => {
    expect(await edit(newId(), draftOf('a blue fox'))).toMatchObject({ ok: false, code: 'not_found' });
    const one = converse();
    await edit(questionIn(one), draftOf('a blue fox'));
    chat.store.conversations.delete(one, 5);
    expect(Object.keys(chat.store.drafts.ofEdits())).toHaveLength(1);
    chat.store.transaction(() => chat.store.purge.markConversations(5, 6, 9));
    chat.store.transaction(() => chat.store.purge.removeMessages(one, 9));
    expect(chat.store.drafts.ofEdits()).toEqual({});
    expect(kept()).toEqual({});
  });
});
