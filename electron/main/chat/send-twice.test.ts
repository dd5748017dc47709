// The same message sent again, as after a lost reply, a second click or a crash; and the draft that it was.
import { beforeEach, describe, expect, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import type { Draft } from '../../../shared/domain/draft';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sendInput } from '../test-support/test-messages';
import { historyOf } from './history';
import { markGenerating } from './mark-generating';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

function reply(input: RequestInput<'chat:send'>, to = chat) {
  const result = sendMessage(to.context, input);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

function draftOf(questionId: string): Draft {
  const choices = {
    mode: 'auto',
    model: null,
    options: {},
    aspectRatio: null,
    followsPicture: true,
    count: 1,
    seed: null,
    references: [],
  } as const;
  return { ...choices, references: [], models: [], styles: [], questionId, text: 'a fox' };
}

const draftedIn = newId();

function write(draft: Draft): void {
  chat.store.batch(() => chat.store.drafts.set(draftedIn, draft));
}

const draft = () =>
  chat.store.drafts.all().find(({ conversationId }) => conversationId === draftedIn)?.draft ?? null;

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
    const next = openTestContext(file);
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
    chat.store.messages.setEnded(messages[1]?.id ?? '', 'failed', { code: 'refused', message: 'No.' }, 5);
    expect(reply(input).messages[1]).toMatchObject({ status: 'failed', error: { code: 'refused' } });
  });

  test.each([
    ['other text', { text: 'draw an owl' }],
    ['text that the user has added while it was sent', { text: 'draw a fox\nat night' }],
    ['other text, in another conversation', { text: 'draw an owl', conversationId: newId() }],
  ])('is refused with %s, so that the text is not lost, and its draft stays', (_what, changes) => {
    const input = sendInput({ isDraft: true });
    reply(input);
    write(draftOf(input.questionId));
    const again = sendMessage(chat.context, { ...input, ...changes, answerIds: [newId()] });
    expect(again).toMatchObject({ ok: false, code: 'sent_otherwise' });
    expect(chat.store.messages.count()).toBe(2);
    expect(draft()).toEqual(draftOf(input.questionId));
  });

  test('has the same reply with spaces around its text, and for another conversation', () => {
    const input = sendInput();
    const first = reply(input);
    expect(reply({ ...input, text: ' draw a fox\n', conversationId: newId() })).toEqual(first);
  });

  test.each([
    ['an answer', (ids: string[]) => ({ questionId: ids[1] ?? '' })],
    ['the conversation', (ids: string[]) => ({ questionId: ids[0] ?? '', text: 'draw an owl' })],
  ])('changes nothing under the id of %s', (_what, changesFor) => {
    const input = sendInput();
    const { messages } = reply(input);
    const changes = changesFor(messages.map(({ id }) => id));
    expect(sendMessage(chat.context, { ...sendInput(), ...changes }).ok).toBe(false);
    expect(chat.store.messages.count()).toBe(2);
    expect(chat.store.conversations.count()).toBe(1);
  });

  test.each([
    ['an answer of another conversation', (known: string) => [known]],
    [
      'the same answer twice',
      () => {
        const id = newId();
        return [id, id];
      },
    ],
  ])('writes nothing if it brings the id of %s', (_what, answerIdsFor) => {
    const { messages } = reply(sendInput());
    const answerIds = answerIdsFor(messages[1]?.id ?? '');
    expect(() => sendMessage(chat.context, sendInput({ answerIds }))).toThrow('UNIQUE');
    expect(chat.store.messages.count()).toBe(2);
    expect(chat.store.conversations.count()).toBe(1);
  });

  test('has its own answers only if a reply before it has requested pictures since', () => {
    chat.world.provider = 'google';
    const { conversationId, ...first } = sendInput({ text: 'what can you do?' });
    const slow = reply({ ...first, conversationId });
    const second = sendInput({ conversationId, text: 'and then?' });
    const third = sendInput({ conversationId, text: 'a fox', count: 2 });
    const replies = [reply(second), reply(third)];
    const job = chat.waitingJobs().find(({ jobId }) => jobId === slow.messages[1]?.id);
    if (!job) throw new Error('The reply does not wait.');
    markGenerating(chat.context, job, 5);
    const pictures = [{ prompt: 'a boat', aspectRatio: null, count: 2, edits: null }];
    const outcome = { type: 'replied', jobId: job.jobId, text: 'Here.', pictures, costMicroUsd: 1 } as const;
    settle(chat.context, { job, outcome, requestedAt: 5 });
    expect(chat.store.messages.count()).toBe(9);
    expect([second, third].map((input) => reply(input).messages)).toEqual(
      replies.map(({ messages }) => messages),
    );
    // The model gets the conversation in the order of the positions, with the pictures where they stand.
    const last = reply(sendInput({ conversationId, text: 'what did I ask?' })).messages[1];
    const turns = last ? historyOf(chat.context, last).map(({ role, text }) => `${role}: ${text}`) : [];
    expect(turns).toEqual(['user: what can you do?', 'assistant: Here.', 'user: and then?', 'user: a fox']);
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
    database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON drafts
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
      CREATE TRIGGER full_disk_too BEFORE DELETE ON drafts
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
