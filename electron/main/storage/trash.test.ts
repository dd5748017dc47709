import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveManyToTrash, restoreManyFromTrash } from './trash';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

const inGallery = () => storage.chat.store.galleryFacets.count(everyPicture);

test('moves many pictures to Trash and back with one broadcast', () => {
  const ids = [storage.picture().id, storage.picture().id, storage.picture().id];
  expect(inGallery()).toBe(3);
  const unknown = '01930000-0000-7000-8000-0000000000ab';
  expect(moveManyToTrash(storage.context, [...ids, unknown])).toEqual(ids);
  expect(inGallery()).toBe(0);
  expect(storage.chat.broadcasts['gallery:removed']).toEqual([ids]);
  expect(moveManyToTrash(storage.context, ids)).toEqual([]);

  expect(restoreManyFromTrash(storage.context, [...ids, unknown])).toEqual(ids);
  expect(inGallery()).toBe(3);
  expect(storage.chat.broadcasts['gallery:added'].at(-1)).toMatchObject(ids.map((id) => ({ id })));
  expect(restoreManyFromTrash(storage.context, ids)).toEqual([]);
});

test('updates the messages that show them', async () => {
  const { id } = storage.picture();
  moveManyToTrash(storage.context, [id]);
  await storage.context.pause();
  expect(storage.chat.broadcasts['message:updated'].at(-1)).toMatchObject({ id, image: { state: 'trash' } });
});
