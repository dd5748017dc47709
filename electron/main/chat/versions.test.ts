import { beforeEach, describe, expect, test } from 'vitest';
import { isOnPath, trunkShown } from '../../../shared/domain/message-path';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { openBilledChat } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput, sent, startedJob, storedPicture } from '../test-support/test-messages';
import { historyOf } from './history';
import { jobFor } from './job-for';
import { regenerate } from './regenerate';
import { sendMessage } from './send-message';
import { settle } from './settle';
import { showMessage } from './versions';

let chat: TestContext;
let file: string;
const conversationId = newId();

beforeEach(() => {
  // Google's models talk, and make pictures.
  ({ chat, file } = openBilledChat());
  chat.store.conversations.insert({ id: conversationId, title: 'A chat', createdAt: 1 });
});

function ask(text: string, changes: SendChanges = {}) {
  const [question, answer] = sent(chat, { conversationId, text, ...changes }).messages;
  if (!question || !answer) throw new Error('There is no answer.');
  return { question, answer };
}

function shown(): string[] {
  return page().messages.map((message) => (message.kind === 'text' ? message.text : message.prompt));
}

const page = () => chat.store.messages.page(conversationId, null, 1000);

function show(messageId: string): void {
  expect(showMessage(chat.context, messageId)).toMatchObject({ ok: true });
}

describe('an edited question', () => {
  test('replaces the question and everything after it, and the first version comes back', () => {
    const fox = ask('draw a fox');
    ask('draw an owl');
    const wolf = ask('draw a wolf', { edits: fox.question.id });
    expect(shown()).toEqual(['draw a wolf', 'a wolf']);
    expect(wolf.question).toMatchObject({ seq: 1, branch: wolf.question.id });
    expect(page()).toMatchObject({ total: 2, shown: { path: [{ until: 1 }, { branch: wolf.question.id }] } });
    ask('draw a bear');
    expect(shown()).toEqual(['draw a wolf', 'a wolf', 'draw a bear', 'a bear']);
    show(fox.question.id);
    expect(shown()).toEqual(['draw a fox', 'a fox', 'draw an owl', 'an owl']);
    expect(page().shown?.path).toEqual(trunkShown.path);
    show(wolf.question.id);
    expect(shown()).toEqual(['draw a wolf', 'a wolf', 'draw a bear', 'a bear']);
  });

  test('has all versions in the order in which they were made, also if a version was edited', () => {
    const first = ask('draw a fox').question.id;
    const second = ask('draw a wolf', { edits: first }).question.id;
    const third = ask('draw a bear', { edits: second }).question.id;
    for (const id of [first, second, third])
      expect(chat.store.messages.find(id)).toMatchObject({ versions: [first, second, third], seq: 1 });
  });

  test('has no other version if it was never edited', () => {
    expect(ask('draw a fox').question).not.toHaveProperty('versions');
    expect(page().shown).toBeUndefined();
  });

  test('is stored once, however often it is sent', () => {
    const { question } = ask('draw a fox');
    const input = sendInput({ conversationId, text: 'draw a wolf', edits: question.id });
    const [once, twice] = [sendMessage(chat.context, input), sendMessage(chat.context, input)];
    expect(twice).toEqual(once);
    expect(chat.store.messages.count()).toBe(4);
  });

  test.each([
    ['an answer', () => ask('draw a fox').answer.id],
    ['a message that does not exist', () => newId()],
    ['a message of another conversation', () => sent(chat, {}).messages[0]?.id ?? ''],
  ])('is refused for %s, and nothing is written', (_, edits) => {
    const id = edits();
    const count = chat.store.messages.count();
    expect(sendMessage(chat.context, sendInput({ conversationId, edits: id }))).toMatchObject({
      ok: false,
      code: 'not_found',
    });
    expect(chat.store.messages.count()).toBe(count);
  });

  test('lets what waited in the replaced version end, and what has begun finish', () => {
    const { question, answer } = ask('draw a fox');
    const begun = startedJob(chat, { conversationId, text: 'draw an owl' });
    ask('draw a wolf', { edits: question.id });
    const work = chat.store.messages.unfinished();
    expect(work.find(({ id }) => id === answer.id)).toMatchObject({ isStopRequested: true });
    expect(work.find(({ id }) => id === begun.jobId)).toMatchObject({ isStopRequested: false });
    settle(chat.context, { job: begun, outcome: storedPicture(begun), requestedAt: 1 });
    expect(shown()).toEqual(['draw a wolf', 'a wolf']);
    expect(chat.store.messages.find(begun.jobId)).toMatchObject({ status: 'ready' });
  });

  test('ends the replies of the replaced version with the text that they have, and their requests for pictures', () => {
    const job = startedJob(chat, { conversationId, text: 'what is a fox?' });
    const later = startedJob(chat, { conversationId, text: 'and an owl?' });
    const before = page().messages[0]?.id ?? '';
    chat.store.batch(() => chat.store.messages.setStreaming(job.jobId, 'A fox is', 2));
    const elsewhere = startedJob(chat, { text: 'what is a hare?' });
    const { answer } = ask('what is a wolf?', { edits: before });
    expect(answer).toMatchObject({ status: 'pending', seq: 2 });
    const stops = new Map(chat.store.messages.unfinished().map((row) => [row.id, row.isStopRequested]));
    expect([job, later, elsewhere].map(({ jobId }) => stops.get(jobId))).toEqual([true, true, false]);
    expect(stops.get(answer.id)).toBe(false);
    // One that has just ended by itself stays whole; what it requests does not begin.
    const pictures = [{ prompt: 'a fox', aspectRatio: null, count: 2, edits: null }];
    const outcome = {
      type: 'replied',
      jobId: job.jobId,
      text: 'A fox is red.',
      pictures,
      costMicroUsd: 5,
    } as const;
    settle(chat.context, { job, outcome, requestedAt: 1 });
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'ready', text: 'A fox is red.' });
    const requested = chat.store.messages.unfinished().filter(({ kind }) => kind === 'image');
    expect(requested.map(({ isStopRequested }) => isStopRequested)).toEqual([true, true]);
  });

  test('leaves a reply to an earlier question running, and pictures that are on their way', () => {
    const earlier = startedJob(chat, { conversationId, text: 'what is a fox?' });
    const picture = startedJob(chat, { conversationId, text: 'draw an owl' });
    const drawn = page().messages.find((message) => message.role === 'user' && message.seq === 3);
    ask('draw a wolf', { edits: drawn?.id ?? '' });
    const stops = new Map(chat.store.messages.unfinished().map((row) => [row.id, row.isStopRequested]));
    expect([earlier, picture].map(({ jobId }) => stops.get(jobId))).toEqual([false, false]);
  });

  test('is a prompt if the first version was one by itself or not', () => {
    const words = ask('draw a fox').question;
    const edit = (edits: string, mode: 'auto' | 'picture') =>
      ask('What is a fox?', { edits, mode }).answer.kind;
    expect(edit(words.id, 'picture')).toBe('text');
    const chosen = ask('How are you?', { mode: 'picture' }).question;
    expect(edit(chosen.id, 'picture')).toBe('image');
  });
});

describe('the history that a model receives', () => {
  test('is the shown versions only', () => {
    const { question } = ask('What is a fox?');
    ask('What is an owl?');
    const { answer } = ask('What is a wolf?', { edits: question.id });
    const next = ask('And a bear?').answer;
    const history = historyOf(chat.context, next).map(({ text }) => text);
    expect(history).toEqual(['What is a wolf?']);
    expect(jobFor(chat.context, answer)).toMatchObject({ text: 'What is a wolf?', history: [] });
  });

  test('is the version of the answer, also while another one is shown', () => {
    const { question } = ask('What is a fox?');
    const { answer } = ask('And an owl?');
    ask('What is a wolf?', { edits: question.id });
    expect(jobFor(chat.context, answer)).toMatchObject({
      text: 'And an owl?',
      history: [{ text: 'What is a fox?' }],
    });
  });

  test('does not refer to a picture of a hidden version', () => {
    const job = startedJob(chat, { conversationId, text: 'draw a fox' });
    settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
    expect(chat.store.messages.hasPicture(conversationId)).toBe(true);
    const [question] = page().messages;
    ask('What is a fox?', { edits: question?.id ?? '' });
    expect(chat.store.messages.hasPicture(conversationId)).toBe(false);
    show(job.jobId);
    expect(chat.store.messages.hasPicture(conversationId)).toBe(true);
  });

  test('finds the last picture before a fork, within the given distance', () => {
    const job = startedJob(chat, { conversationId, text: 'draw a fox' });
    settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
    const { question } = ask('What is a fox?');
    const { answer } = ask('What is a wolf?', { edits: question.id });
    expect(chat.store.messages.lastPicture(answer, 2)).toBe(job.jobId);
    expect(chat.store.messages.lastPicture(answer, 1)).toBeUndefined();
  });
});

describe('a regenerated answer', () => {
  const input = (messageId: string) => ({ messageId, answerId: newId() });

  test('answers the same question, and what followed stays in the first version', () => {
    const { question, answer } = ask('What is a fox?');
    const later = ask('And an owl?');
    const reply = regenerate(chat.context, input(answer.id));
    if (!reply.ok) throw new Error(reply.code);
    const [again] = reply.value.messages;
    expect(again).toMatchObject({ seq: 2, status: 'pending', versions: [answer.id, again?.id] });
    expect(page().messages.map(({ id }) => id)).toEqual([question.id, again?.id]);
    if (again) expect(jobFor(chat.context, again)).toMatchObject({ text: 'What is a fox?', history: [] });
    show(later.answer.id);
    expect(shown()).toEqual(['What is a fox?', '', 'And an owl?', '']);
  });

  test('is requested once, however often it is sent', () => {
    const once = input(ask('What is a fox?').answer.id);
    expect(regenerate(chat.context, once)).toEqual(regenerate(chat.context, once));
    expect(chat.store.messages.count()).toBe(3);
  });

  test('puts the pictures that it requests into its own version', () => {
    const { answer } = ask('What is a fox?');
    const again = input(answer.id);
    regenerate(chat.context, again);
    const job = chat.waitingJobs().find(({ jobId }) => jobId === again.answerId);
    if (job?.kind !== 'text') throw new Error('No reply waits.');
    show(answer.id);
    const pictures = [{ prompt: 'a fox', aspectRatio: null, count: 1, edits: null }];
    const outcome = { type: 'replied', jobId: job.jobId, text: 'Here.', pictures, costMicroUsd: 0 } as const;
    settle(chat.context, { job, outcome, requestedAt: 1 });
    expect(shown()).toEqual(['What is a fox?', '']);
    show(again.answerId);
    expect(shown()).toEqual(['What is a fox?', 'Here.', 'a fox']);
  });

  test('makes its pictures with what was chosen for those of the version that it regenerates', () => {
    const options = { resolution: '2K' } as const;
    const { answer } = ask('What is a fox?', { options, aspectRatio: '16:9', seed: 7 });
    const again = input(answer.id);
    regenerate(chat.context, again);
    const third = input(again.answerId);
    regenerate(chat.context, third);
    const job = chat.waitingJobs().find(({ jobId }) => jobId === third.answerId);
    if (job?.kind !== 'text') throw new Error('No reply waits.');
    const pictures = [{ prompt: 'a fox', aspectRatio: null, count: 2, edits: null }];
    const outcome = { type: 'replied', jobId: job.jobId, text: 'Here.', pictures, costMicroUsd: 0 } as const;
    settle(chat.context, { job, outcome, requestedAt: 1 });
    const made = page().messages.flatMap((message) => (message.kind === 'image' ? [message.params] : []));
    expect(made).toMatchObject([
      { aspectRatio: '16:9', resolution: '2K' },
      { aspectRatio: '16:9', resolution: '2K' },
    ]);
    expect(chat.store.messages.replyChoices(third.answerId)).toMatchObject({ seed: 7, options });
  });

  test.each([
    ['a question', () => ask('What is a fox?').question.id, 'not_retryable'],
    ['a picture', () => ask('draw a fox').answer.id, 'not_retryable'],
    ['nothing', () => newId(), 'not_found'],
  ])('is refused for %s', (_, id, code) => {
    expect(regenerate(chat.context, input(id()))).toMatchObject({ ok: false, code });
  });
});

describe('any versions', () => {
  /** A conversation as a tree, the slow way: each message with the one before it. */
  type Node = { id: string; before: string | null };

  test.each([1, 2, 3, 4])('page as the tree says, in random conversation %i', (seed) => {
    const random = seeded(seed);
    const nodes = new Map<string, Node>();
    const last = new Map<string | null, string>();
    let end: string | null = null;
    const add = (id: string, before: string | null) => {
      nodes.set(id, { id, before });
      last.set(before, id);
    };
    const leaf = (from: string | null): string | null => {
      const next = last.get(from);
      return next === undefined ? from : leaf(next);
    };
    for (let step = 0; step < 40; step += 1) {
      const path = pathOf(nodes, end);
      const questions = path.filter((_, index) => index % 2 === 0);
      const edited = random() < 0.4 ? questions[Math.floor(random() * questions.length)] : undefined;
      if (random() < 0.3 && nodes.size > 0) {
        const id = [...nodes.keys()][Math.floor(random() * nodes.size)] ?? '';
        for (const node of pathOf(nodes, id)) last.set(nodes.get(node)?.before ?? null, node);
        show(id);
      } else {
        const { question, answer } = ask(`What is ${step}?`, edited === undefined ? {} : { edits: edited });
        add(question.id, edited === undefined ? end : (nodes.get(edited)?.before ?? null));
        add(answer.id, question.id);
      }
      end = leaf(null);
      const expected = pathOf(nodes, end);
      const { messages, total, shown: { path: shownPath } = trunkShown } = page();
      expect(messages.map(({ id }) => id)).toEqual(expected);
      expect(messages.map(({ seq }) => seq)).toEqual(expected.map((_, index) => index + 1));
      expect(total).toBe(expected.length);
      const at = Math.floor(random() * (total + 2));
      const limit = 1 + Math.floor(random() * 7);
      const before = chat.store.messages.page(conversationId, at, limit).messages;
      expect(before.map(({ id }) => id)).toEqual(expected.slice(0, Math.max(0, at - 1)).slice(-limit));
      const after = chat.store.messages.pageAfter(conversationId, at, limit).messages;
      expect(after.map(({ id }) => id)).toEqual(expected.slice(at, at + limit));
      for (const id of nodes.keys()) {
        const message = chat.store.messages.find(id);
        expect(message && isOnPath(shownPath, message)).toBe(expected.includes(id));
      }
    }
    expect(chat.store.check('full')).toEqual([]);
  });

  function pathOf(nodes: ReadonlyMap<string, Node>, end: string | null): string[] {
    const node = end === null ? undefined : nodes.get(end);
    return node ? [...pathOf(nodes, node.before), node.id] : [];
  }

  function seeded(seed: number): () => number {
    let state = seed * 2_654_435_761;
    return () => {
      state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 1) >>> 0;
      return state / 2 ** 32;
    };
  }
});

test('pages of 100,000 messages use the index, whichever version is shown', () => {
  const plain = openPlain(file);
  plain.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at, seq)
    SELECT 'm' || i, '${conversationId}', iif(i % 2, 'user', 'assistant'), 'text', 'ready', 'x', i, i, i FROM n`);
  plain.close();
  for (let count = 0; count < 50; count += 1) ask(`What is ${count}?`, { edits: 'm99001' });
  const pages = (before: number | null) => {
    const start = process.cpuUsage();
    for (let count = 0; count < 20; count += 1) chat.store.messages.page(conversationId, before, 60);
    return process.cpuUsage(start).user;
  };
  pages(null);
  const [shownEnd, start] = [pages(null), pages(61)];
  show('m100000');
  const trunkEnd = pages(null);
  // A scan would take hundreds of times as long. The bound is wide, because other programs run at the same time.
  expect(Math.max(shownEnd, start, trunkEnd) / 20).toBeLessThan(20_000);
  expect(page().total).toBe(100_000);
});
