import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { createTestStorage, type TestStorage } from '../storage/test-storage';
import { createCollectionHandlers } from './collection-handlers';

let storage: TestStorage;
let handlers: ReturnType<typeof createCollectionHandlers>;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(storage.remove);
  const { store, outbox, context } = storage.chat;
  handlers = createCollectionHandlers({ store, outbox, now: context.now });
});

function create(query: typeof everyPicture | null, imageIds: string[] = []): string {
  const reply = handlers['collections:create']({ name: 'Foxes', query, imageIds });
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.id;
}

test('nothing can be put into a saved search, nor into a collection that is gone', () => {
  const { id } = storage.picture();
  const saved = create(everyPicture);
  const plain = create(null, [id]);
  const add = (collectionId: string) => handlers['collections:add']({ collectionId, imageIds: [id] });
  expect(add(saved)).toMatchObject({ code: 'not_found' });
  expect(add(newId())).toMatchObject({ code: 'not_found' });
  handlers['collections:delete']({ collectionId: plain });
  expect(add(plain)).toMatchObject({ code: 'not_found' });
  handlers['collections:restore']({ collectionId: plain });
  expect(add(plain)).toMatchObject({ value: [] });
});

test('a deleted collection can come back for a day', () => {
  const first = create(null);
  const restore = () => handlers['collections:restore']({ collectionId: first });
  handlers['collections:delete']({ collectionId: first });
  storage.chat.world.now += 23 * 60 * 60 * 1000;
  handlers['collections:delete']({ collectionId: create(null) });
  expect(restore()).toMatchObject({ ok: true });
  handlers['collections:delete']({ collectionId: first });
  storage.chat.world.now += 25 * 60 * 60 * 1000;
  handlers['collections:delete']({ collectionId: create(null) });
  expect(restore()).toMatchObject({ code: 'not_found' });
});
