// Families of pictures, bounded, with what is in Trash or gone.
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { isAlone, maxAncestors, maxChildren, maxSiblings } from '../../../shared/domain/lineage';
import { newId } from './new-id';
import type { Store } from './open';
import { openMemoryStore } from './test-database';

let store: Store;

beforeEach(() => {
  store = openMemoryStore().store;
  onTestFinished(() => store.close());
});

function picture(parentId: string | null = null): string {
  const id = newId();
  store.userImages.insert({
    ...{ id, messageId: id, file: `images/ab/${id}.png`, width: 4, height: 3, bytes: 1, thumbhash: '' },
    ...{ prompt: 'a fox', provider: 'google', model: '', params: '{}', createdAt: 1, parentId },
  });
  return id;
}

/** The ids of the members, by their place. */
function family(id: string) {
  const found = store.lineage.family(id);
  const ids = (members: { id: string }[] = []) => members.map((member) => member.id);
  return { above: ids(found?.ancestors), beside: ids(found?.siblings), below: ids(found?.children) };
}

test('has the pictures above, beside and below, in the order in which they were made', () => {
  const first = picture();
  const second = picture(first);
  const [one, two, three] = [picture(second), picture(second), picture(second)];
  const [below, further] = [picture(two), picture(two)];
  picture(further);
  expect(family(two)).toEqual({ above: [first, second], beside: [one, two, three], below: [below, further] });
  expect(family(first)).toEqual({ above: [], beside: [first], below: [second] });
});

test('of a picture that was made from none, and from which none was made, is itself', () => {
  picture();
  const found = store.lineage.family(picture());
  expect(found && isAlone(found)).toBe(true);
  expect(store.lineage.family(newId())).toBeUndefined();
});

test('says that a parent is in Trash or gone, and leaves other members in Trash out', () => {
  const [first, other] = [picture(), newId()];
  const second = picture(first);
  const sibling = picture(first);
  const child = picture(second);
  for (const id of [first, sibling, child]) store.trash.add(id, 1);
  expect(store.lineage.family(second)).toMatchObject({
    ancestors: [{ id: first, state: 'trash', prompt: 'a fox' }],
    siblings: [{ id: second }],
    children: [],
  });
  store.purge.markPictures(1, 2, 9);
  expect(store.lineage.family(second)?.ancestors).toEqual([
    { id: first, parentId: null, prompt: '', width: 1, height: 1, state: 'gone' },
  ]);
  expect(store.lineage.family(picture(other))?.ancestors).toMatchObject([{ id: other, state: 'gone' }]);
});

test('is bounded in every direction, and always has the picture itself', () => {
  let parent: string | null = null;
  for (let count = 0; count < maxAncestors + 5; count += 1) parent = picture(parent);
  const beside = Array.from({ length: maxSiblings + 5 }, () => picture(parent));
  const last = beside.at(-1) ?? '';
  for (let count = 0; count < maxChildren + 5; count += 1) picture(last);
  const found = family(last);
  expect([found.above.length, found.beside.length, found.below.length]).toEqual([
    maxAncestors,
    maxSiblings,
    maxChildren,
  ]);
  expect(found.above.at(-1)).toBe(parent);
  expect(found.beside).toContain(last);
});
