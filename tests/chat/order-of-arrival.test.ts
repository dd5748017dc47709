// The renderer's chat on a real database: in whatever order replies and events arrive, it shows what the rows say.

import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { createWorld, sendMany, type World } from './chat-world';

const seeds = 25;
const steps = 250;

function expectSameMessages({ chat, store }: World): void {
  const { currentId, order, messages, older, newer } = chat();
  const rows = store.messages.pageAfter(currentId, 0, 10_000).messages;
  const last = older + order.length;
  expect(order.map((id) => messages[id])).toEqual(rows.slice(older, last));
  expect(newer).toBe(rows.length - last);
  expect(order.length > 0 || rows.length === 0).toBe(true);
}

function expectSameAsRows(world: World): void {
  expectSameMessages(world);
  expect(world.chat().conversations).toEqual(world.store.conversations.newest(10_000));
}

test.each(Array.from({ length: seeds }, (_, seed) => seed))(
  'shows what the rows say, however late and in whatever order it hears of them (seed %i)',
  async (seed) => {
    const world = await createWorld(seed);
    for (let step = 0; step < steps; step += 1) await world.step();
    await world.deliverAll();
    expectSameAsRows(world);
    void world.chat().goToEnd();
    await world.deliverAll();
    expectSameAsRows(world);
    expect(world.chat().newer).toBe(0);
  },
);

test('reads messages of which it never heard when a later one arrives', async () => {
  const world = await createWorld(1);
  const id = await sendMany(world, 2);
  world.storeUnheard(id);
  expect(world.chat().order).toHaveLength(4);
  await sendMany(world, 1);
  expect(world.chat().order).toHaveLength(8);
  expectSameAsRows(world);
});

test('reads a message of which only a later change is heard', async () => {
  const world = await createWorld(1);
  const id = await sendMany(world, 2);
  const job = world.storeUnheard(id);
  if (job) world.begin(job);
  await world.deliverAll();
  expect(world.chat().order).toHaveLength(6);
  expectSameMessages(world);
});

test('shows the conversation that was chosen last, whichever page arrives first', async () => {
  const world = await createWorld(1);
  const first = await sendMany(world, 1);
  world.chat().newChat();
  const second = await sendMany(world, 1);
  world.chat().newChat();
  void world.chat().open(first);
  void world.chat().open(second);
  // First whether this window may show them, then their pages.
  for (const _request of ['claim', 'page']) {
    await world.answerAll();
    await world.deliverReversed();
  }
  expect(world.chat().currentId).toBe(second);
  void world.chat().open(first);
  world.chat().newChat();
  await world.deliverAll();
  expect([first, second]).not.toContain(world.chat().currentId);
  expect(world.chat().order).toEqual([]);
});

test('leaves no gap when messages are unloaded while others are read', async () => {
  const world = await createWorld(1);
  const id = await sendMany(world, 12);
  world.chat().newChat();
  void world.chat().open(id);
  await world.deliverAll();
  void world.chat().loadOlder();
  world.chat().unload(4, 0);
  await world.deliverAll();
  expectSameAsRows(world);
  expect(world.chat().order).toHaveLength(20);
});

test('opens at a message of another version, whatever is loaded, and at one of the first again', async () => {
  const world = await createWorld(1);
  const { chat } = world;
  const id = await sendMany(world, 30);
  const [first = '', , second = ''] = world.store.messages.pageAfter(id, 0, 60).messages.map((row) => row.id);
  const message = { text: 'draw a wolf', mode: 'picture', aspectRatio: '1:1', count: 1 } as const;
  const edit = (edits: string) => chat().send({ ...message, questionId: newId(), isDraft: false, edits });
  for (const edited of [second, first]) {
    void edit(edited);
    await world.deliverAll();
  }
  expect(chat().order).toHaveLength(2);
  const version = world.store.messages.find(second)?.versions?.[1] ?? '';
  for (const wanted of [version, second, version]) {
    void chat().openAt(id, wanted);
    await world.deliverAll();
    expect(chat().order).toContain(wanted);
    expectSameAsRows(world);
  }
  expect(chat().order).toHaveLength(4);
});

test('does not list a deleted conversation again because of an event from before', async () => {
  const world = await createWorld(1);
  const id = await sendMany(world, 1);
  const [before] = world.chat().conversations;
  void world.chat().remove(id);
  await world.deliverAll();
  if (before) world.chat().receiveConversation(before);
  expect(world.chat().conversations).toEqual([]);
  expect(world.chat().currentId).not.toBe(id);
});
