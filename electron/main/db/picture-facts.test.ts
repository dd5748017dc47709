import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { createTestStorage } from '../storage/test-storage';
import { openPlain } from './test-database';

test('returns how a picture was made, as far as it is known', () => {
  const storage = createTestStorage();
  onTestFinished(() => storage.remove());
  const { store } = storage.chat;
  const conversationId = storage.conversation();
  const parent = storage.picture({ conversationId });
  const { id } = storage.picture({ conversationId });
  store.generationLog.insert({
    ...{ id: newId(), messageId: id, provider: 'painter', model: 'painter-1', outcome: 'ready' },
    ...{ errorCode: null, requestedAt: 5, durationMs: 1200, costMicroUsd: 34_000 },
  });
  const plain = openPlain(storage.databaseFile);
  onTestFinished(() => void plain.close());
  plain.prepare('UPDATE messages SET parent_id = ? WHERE id = ?').run(parent.id, id);

  expect(store.pictureFacts.find(id)).toEqual({
    params: { aspectRatio: '3:2', seed: 1 },
    imported: null,
    format: 'PNG',
    durationMs: 1200,
    costMicroUsd: 34_000,
    conversation: { id: conversationId, title: 'A chat', messageId: id },
    parent: { id: parent.id, prompt: 'a fox' },
  });
  store.trash.add(parent.id, 9);
  store.conversations.delete(conversationId, 9);
  expect(store.pictureFacts.find(id)).toMatchObject({ conversation: null, parent: null, durationMs: 1200 });
  expect(store.pictureFacts.find(newId())).toBeUndefined();
  expect(store.pictureFacts.row(id)?.id).toBe(id);
  expect(store.pictureFacts.row(parent.id)).toBeUndefined();
});

test('returns what the file of an imported picture contained', () => {
  const storage = createTestStorage();
  onTestFinished(() => storage.remove());
  const { id } = storage.picture();
  const recipe = { source: 'comfyui', seed: 8_566_257_123, negativePrompt: 'blurry', rest: 'steps: 20' };
  const plain = openPlain(storage.databaseFile);
  onTestFinished(() => void plain.close());
  const change = plain.prepare("UPDATE user_images SET provider = 'imported', params = ? WHERE id = ?");
  change.run(JSON.stringify(recipe), id);
  expect(storage.chat.store.pictureFacts.find(id)).toMatchObject({ params: null, imported: recipe });
  change.run('{"source":"a tool of the future"}', id);
  expect(storage.chat.store.pictureFacts.find(id)).toMatchObject({ params: null, imported: null });
});
