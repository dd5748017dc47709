import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fingerprintBytes } from '../../../shared/domain/fingerprints';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { separate } from './separate';

let context: TestContext;
/** The pictures that are read at once. */
let read: string[];

beforeEach(() => {
  context = createTestContext();
  onTestFinished(() => context.store.close());
  read = [];
});

function add(): string {
  const id = newId();
  const { store } = context;
  store.userImages.insert({
    ...{ id, messageId: id, file: `${id}.png`, width: 3, height: 2, bytes: 1, thumbhash: '', prompt: '' },
    ...{ provider: 'painter', model: 'painter-1', params: '{}', createdAt: 1 },
  });
  store.transaction(() => store.fingerprints.write(id, new Uint8Array(fingerprintBytes)));
  return id;
}

const parts = () => ({
  ...context,
  broadcast: context.context.broadcast,
  reading: { readFirst: async (id: string) => void read.push(id) },
});

test('tells the windows about all pictures of the stack that one has left', async () => {
  const [one, two, three] = [add(), add(), add()];
  expect(await separate(parts(), two, true)).toMatchObject({ ok: true });
  expect(context.broadcasts['gallery:stacked'].map((ids) => ids.toSorted())).toEqual([
    [one, two, three].toSorted(),
  ]);
  expect(context.store.stacks.members(one)).toEqual([one, three]);
});

test('does nothing twice', async () => {
  const [one] = [add(), add()];
  await separate(parts(), one, true);
  await separate(parts(), one, true);
  expect(context.broadcasts['gallery:stacked']).toHaveLength(1);
});

test('a picture that may be in a stack again is read at once', async () => {
  const [one] = [add(), add()];
  await separate(parts(), one, true);
  expect(await separate(parts(), one, false)).toMatchObject({ ok: true });
  expect(read).toEqual([one]);
});

test('a picture that is gone is a failure', async () => {
  expect(await separate(parts(), newId(), true)).toMatchObject({ ok: false, code: 'not_found' });
});
