import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message, TextMessage } from '../../../shared/domain/conversations';
import { textMessage } from '../../../shared/domain/test-message';
import { useChat } from './chat-store';
import { rangeAtEnd, withVersions } from './loaded-range';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const conversationId = 'c';

function message(seq: number, changes: Partial<TextMessage> = {}): Message {
  return textMessage({
    ...{
      id: `id-${seq}`,
      seq,
      role: 'assistant',
      status: 'pending',
      text: '',
      provider: 'google',
      model: 'm',
    },
    ...changes,
  });
}

const shown = () => useChat.getState();
const versionOf = (id: string) => shown().messages[id];

beforeEach(() => {
  const page = { messages: [message(1), message(2)], total: 2 };
  useChat.setState({ currentId: conversationId, isNewChat: false, news: null, ...rangeAtEnd(page) });
});

describe('an update of a message', () => {
  test('replaces the shown version without moving the message', () => {
    shown().receive(message(1, { revision: 2, status: 'streaming', text: 'grown' }));
    expect(versionOf('id-1')).toMatchObject({ revision: 2, text: 'grown' });
    expect(shown().order).toEqual(['id-1', 'id-2']);
  });

  test('that arrives late changes nothing, whatever the clock says', () => {
    shown().receive(message(1, { revision: 5, status: 'ready', text: 'whole', updatedAt: 1 }));
    shown().receive(message(1, { revision: 4, status: 'streaming', text: 'wh', updatedAt: 9_000 }));
    expect(versionOf('id-1')).toMatchObject({ revision: 5, status: 'ready', text: 'whole' });
  });

  test('of another conversation is not shown', () => {
    const before = shown();
    shown().receive(message(1, { conversationId: 'other', revision: 9, text: 'elsewhere' }));
    shown().receive(message(3, { conversationId: 'other' }));
    expect(shown()).toBe(before);
  });

  test('is news once, when the message ends', () => {
    shown().receive(message(2, { revision: 2, status: 'streaming', text: 'gr' }));
    expect(shown().news).toBeNull();
    shown().receive(message(2, { revision: 3, status: 'ready', text: 'grown' }));
    const { news } = shown();
    expect(news).toEqual({ id: 'id-2' });
    shown().receive(message(2, { revision: 4, status: 'ready', text: 'grown' }));
    shown().receive(message(2, { revision: 1 }));
    expect(shown().news).toBe(news);
  });

  test('of an unknown message adds it at its place without news', () => {
    shown().receive(message(3));
    expect(shown().order).toEqual(['id-1', 'id-2', 'id-3']);
    expect(shown().news).toBeNull();
  });
});

describe('more text of a reply', () => {
  test('is shown while the reply is unfinished', () => {
    shown().receiveText('id-1', 'a fo');
    shown().receiveText('id-1', 'a fox');
    expect(versionOf('id-1')).toMatchObject({ status: 'streaming', text: 'a fox' });
  });

  test.each(['ready', 'failed', 'cancelled', 'interrupted'] as const)(
    'that arrives after the reply is %s changes nothing',
    (status) => {
      shown().receive(message(1, { revision: 2, status, text: 'whole' }));
      shown().receiveText('id-1', 'who');
      expect(versionOf('id-1')).toMatchObject({ status, text: 'whole' });
    },
  );

  test('of an unknown message changes nothing', () => {
    const before = shown();
    shown().receiveText('unknown', 'text');
    expect(shown()).toBe(before);
  });
});

test('added answers are shown in their order, and the last one is news', () => {
  shown().receiveAdded([message(4), message(3), message(9, { conversationId: 'other' })]);
  expect(shown().order).toEqual(['id-1', 'id-2', 'id-3', 'id-4']);
  expect(shown().news).toEqual({ id: 'id-3' });
});

describe('an answer of a version that is not shown', () => {
  const hidden = { id: 'hidden', branch: 'other' };

  test('is not added, and its end is not news', () => {
    shown().receive(message(2, { ...hidden, status: 'streaming' }));
    shown().receive(message(2, { ...hidden, revision: 2, status: 'ready', text: 'whole' }));
    shown().receive(message(3, { ...hidden, id: 'later' }));
    expect(shown()).toMatchObject({ order: ['id-1', 'id-2'], newer: 0, news: null });
  });

  test('is shown with its version, in place of the replaced message', () => {
    const path = [
      { branch: '', until: 2 },
      { branch: 'other', until: null },
    ];
    const page = { messages: [message(2, hidden)], total: 2, shown: { path, choice: 1 } };
    useChat.setState(withVersions(shown(), page));
    shown().receive(message(2, { ...hidden, revision: 2, status: 'ready' }));
    expect(shown()).toMatchObject({ order: ['id-1', 'hidden'], news: { id: 'hidden' } });
    shown().receive(message(2, { revision: 2, status: 'ready' }));
    expect(shown()).toMatchObject({ order: ['id-1', 'hidden'], news: { id: 'hidden' } });
  });
});
