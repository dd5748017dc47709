import { expect, onTestFinished, test } from 'vitest';
import { purge } from '../storage/purge';
import { createTestStorage } from '../storage/test-storage';
import { findRecipe } from './find-recipe';

test('finds the recipe of a picture after its conversation was purged', async () => {
  const storage = createTestStorage();
  onTestFinished(() => storage.remove());
  const { store } = storage.chat;
  const conversationId = storage.conversation();
  const { id } = storage.picture({ conversationId });
  const before = findRecipe(store, id);
  expect(before).toMatchObject({ prompt: 'a fox', params: { aspectRatio: '3:2' } });

  store.conversations.delete(conversationId, 1);
  await purge(storage.context, 1);
  expect(store.messages.find(id)).toBeUndefined();
  expect(findRecipe(store, id)).toEqual({ ...before, createdAt: expect.any(Number) });
});

test('returns null for an unknown picture', () => {
  const storage = createTestStorage();
  onTestFinished(() => storage.remove());
  expect(findRecipe(storage.chat.store, 'none')).toBeNull();
});
