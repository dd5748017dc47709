import { beforeEach, expect, test, vi } from 'vitest';
import { useGone } from './gone-pictures';

/** The pictures of the gallery with their states, and the delayed answers. */
const { gallery, held } = vi.hoisted(() => {
  const gallery = new Map<string, 'missing' | undefined>();
  const held: (() => void)[] = [];
  const request = (_: string, { ids }: { ids: string[] }) => {
    const value = ids.filter((id) => gallery.has(id)).map((id) => ({ id, state: gallery.get(id) }));
    return new Promise((answer) => held.push(() => answer({ ok: true, value })));
  };
  Object.assign(globalThis, { window: { afterimage: { request } } });
  return { gallery, held };
});

const { ask, receive, receiveRemoved } = useGone.getState();
const isGone = (id: string) => useGone.getState().gone[id];

async function answer<Answer>(asked: Promise<Answer>): Promise<Answer> {
  for (const give of held.splice(0)) give();
  return asked;
}

beforeEach(() => {
  gallery.clear();
  useGone.setState({ gone: {} });
});

test('an attached picture follows later changes', async () => {
  gallery.set('photo', undefined);
  expect(await answer(ask('photo'))).toBe(true);
  receiveRemoved(['photo', 'other']);
  expect(isGone('photo')).toBe(true);
  receive([{ id: 'photo' }]);
  expect(isGone('photo')).toBe(false);
  receive([{ id: 'photo', state: 'missing' }]);
  expect(isGone('photo')).toBe(true);
  // The state of this picture was not requested.
  expect(isGone('other')).toBeUndefined();
});

test.each([
  ['in Trash or deleted', () => {}],
  ['without its file', () => gallery.set('photo', 'missing')],
])('one that is %s from the beginning is gone', async (_where, put) => {
  put();
  expect(await answer(ask('photo'))).toBe(false);
  expect(isGone('photo')).toBe(true);
});

test('a change during the request is newer than the answer', async () => {
  gallery.set('photo', undefined);
  const asked = ask('photo');
  receiveRemoved(['photo']);
  expect(await answer(asked)).toBe(false);
  gallery.delete('photo');
  const again = ask('photo');
  receive([{ id: 'photo' }]);
  expect(await answer(again)).toBe(true);
});
