import { describe, expect, test } from 'vitest';
import { createTestContext } from '../test-support/test-context';
import { findPlace, readDeepLink } from './deep-links';

const id = '01930000-0000-7000-8000-0000000000ab';

describe('a link from outside', () => {
  test('names a conversation or a picture', () => {
    expect(readDeepLink(`afterimage://conversation/${id}`)).toEqual({ kind: 'conversation', id });
    expect(readDeepLink(`afterimage://picture/${id}`)).toEqual({ kind: 'picture', id });
  });

  test('may come as browsers change it: in capitals, with a slash at its end', () => {
    expect(readDeepLink(`AFTERIMAGE://Picture/${id.toUpperCase()}/`)).toEqual({ kind: 'picture', id });
  });

  test.each([
    '',
    'afterimage:',
    'afterimage://',
    'afterimage://app/index.html',
    `afterimage://app/${id}`,
    `afterimage://image/${id}/full`,
    `afterimage://image/${id}`,
    'afterimage://conversation/',
    'afterimage://conversation/1',
    `afterimage://conversation/${id}/full`,
    `afterimage://conversation/${id}?x=1`,
    `afterimage://conversation/${id}#x`,
    `afterimage://conversation/../image/${id}`,
    `afterimage://conversation@image/${id}`,
    `afterimage://conversation:80/${id}`,
    `afterimage:conversation/${id}`,
    `afterimage:///conversation/${id}`,
    `http://conversation/${id}`,
    ` afterimage://conversation/${id}`,
    `afterimage://conversation/${id}\n`,
    `afterimage://picture/${'-'.repeat(36)}`,
    `afterimage://picture/${'a'.repeat(36)}`,
    `afterimage://picture/%30${id.slice(1)}`,
  ])('is nothing as %j', (text) => {
    expect(readDeepLink(text)).toBeNull();
  });
});

describe('where it leads', () => {
  const { store } = createTestContext();
  const conversationId = '01930000-0000-7000-8000-000000000001';
  store.transaction(() => {
    store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 });
  });

  test('to a conversation that is there', () => {
    expect(findPlace(store, { kind: 'conversation', id: conversationId })).toEqual({
      ok: true,
      value: { kind: 'conversation', conversationId, messageId: null },
    });
  });

  test('nowhere for an id that is not known, or is another kind of thing', () => {
    expect(findPlace(store, { kind: 'conversation', id })).toMatchObject({ ok: false, code: 'not_found' });
    expect(findPlace(store, { kind: 'picture', id })).toMatchObject({ ok: false, code: 'not_found' });
    expect(findPlace(store, { kind: 'picture', id: conversationId })).toMatchObject({ ok: false });
  });

  test('nowhere once the conversation is in Trash', () => {
    store.transaction(() => store.conversations.delete(conversationId, 2));
    expect(findPlace(store, { kind: 'conversation', id: conversationId })).toMatchObject({ ok: false });
  });
});
