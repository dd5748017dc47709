// The same message sent again, as after a lost reply, a second click or a crash; and the draft that it was.
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import type { Draft } from '../../../shared/domain/draft';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { sendInput } from '../test-support/test-messages';
import { sendMessage } from './send-message';

let chat: TestContext;
let file: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'test.db');
  chat = open();
});

function open(): TestContext {
  const opened = createTestContext(file);
  onTestFinished(() => opened.store.close());
  return opened;
}

function reply(input: RequestInput<'chat:send'>, to = chat) {
  const result = sendMessage(to.context, input);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

function draftOf(questionId: string): Draft {
  const choices = { mode: 'auto', aspectRatio: null, count: 1, seed: null, references: [] } as const;
  return { ...choices, references: [], questionId, text: 'a fox' };
}

function write(draft: Draft): void {
  chat.store.batch(() => chat.store.viewState.write({ draft }));
}

const draft = () => chat.store.viewState.read().draft;

describe('a message that is sent twice', () => {
  test.each(['draw a fox', 'what can you do?'])('is one message with the same reply: %s', (text) => {
    const input = sendInput({ text, count: 3 });
    const first = reply(input);
    chat.world.now += 5_000;
    expect(reply(input)).toEqual(first);
    expect(chat.store.messages.count()).toBe(first.messages.length);
    expect(chat.store.conversations.count()).toBe(1);
  });

  test('keeps the ids that the renderer has given it', () => {
    const input = sendInput({ count: 2 });
    const { conversation, messages } = reply(input);
    expect(conversation.id).toBe(input.conversationId);
    expect(messages.map(({ id }) => id)).toEqual([input.questionId, ...input.answerIds]);
  });

  test('has the same reply from another store on the same file, as after a restart', () => {
    const input = sendInput({ count: 2 });
    const first = reply(input);
    const next = open();
    expect(reply(input, next)).toEqual(first);
    expect(next.store.messages.count()).toBe(3);
  });

  test('has the same reply from the middle of a burst, with its own answers only', () => {
    const { conversationId, ...first } = sendInput({ count: 4 });
    const inputs = [
      { conversationId, ...first },
      ...[2, 1, 3].map((count) => sendInput({ conversationId, count, text: `a fox, ${count} times` })),
    ];
    const replies = inputs.map((input) => reply(input).messages);
    expect(inputs.map((input) => reply(input).messages)).toEqual(replies);
    expect(chat.store.messages.count()).toBe(replies.flat().length);
  });

  test('replies with what has become of it', () => {
    const input = sendInput();
    const { messages } = reply(input);
    chat.store.messages.setEnded(messages[1]?.id ?? '', 'failed', 'refused', 'No.', 5);
    expect(reply(input).messages[1]).toMatchObject({ status: 'failed', error: { code: 'refused' } });
  });

  test('is the first one even if the second has different text', () => {
    const input = sendInput();
    const first = reply(input);
    expect(reply({ ...input, text: 'draw an owl', answerIds: [newId()] })).toEqual(first);
  });

  test('starts no second request for its pictures', () => {
    const input = sendInput();
    reply(input);
    reply(input);
    expect(chat.waitingJobs()).toHaveLength(1);
  });

  test('is refused once its conversation is in Trash', () => {
    const input = sendInput();
    const { conversation } = reply(input);
    chat.store.conversations.delete(conversation.id, 5);
    expect(sendMessage(chat.context, input)).toMatchObject({ ok: false, code: 'not_found' });
    expect(chat.store.messages.count()).toBe(2);
  });
});

describe('the draft', () => {
  test('is cleared with the message that it was', () => {
    const input = sendInput({ isDraft: true });
    write(draftOf(input.questionId));
    reply(input);
    expect(draft()).toBeNull();
  });

  test('is cleared in the transaction that writes the message', () => {
    const input = sendInput({ isDraft: true });
    write(draftOf(input.questionId));
    const database = openPlain(file);
    database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON view_state
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
      CREATE TRIGGER full_disk_too BEFORE DELETE ON view_state
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
      CREATE TRIGGER full_disk_again BEFORE INSERT ON view_state
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    database.close();
    expect(() => sendMessage(chat.context, input)).toThrow('the disk is full');
    expect(chat.store.messages.count()).toBe(0);
    expect(draft()).toEqual(draftOf(input.questionId));
  });

  test('is cleared when the message is sent again', () => {
    const input = sendInput({ isDraft: true });
    reply(input);
    write(draftOf(input.questionId));
    reply(input);
    expect(draft()).toBeNull();
  });

  test.each([
    ['the draft is already the next message', { isDraft: true }, newId()],
    ['the message is not the draft', { isDraft: false }, null],
  ])('stays if %s', (_condition, changes, nextId) => {
    const input = sendInput(changes);
    const kept = draftOf(nextId ?? input.questionId);
    write(kept);
    reply(input);
    reply(input);
    expect(draft()).toEqual(kept);
  });

  test('stays if the message is refused', () => {
    const input = sendInput({ isDraft: true, isNew: false });
    write(draftOf(input.questionId));
    expect(sendMessage(chat.context, input).ok).toBe(false);
    expect(draft()).toEqual(draftOf(input.questionId));
  });
});
