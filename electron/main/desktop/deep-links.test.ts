import { describe, expect, test } from 'vitest';
import { createTestContext } from '../test-support/test-context';
import { parseDeepLink, resolveDeepLink } from './deep-links';

const id = '01930000-0000-7000-8000-0000000000ab';

describe('a deep link', () => {
  test('points to a conversation or a picture', () => {
    expect(parseDeepLink(`afterimage://conversation/${id}`)).toEqual({ kind: 'conversation', id });
    expect(parseDeepLink(`afterimage://picture/${id}`)).toEqual({ kind: 'picture', id });
  });

  test('may have capitals and a trailing slash, as browsers rewrite it', () => {
    expect(parseDeepLink(`AFTERIMAGE://Picture/${id.toUpperCase()}/`)).toEqual({ kind: 'picture', id });
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
  ])('is rejected as %j', (text) => {
    expect(parseDeepLink(text)).toBeNull();
  });
});

describe('a deep link resolves', () => {
  const { store } = createTestContext();
  const conversationId = '01930000-0000-7000-8000-000000000001';
  store.transaction(() => {
    store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 });
  });

  test('to an existing conversation', () => {
    expect(resolveDeepLink(store, { kind: 'conversation', id: conversationId })).toEqual({
      ok: true,
      value: { kind: 'conversation', conversationId, messageId: null },
    });
  });

  test('to nothing for an unknown id or an id of the other kind', () => {
    expect(resolveDeepLink(store, { kind: 'conversation', id })).toMatchObject({
      ok: false,
      code: 'not_found',
    });
    expect(resolveDeepLink(store, { kind: 'picture', id })).toMatchObject({ ok: false, code: 'not_found' });
    expect(resolveDeepLink(store, { kind: 'picture', id: conversationId })).toMatchObject({ ok: false });
  });

  test('to nothing after the conversation was moved to Trash', () => {
    store.transaction(() => store.conversations.delete(conversationId, 2));
    expect(resolveDeepLink(store, { kind: 'conversation', id: conversationId })).toMatchObject({ ok: false });
  });
});
