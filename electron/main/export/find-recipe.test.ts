import { expect, onTestFinished, test } from 'vitest';
import { changeHereModel, unchanged } from '../../../shared/domain/edits';
import { settle } from '../chat/settle';
import { newId } from '../db/new-id';
import { purge } from '../storage/purge';
import { createTestStorage } from '../storage/test-storage';
import { openTestContext } from '../test-support/open-test-context';
import { type SendChanges, startedJob, storedPicture } from '../test-support/test-messages';
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

test('names who made the original of what this computer has changed, however often', () => {
  const chat = openTestContext();
  const made = (input: SendChanges) => {
    const job = startedJob(chat, input);
    settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
    return job.jobId;
  };
  const change = { ...unchanged, mirrored: true };
  const model = { serviceId: 'painter', model: changeHereModel };
  const changed = (of: string) => made({ text: 'Mirror', model, references: [of], change });
  const google = { serviceId: 'google', model: 'gemini-3-pro-image' };
  const twice = changed(changed(made({ text: 'draw a fox', model: google })));
  expect(findRecipe(chat.store, twice)).toMatchObject({
    ...{ provider: google.serviceId, model: google.model, params: { change } },
  });
  // Nothing is known of who made a picture from outside.
  const photo = newId();
  chat.store.userImages.insert({
    ...{ id: photo, messageId: photo, file: `images/ab/${photo}.png`, width: 4, height: 3, bytes: 1 },
    ...{ thumbhash: '', createdAt: 1, prompt: '', provider: 'imported', model: 'imported' },
    params: JSON.stringify({ source: 'none' }),
  });
  expect(findRecipe(chat.store, changed(photo))).toMatchObject({ model: changeHereModel });
});
