import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Suggestion } from '../../../shared/domain/suggestions';
import { patient } from '../../../tests/harness/patient';
import { undoNewest, useToasts } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { useConnect } from '../connect-store';
import { useProviders } from '../settings/providers-store';
import { useSettings } from '../settings/settings-store';
import { useDraft } from './draft-store';
import {
  acceptIntoEmptyDraft,
  acceptSuggestion,
  declineSuggestion,
  describePicture,
  improveDraft,
  stopSuggesting,
} from './suggestion-actions';
import { suggestionsOf, useSuggestions } from './suggestions-store';

type Asked = { name: string; input: Record<string, unknown> };

/** The requests to the main process, which all succeed. */
const { asked } = vi.hoisted(() => {
  const asked: Asked[] = [];
  const request = async (name: string, input: Record<string, unknown>) => {
    asked.push({ name, input });
    const isAsk = name === 'suggestions:ask';
    return {
      ok: true,
      value: isAsk ? { ...input, status: 'running', text: '', original: input['text'] } : [],
    };
  };
  const window = Object.assign(new EventTarget(), { afterimage: { request } });
  const localStorage = { removeItem: () => {} };
  Object.assign(globalThis, { window, localStorage, location: { hash: '' } });
  return { asked };
});

const composer = () => useDraft.getState();
const open = () => suggestionsOf(useSuggestions.getState(), 'one');
const requests = (name: string) => asked.filter((each) => each.name === name).map(({ input }) => input);

const rewrite: Suggestion = {
  ...{ id: 'a', conversationId: 'one', kind: 'improve', status: 'ready', isClosed: false },
  ...{ original: 'a fox', imageId: null, provider: 'google', model: 'gemini-3.8-flash' },
  ...{ text: 'A red fox', error: null, costMicroUsd: 5, requestedAt: 1 },
};
const description: Suggestion = { ...rewrite, kind: 'describe', original: '', imageId: 'p' };

beforeEach(() => {
  asked.length = 0;
  useToasts.setState({ toasts: [] });
  useConnect.setState({ opening: null });
  useSuggestions.setState({ open: {} });
  useChat.setState({ currentId: 'one' });
  useSettings.setState(({ provider }) => ({ provider: { ...provider, id: 'google' } }));
  useProviders.setState({
    keys: {
      canRemember: true,
      sources: [{ provider: 'google', source: 'session', loss: null, heldFor: null, isRefused: false }],
    },
  });
  composer().start({}, 'one');
  composer().setText('a fox');
});

describe('improving the draft', () => {
  test('sends one request with the text and the number of attached pictures', async () => {
    composer().attach('p');
    await improveDraft();
    expect(requests('suggestions:ask')).toMatchObject([
      { conversationId: 'one', kind: 'improve', text: 'a fox', attached: 1 },
    ]);
    expect(open()).toMatchObject([{ status: 'running' }]);
    const { focused } = useSuggestions.getState();
    await improveDraft();
    expect(requests('suggestions:ask')).toHaveLength(1);
    expect(useSuggestions.getState().focused).toBe(focused + 1);
    expect(composer().text).toBe('a fox');
  });

  test('sends one request despite repeated clicks, and another one for a new text', async () => {
    await Promise.all([improveDraft(), improveDraft(), describePicture('p'), describePicture('p')]);
    expect(requests('suggestions:ask').map(({ kind }) => kind)).toEqual(['improve', 'describe']);
    useSuggestions.setState({ open: {} });
    composer().setText('a fox 🦊');
    await Promise.all([improveDraft(), improveDraft()]);
    useSuggestions.setState({ open: {} });
    await improveDraft();
    const asks = requests('suggestions:ask').slice(2);
    expect(asks.map(({ text }) => text)).toEqual(['a fox 🦊', 'a fox 🦊']);
    expect(new Set(asks.map(({ id }) => id)).size).toBe(2);
  });

  test('opens the sheet for the service whose key was not accepted', async () => {
    const refused = {
      provider: 'google',
      source: 'session',
      loss: null,
      heldFor: null,
      isRefused: true,
    } as const;
    useProviders.setState({ keys: { canRemember: true, sources: [refused] } });
    await improveDraft();
    expect(useConnect.getState().opening).toMatchObject({ service: 'google' });
    useProviders.setState({ keys: { canRemember: true, sources: [] } });
    await improveDraft();
    expect(useConnect.getState().opening?.service).toBeUndefined();
    expect(requests('suggestions:ask')).toEqual([]);
  });

  test('opens the sheet if no service has a text model, and continues once one does', async () => {
    useProviders.setState({ keys: { canRemember: true, sources: [] } });
    location.hash = '#/gallery';
    let left = 0;
    await improveDraft();
    await describePicture('p', () => {
      left += 1;
    });
    expect(requests('suggestions:ask')).toEqual([]);
    expect([location.hash, left]).toEqual(['#/gallery', 0]);
    useProviders.setState({
      keys: {
        canRemember: true,
        sources: [{ provider: 'google', source: 'session', loss: null, heldFor: null, isRefused: false }],
      },
    });
    useConnect.getState().opening?.waiting?.send();
    await vi.waitFor(
      () => expect(requests('suggestions:ask')).toMatchObject([{ kind: 'describe', imageId: 'p' }]),
      patient,
    );
    expect([location.hash, left]).toEqual(['#/chat', 1]);
  });

  test('reports that the connected service has no text model, and reopens the sheet only on request', async () => {
    useProviders.setState({ keys: { canRemember: true, sources: [] } });
    await describePicture('p');
    useConnect.getState().opening?.waiting?.send();
    useConnect.getState().close();
    const [notice] = useToasts.getState().toasts;
    expect(notice).toMatchObject({ tone: 'problem', text: expect.stringContaining('can look at pictures') });
    expect(useConnect.getState().opening).toBeNull();
    notice?.action?.run();
    expect(useConnect.getState().opening).not.toBeNull();
    expect(requests('suggestions:ask')).toEqual([]);
  });

  test('sends no request for an empty draft', async () => {
    composer().setText('  ');
    await improveDraft();
    expect(requests('suggestions:ask')).toEqual([]);
  });

  test('can be stopped', async () => {
    expect(stopSuggesting('one')).toBe(false);
    await improveDraft();
    expect(stopSuggesting('one')).toBe(true);
    expect(requests('suggestions:stop')).toEqual([{ id: open()[0]?.id }]);
  });
});

describe('a suggestion', () => {
  test('changes the draft only when it is accepted, and Undo restores everything', async () => {
    composer().attach('p');
    composer().change({ count: 4, seed: 7 });
    useSuggestions.getState().receive(rewrite);
    expect(composer().text).toBe('a fox');
    await acceptSuggestion(rewrite);
    expect(composer()).toMatchObject({ text: 'A red fox', references: ['p'], count: 4, seed: 7 });
    expect(requests('suggestions:close')).toEqual([{ ids: ['a'], isUndo: false }]);
    undoNewest();
    expect(composer()).toMatchObject({ text: 'a fox', references: ['p'], count: 4, seed: 7 });
    await vi.waitFor(
      () => expect(requests('suggestions:close').at(-1)).toEqual({ ids: ['a'], isUndo: true }),
      patient,
    );
  });

  test('is closed only after the draft is saved', async () => {
    useSuggestions.getState().receive(rewrite);
    await acceptSuggestion(rewrite);
    const names = asked.map(({ name }) => name);
    expect(names.indexOf('drafts:set')).toBeGreaterThanOrEqual(0);
    expect(names.indexOf('suggestions:close')).toBeGreaterThan(names.indexOf('drafts:set'));
  });

  test('that is declined does not change the draft, and Undo reopens it', async () => {
    useSuggestions.getState().receive(rewrite);
    await declineSuggestion(rewrite);
    expect(composer().text).toBe('a fox');
    undoNewest();
    await vi.waitFor(
      () => expect(requests('suggestions:close').at(-1)).toEqual({ ids: ['a'], isUndo: true }),
      patient,
    );
  });

  test('is not replaced by that of another request', () => {
    const { receive } = useSuggestions.getState();
    receive({ ...rewrite, id: 'b', status: 'running', text: '' });
    receive(rewrite);
    useSuggestions.getState().receiveText({ id: 'b', conversationId: 'one', text: 'A blue' });
    useSuggestions.getState().receiveText({ id: 'a', conversationId: 'one', text: 'too late' });
    expect(open()).toMatchObject([
      { id: 'a', text: 'A red fox' },
      { id: 'b', text: 'A blue' },
    ]);
    receive({ ...rewrite, isClosed: true });
    expect(open()).toMatchObject([{ id: 'b' }]);
  });
});

describe('a description', () => {
  test('is put into an empty composer automatically, once', async () => {
    composer().setText(' ');
    acceptIntoEmptyDraft({ ...description, id: 'c' });
    expect(composer().text).toBe('A red fox');
    undoNewest();
    expect(composer().text).toBe(' ');
    acceptIntoEmptyDraft({ ...description, id: 'c' });
    expect(composer().text).toBe(' ');
  });

  test.each<[string, Suggestion]>([
    ['beside a draft', description],
    ['that failed', { ...description, status: 'failed' }],
    ['of another conversation', { ...description, conversationId: 'two' }],
  ])('%s waits for the user', (_what, given) => {
    if (given.conversationId === 'two' || given.status === 'failed') composer().setText('');
    const before = composer().text;
    acceptIntoEmptyDraft(given);
    expect(composer().text).toBe(before);
  });
});
