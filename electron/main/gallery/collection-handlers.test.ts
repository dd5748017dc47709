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
  handlers = createCollectionHandlers({ store, outbox, now: context.now, clock: storage.context.clock });
});

function create(query: typeof everyPicture | null, imageIds: string[] = []): string {
  const reply = handlers['collections:create']({ name: 'Foxes', query, imageIds });
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.id;
}

test('adds pictures neither to a saved search nor to a deleted collection', () => {
  const { id } = storage.picture();
  const savedSearch = create(everyPicture);
  const collection = create(null, [id]);
  const add = (collectionId: string) => handlers['collections:add']({ collectionId, imageIds: [id] });
  expect(add(savedSearch)).toMatchObject({ code: 'not_found' });
  expect(add(newId())).toMatchObject({ code: 'not_found' });
  handlers['collections:delete']({ collectionId: collection });
  expect(add(collection)).toMatchObject({ code: 'not_found' });
  handlers['collections:restore']({ collectionId: collection });
  expect(add(collection)).toMatchObject({ value: [] });
});

test('restores a deleted collection within a day', () => {
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
