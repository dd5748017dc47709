import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createHousekeeping } from './housekeeping';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash } from './trash';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

test('emptying Trash reports what stays because its pictures are unfinished', async () => {
  const { emptyTrash } = createHousekeeping(
    storage.context,
    () => {},
    () => true,
  );
  const { conversations } = storage.chat.store;
  const [busy, idle] = [storage.conversation(), storage.conversation()];
  storage.picture({ conversationId: busy, isReady: false });
  const { id } = storage.picture({ conversationId: idle });
  for (const conversation of [busy, idle]) conversations.delete(conversation, 7);
  moveToTrash(storage.context, id);
  expect(await emptyTrash()).toEqual({ bytes: 130, stayed: { pictures: 0, conversations: 1 } });
});
