import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { setFavourite } from './favourites';
import { createTestStorage, type TestStorage } from './test-storage';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(storage.remove);
});

const favour = (imageIds: string[]) => setFavourite(storage.context, storage.chat.outbox, imageIds, true);

test('broadcasts only the pictures whose mark changed', () => {
  const [one, other] = [storage.picture().id, storage.picture().id];
  expect(favour([one])).toEqual([one]);
  expect(favour([one, other, other, newId()])).toEqual([other]);
  expect(favour([one, other])).toEqual([]);
  const changed = storage.chat.broadcasts['gallery:changed'];
  expect(changed.map((images) => images.map(({ id, favourite }) => [id, favourite]))).toEqual([
    [[one, true]],
    [[other, true]],
  ]);
});

test('marks a picture that is still in the outbox', () => {
  const { id, file } = storage.picture({ inGallery: false });
  storage.chat.store.transaction(() =>
    storage.chat.store.outbox.add(
      newId(),
      {
        kind: 'user-image',
        row: {
          id,
          messageId: id,
          file,
          width: 3,
          height: 2,
          bytes: 100,
          thumbhash: '',
          prompt: 'a fox',
          provider: 'painter',
          model: 'painter-1',
          params: '{}',
          createdAt: 5,
        },
      },
      5,
    ),
  );
  expect(favour([id])).toEqual([id]);
});
