import { expect, onTestFinished, test } from 'vitest';
import { messageStatuses } from '../../../shared/ipc';
import { createTestContext } from '../test-context';
import { begin } from './begin';
import { newId } from './chat-context';
import { sendMessage } from './send-message';

function oneWaiting() {
  const world = createTestContext();
  onTestFinished(() => world.store.close());
  const reply = sendMessage(world.context, {
    conversationId: null,
    text: 'draw a fox',
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
  });
  const id = reply.ok ? (reply.value.messages[1]?.id ?? '') : '';
  return { ...world, id };
}

test('a message that waits is generating from now on, and the screen is told', () => {
  const { context, store, told, world, id } = oneWaiting();
  world.now += 50;
  expect(begin(context, id)).toBe(true);
  const message = store.messages.find(id);
  expect(message).toMatchObject({ status: 'generating', updatedAt: world.now });
  expect(told['message:updated']).toEqual([message]);
});

test.each(messageStatuses.filter((status) => status !== 'pending'))(
  'a message that is %s is not begun, and nothing changes',
  (status) => {
    const { context, store, told, world, id } = oneWaiting();
    if (status === 'ready') store.messages.setReplied(id, '', world.now);
    else if (status === 'generating') store.messages.begin(id, 'generating', world.now);
    else store.messages.setEnded(id, status, 'internal', 'Because.', world.now);
    const before = store.messages.find(id);
    expect(before?.status).toBe(status);
    world.now += 50;
    expect(begin(context, id)).toBe(false);
    expect(store.messages.find(id)).toEqual(before);
    expect(told['message:updated']).toEqual([]);
  },
);

test('a message that there is not is not begun', () => {
  const { context, told } = oneWaiting();
  expect(begin(context, newId())).toBe(false);
  expect(told['message:updated']).toEqual([]);
});
