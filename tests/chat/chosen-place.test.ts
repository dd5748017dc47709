// The renderer's chat on a real database: the place that the user has chosen last is the one that is shown.
import { expect, test } from 'vitest';
import { createWorld, sendMany, type World } from './chat-world';

/** Opens a conversation of so many messages and answers at its end. @returns the ids of all of them. */
async function openLongChat(world: World, messages: number): Promise<string[]> {
  const id = await sendMany(world, messages);
  world.chat().newChat();
  void world.chat().open(id);
  await world.deliverAll();
  return world.store.messages.pageAfter(id, 0, 10_000).messages.map((row) => row.id);
}

const stays = () => true;

/** The user's choices, and the message that each of them shows. */
const choices: [string, (world: World, ids: string[]) => void, (ids: string[]) => string | undefined][] = [
  ['the beginning', ({ chat }) => void chat().goToStart(), (ids) => ids[0]],
  ['the end', ({ chat }) => void chat().goToEnd(), (ids) => ids.at(-1)],
  ['a message', ({ chat }, ids) => void chat().openAt(chat().currentId, ids[20] ?? ''), (ids) => ids[20]],
];

test.each(choices)('shows %s, whatever the transcript loads by itself', async (_choice, choose, wanted) => {
  const world = await createWorld(1);
  const ids = await openLongChat(world, 80);
  void world.chat().goToIndex(100, stays);
  await world.deliverAll();
  const loadItself = () => {
    void world.chat().goToIndex(60, stays);
    void world.chat().loadOlder();
    void world.chat().loadNewer();
  };
  loadItself();
  choose(world, ids);
  loadItself();
  await world.answerAll();
  await world.deliverReversed();
  await world.deliverAll();
  expect(world.chat().order).toContain(wanted(ids));
  expect(world.chat().order).not.toContain(ids[60]);
});

test('stays at an end that is loaded when what belongs to an earlier place arrives', async () => {
  const world = await createWorld(1);
  const ids = await openLongChat(world, 80);
  void world.chat().goToIndex(40, stays);
  void world.chat().goToEnd();
  await world.deliverAll();
  expect(world.chat().order).toContain(ids.at(-1));
  expect(world.chat().scrollTarget).toEqual({ to: 'end' });
  void world.chat().goToStart();
  await world.deliverAll();
  void world.chat().goToIndex(120, stays);
  void world.chat().goToStart();
  await world.deliverAll();
  expect(world.chat().order).toContain(ids[0]);
  expect(world.chat().scrollTarget).toEqual({ to: 'start' });
});

test('ignores what belongs to a place that the transcript has left meanwhile', async () => {
  const world = await createWorld(1);
  await openLongChat(world, 80);
  const before = world.chat().order;
  void world.chat().goToIndex(40, () => false);
  await world.deliverAll();
  expect(world.chat().order).toEqual(before);
  expect(world.chat().scrollTarget).toBeNull();
});

test('loads the place of the scrollbar once the place that was asked for is shown', async () => {
  const world = await createWorld(1);
  const ids = await openLongChat(world, 80);
  void world.chat().goToStart();
  await world.deliverAll();
  void world.chat().goToIndex(120, stays);
  await world.deliverAll();
  expect(world.chat().order).toContain(ids[120]);
});

test('counts what is far away when a page is here, not when it was asked for', async () => {
  const world = await createWorld(1);
  const ids = await openLongChat(world, 80);
  void world.chat().goToStart();
  await world.deliverAll();
  let far = 8;
  void world.chat().loadNewer(() => far);
  void world.chat().goToStart();
  far = 0;
  await world.deliverAll();
  expect(world.chat().order[0]).toBe(ids[0]);
  expect(world.chat().order).toContain(ids[30]);
});
