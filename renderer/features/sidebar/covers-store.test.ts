import { beforeEach, expect, test, vi } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { pictureMessage } from '../../../shared/domain/test-message';
import { useCovers } from './covers-store';

/** The newest picture of each conversation in the database, and the delayed answers. */
const { newest, held } = vi.hoisted(() => {
  const newest: Record<string, string> = {};
  const held: (() => void)[] = [];
  const request = (_: string, { conversationIds }: { conversationIds: string[] }) => {
    const value = Object.fromEntries(conversationIds.flatMap((id) => (newest[id] ? [[id, newest[id]]] : [])));
    return new Promise((answer) => held.push(() => answer({ ok: true, value })));
  };
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request } }),
    location: { hash: '' },
  });
  return { newest, held };
});

const covers = () => useCovers.getState();

function picture(id: string, seq: number, state?: 'trash'): PictureMessage {
  const image = { width: 3, height: 2, bytes: 1, thumbhash: '', ...(state && { state }) };
  return pictureMessage({ id, groupId: id, seq, revision: seq, image });
}

/** Asks as the list does, and waits for the answer. */
async function ask(): Promise<void> {
  const asked = covers().ask(['c']);
  for (const answer of held.splice(0)) answer();
  await asked;
}

beforeEach(async () => {
  held.length = 0;
  newest['c'] = 'new';
  useCovers.setState({ covers: {}, outdated: new Set(), awaited: {} });
  await ask();
});

test('an older restored picture does not become the cover', async () => {
  covers().receive(picture('old', 1));
  expect(covers().covers).toEqual({ c: 'new' });
  await ask();
  expect(covers().covers).toEqual({ c: 'new' });
});

test('a newer picture becomes the cover, and the previous one stays until the answer', async () => {
  newest['c'] = 'newer';
  covers().receive(picture('newer', 3));
  expect(covers().covers).toEqual({ c: 'new' });
  await ask();
  expect(covers().covers).toEqual({ c: 'newer' });
});

test('a picture becomes the cover as soon as it is in the gallery, even if requested before', async () => {
  covers().receive(picture('newer', 3));
  await ask();
  expect(covers().covers).toEqual({ c: 'new' });
  newest['c'] = 'newer';
  covers().receiveAdded(['another', 'newer']);
  await ask();
  expect(covers().covers).toEqual({ c: 'newer' });
  covers().receiveAdded(['newer']);
  expect(covers().outdated.size).toBe(0);
});

test('a picture that arrives during a request causes another request', async () => {
  covers().receive(picture('other', 2));
  const asked = covers().ask(['c']);
  newest['c'] = 'newest';
  covers().receive(picture('newest', 4));
  for (const answer of held.splice(0)) answer();
  await asked;
  expect(covers().covers).toEqual({ c: 'new' });
  await ask();
  expect(covers().covers).toEqual({ c: 'newest' });
});

test('a picture in Trash, and the current cover, change nothing', async () => {
  covers().receive(picture('gone', 5, 'trash'));
  covers().receive(picture('new', 2));
  expect(covers().outdated.size).toBe(0);
});
