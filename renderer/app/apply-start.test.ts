import { expect, test, vi } from 'vitest';
import type { AppStart } from '../../shared/contract/app';
import type { NumberedProvider } from '../../shared/contract/services';
import type { Conversation, Message } from '../../shared/domain/conversations';
import { draftSchema } from '../../shared/domain/draft';
import { defaultSettings } from '../../shared/domain/settings';
import { textMessage } from '../../shared/domain/test-message';
import { defaultViewState } from '../../shared/domain/view-state';

/** The parts of a browser that the stores need when they are created, and the events of the main process. */
const { listeners } = vi.hoisted(() => {
  const listeners = new Map<string, (event: unknown) => void>();
  const on = (name: string, listener: (event: unknown) => void) => listeners.set(name, listener);
  // The requests that some events cause stay unanswered.
  const request = () => new Promise(() => {});
  const page = Object.assign(new EventTarget(), {
    afterimage: { on, request },
    matchMedia: () => new EventTarget(),
  });
  Object.assign(globalThis, { window: page, location: { hash: '' }, document: new EventTarget() });
  const localStorage = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  Object.assign(globalThis, { localStorage, matchMedia: page.matchMedia, addEventListener: () => {} });
  return { listeners };
});

const { subscribeToEvents } = await import('./events');
const { applyStart } = await import('./apply-start');
const { useChat } = await import('../state/chat/chat-store');
const { useDraft } = await import('../state/composer/draft-store');
const { useServices } = await import('../state/settings/services-store');
const { useSettings } = await import('../state/settings/settings-store');
const { useNotices } = await import('../features/notices/notice-store');

const conversation: Conversation = {
  ...{ id: 'c', title: 'Foxes', pinned: false, revision: 1 },
  ...{ activity: 1, createdAt: 1, updatedAt: 1 },
};

const answer: Message = textMessage({
  ...{ id: 'a', role: 'assistant', status: 'pending', text: '', provider: 'google', model: 'm' },
});

const provider: NumberedProvider = {
  id: 'painter',
  reason: 'no-key',
  pictureModel: 'painter',
  textModel: null,
  revision: 1,
};

const draft = draftSchema.parse({ questionId: crypto.randomUUID(), text: 'from the last run' });

/** The state of the main process when it answered. */
const start: AppStart = {
  settings: defaultSettings,
  language: 'en',
  systemLanguage: 'en',
  viewState: defaultViewState,
  services: { services: [], removed: [], addresses: {}, isFromEnvironment: false },
  provider,
  conversations: { conversations: [conversation, { ...conversation, id: 'removed' }], hasMore: false },
  current: { conversationId: 'c', page: { messages: [answer], total: 1 } },
  notice: null,
  diskFull: false,
  problems: [],
  drafts: { c: draft },
  edits: {},
  newChatId: null,
};

/** Sends an event as the main process does. */
function send(name: string, event: unknown): void {
  listeners.get(name)?.(structuredClone(event));
}

test('applying the reply of the start does not revert later events', () => {
  subscribeToEvents();
  send('settings:changed', { ...defaultSettings, theme: 'dark' });
  send('provider:changed', { ...provider, pictureModel: 'painter-2', revision: 2 });
  send('services:changed', { ...start.services, isFromEnvironment: true });
  send('conversation:updated', { ...conversation, title: 'Wolves', revision: 2 });
  send('conversation:removed', { id: 'removed', revision: 2 });
  send('message:updated', { ...answer, status: 'ready', text: 'A fox.', revision: 2 });
  send('draft:changed', { conversationId: 'c', draft: { ...draft, text: 'from another window' } });
  send('app:notice', { notice: null, diskFull: true, problems: [] });

  applyStart(start);

  expect(useSettings.getState().settings.theme).toBe('dark');
  expect(useSettings.getState().provider.pictureModel).toBe('painter-2');
  expect(useServices.getState().isFromEnvironment).toBe(true);
  expect(useChat.getState().conversations.map(({ title }) => title)).toEqual(['Wolves']);
  expect(useChat.getState().messages['a']).toMatchObject({ status: 'ready', text: 'A fox.' });
  expect(useDraft.getState().text).toBe('from another window');
  expect(useNotices.getState().diskFull).toBe(true);

  send('settings:changed', { ...defaultSettings, theme: 'light' });
  expect(useSettings.getState().settings.theme).toBe('light');
});
