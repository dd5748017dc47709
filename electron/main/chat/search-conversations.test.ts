import { beforeEach, expect, test } from 'vitest';
import { newId } from '../db/new-id';
import type { Store } from '../db/open';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob, storedPicture } from '../test-support/test-messages';
import { conversationReads } from './conversation-reads';
import { searchConversations } from './search-conversations';
import { settle } from './settle';

let chat: TestContext;
let store: Store;

beforeEach(() => {
  chat = openTestContext();
  store = chat.store;
  const titles = [
    'a red fox at dawn',
    'a whale under the moon',
    'Лиса на рассвете',
    '日本の富士山',
    'Édith à la plage',
    'a fox in the snow',
    `Rose's "best" 100% 🌹 \\ '; DROP TABLE conversations; --`,
  ];
  for (const [at, title] of titles.entries()) {
    store.conversations.insert({ id: `c${at}`, title, createdAt: at });
  }
});

const found = (text: string, limit = 10) =>
  searchConversations(store, text, limit).byTitle.map(({ id }) => id);
const foundByPictures = (text: string, limit = 10) =>
  searchConversations(store, text, limit).byPictures.map(({ id }) => id);

test.each([
  ['fox dawn', ['c0']],
  ['whal', ['c1']],
  ['wahle', []],
  ['ЛИС', ['c2']],
  ['富士', ['c3']],
  ['edith', ['c4']],
  ['ÉDITH plage', ['c4']],
  ['whle', ['c1']],
  ['🌹', ['c6']],
  ["'; DROP", ['c6']],
  ['%', ['c6']],
  ['unicorn', []],
])('%s', (text, ids) => {
  expect(found(text)).toEqual(ids);
});

test('of equal matches, the one that was used last comes first', () => {
  store.conversations.insert({ id: 'twin', title: 'a fox in the snow', createdAt: 1 });
  expect(found('fox in the snow')).toEqual(['twin', 'c5']);
  store.conversations.touch('c5', 100);
  expect(found('fox in the snow')).toEqual(['c5', 'twin']);
});

test('an empty text finds the ones that were used last, and a limit holds for both', () => {
  expect(found(' ', 3)).toEqual(['c6', 'c5', 'c4']);
  expect(found('a', 2)).toHaveLength(2);
});

test('of very many matches, the last used come first, and those with a word that begins so', () => {
  for (let at = 0; at < 300; at += 1) {
    store.conversations.insert({
      id: `m${at}`,
      title: at % 2 === 0 ? `Sparrow ${at}` : `Row ${at}`,
      createdAt: at,
    });
  }
  expect(found('row', 3)).toEqual(['m299', 'm297', 'm295']);
  expect(found('ROW', 200).slice(148, 152)).toEqual(['m3', 'm1', 'm298', 'm296']);
  expect(found('2 row', 1)).toEqual(['m299']);
});

test('finds neither deleted conversations nor old titles', () => {
  store.conversations.delete('c0', 1);
  store.conversations.rename('c5', 'a bear in the snow');
  expect(found('fox')).toEqual([]);
  store.conversations.restore('c0');
  expect(found('fox')).toEqual(['c0']);
});

/** Makes a picture in a new conversation whose title does not tell about it, or in the given one. @returns the ids. */
function makePicture(text: string, conversationId?: string): { conversationId: string; imageId: string } {
  const job = startedJob(chat, {
    text,
    mode: 'picture',
    ...(conversationId !== undefined && { conversationId }),
  });
  settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
  chat.outbox.drainAll();
  const message = store.messages.find(job.jobId);
  const id = message?.conversationId ?? '';
  store.conversations.rename(id, `Chat ${id}`);
  return { conversationId: id, imageId: job.jobId };
}

test('finds a conversation by the prompts of its pictures, once, after those with such a title', () => {
  const made = makePicture('a submarine in deep water');
  makePicture('a yellow submarine', made.conversationId);
  const other = makePicture('a submarine at the beach');
  expect(foundByPictures('submar')).toEqual([other.conversationId, made.conversationId]);
  store.trash.add(other.imageId, 1);
  expect(foundByPictures('submar yell')).toEqual([made.conversationId]);
  // As the gallery does: inside words, in phrases, and by models.
  for (const text of ['bmarin', '"yellow submarine"', 'marine "a yellow"', 'painter']) {
    expect(foundByPictures(text)).toEqual([made.conversationId]);
  }
  expect(foundByPictures('"submarine yellow"')).toEqual([]);
  for (const text of ['"', '*', 'submarine OR', '{prompt}', ') OR (']) {
    expect(() => foundByPictures(text)).not.toThrow();
  }
  store.conversations.rename(made.conversationId, 'My submarine');
  expect(found('submarine')).toEqual([made.conversationId]);
  expect(foundByPictures('submarine')).toEqual([]);
  store.conversations.delete(made.conversationId, 5);
  expect([...found('submarine'), ...foundByPictures('submarine')]).toEqual([]);
});

test('finds whole words in pictures first, and a picture behind very many newer ones of one conversation', () => {
  const rare = makePicture('a bluebell house');
  const busy = makePicture('bells of a church');
  const whole = makePicture('a bell');
  const ids = [whole, busy, rare].map(({ conversationId }) => conversationId);
  expect(foundByPictures('bell')).toEqual(ids);
  const message = store.messages.find(busy.imageId);
  if (message?.kind !== 'image') throw new Error('There is no picture.');
  store.transaction(() => {
    for (let at = 0; at < 1100; at += 1) {
      const id = newId();
      store.messages.insert({ ...message, id, groupId: id });
      store.userImages.insert({
        ...{ id, messageId: id, file: `images/${at}.png`, prompt: 'a bluebell' },
        ...{ width: 3, height: 2, bytes: 1, thumbhash: '', provider: 'painter', model: 'painter-1' },
        ...{ params: '{}', createdAt: 5 },
      });
    }
  });
  expect(foundByPictures('bluebell')).toEqual([busy.conversationId, rare.conversationId]);
  expect(foundByPictures('bell')).toEqual(ids);
});

test('the newest picture that is not in Trash stands for its conversation', () => {
  const covers = (...conversationIds: string[]) =>
    conversationReads.conversationCovers.run({ store, dataFolder: '' }, { conversationIds });
  const first = makePicture('a submarine');
  const second = makePicture('a yellow submarine', first.conversationId);
  expect(covers('c0', first.conversationId, 'gone')).toEqual({ [first.conversationId]: second.imageId });
  store.trash.add(second.imageId, 1);
  expect(covers(first.conversationId)).toEqual({ [first.conversationId]: first.imageId });
  store.trash.add(first.imageId, 1);
  expect(covers(first.conversationId)).toEqual({});
  store.trash.restore(second.imageId);
  expect(covers(first.conversationId)).toEqual({ [first.conversationId]: second.imageId });
});

test('pages follow each other without a gap or a repetition while conversations are used', () => {
  store.conversations.pin('c1', true);
  store.conversations.pin('c3', true);
  const read = (after?: { pinned: boolean; activity: number }) =>
    conversationReads.conversations.run({ store, dataFolder: '' }, { limit: 2, ...(after && { after }) });
  const seen: string[] = [];
  let page = read();
  for (;;) {
    seen.push(...page.conversations.map(({ id }) => id));
    const last = page.conversations.at(-1);
    if (!page.hasMore || !last) break;
    // A conversation that moves to the top has been sent as an event.
    store.conversations.touch('c6', seen.length);
    page = read(last);
  }
  expect(seen).toEqual(['c3', 'c1', 'c6', 'c5', 'c4', 'c2', 'c0']);
});
