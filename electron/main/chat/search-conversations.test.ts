import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Store } from '../db/open';
import { createTestContext } from '../test-support/test-context';
import { conversationReads } from './conversation-reads';
import { searchConversations } from './search-conversations';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
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

const found = (text: string, limit = 10) => searchConversations(store, text, limit).map(({ id }) => id);

test.each([
  ['fox dawn', ['c0']],
  ['whal', ['c1']],
  ['wahle', []],
  ['ЛИС', ['c2']],
  ['富士', ['c3']],
  ['edith', ['c4']],
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

test('finds neither deleted conversations nor old titles', () => {
  store.conversations.delete('c0', 1);
  store.conversations.rename('c5', 'a bear in the snow');
  expect(found('fox')).toEqual([]);
  store.conversations.restore('c0');
  expect(found('fox')).toEqual(['c0']);
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
    // What moves to the top has been sent as an event.
    store.conversations.touch('c6', seen.length);
    page = read(last);
  }
  expect(seen).toEqual(['c3', 'c1', 'c6', 'c5', 'c4', 'c2', 'c0']);
});
