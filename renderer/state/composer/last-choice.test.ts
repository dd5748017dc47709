import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newService } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { useChat } from '../chat/chat-store';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { followSettings } from './choose-model';
import { useDraft } from './draft-store';
import { chooseForChat, chosenShape } from './last-choice';

// The parts of a browser that the stores need when they are created, and a main process that saves the settings.
vi.hoisted(() => {
  const request = async (_name: string, input: object) => ({
    ok: true,
    value: { settings: input, provider: { revision: 0 } },
  });
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
});

const model = { serviceId: 'b', model: 'gpt-image-2' };
const other = { serviceId: 'c', model: 'current' };
let isFollowing = false;

/** Opens a chat, as `startDraft` does once the chat is on screen. */
function open(conversationId: string): void {
  useDraft.getState().show(conversationId);
}

/** Returns the choices in a chat after opening it. */
function chosenIn(conversationId: string) {
  open(conversationId);
  const { model: chosen, aspectRatio } = useDraft.getState();
  return { model: chosen, aspectRatio };
}

const nothing = { model: null, aspectRatio: null };

beforeEach(() => {
  useServices.getState().receive({
    services: [newService('b', 'openai', 'B'), newService('c', 'automatic1111', 'C')],
    ...{ removed: [], addresses: {}, isFromEnvironment: false },
  });
  useSettings.setState({ settings: { ...defaultSettings, provider: 'automatic', aspectRatio: '3:2' } });
  useChat.setState({ newChatId: 'new' });
  useDraft.getState().start({}, 'one');
  if (!isFollowing) followSettings();
  isFollowing = true;
});

describe('a choice in a chat', () => {
  test('applies to that chat and the next new chat only', () => {
    open('two');
    open('one');
    chooseForChat({ model });
    chooseForChat({ aspectRatio: '16:9' });
    expect(chosenIn('two')).toEqual(nothing);
    expect(chosenShape()).toBe('3:2');
    expect(chosenIn('new')).toEqual({ model, aspectRatio: '16:9' });
    expect(chosenIn('one')).toEqual({ model, aspectRatio: '16:9' });
  });

  test('skips a chat that has started, and applies to the next one', () => {
    open('new');
    chooseForChat({ model });
    // A message was sent.
    useChat.setState({ newChatId: 'newer' });
    open('newer');
    chooseForChat({ aspectRatio: '1:1' });
    expect(chosenIn('new')).toEqual({ model, aspectRatio: null });
    expect(chosenIn('newer')).toEqual({ model, aspectRatio: '1:1' });
  });

  test('does not apply to a new chat with a draft', () => {
    useDraft.getState().changeIn('new', { text: 'a fox' });
    chooseForChat({ model });
    expect(chosenIn('new')).toEqual(nothing);
  });

  test('replaces several models', () => {
    useDraft.getState().changeIn('new', { model, models: [model, other] });
    chooseForChat({ model: other });
    open('new');
    expect(useDraft.getState()).toMatchObject({ model: other, models: [] });
  });
});

describe('a change in the settings', () => {
  test('sets the shape of new chats, and of chats without a choice', () => {
    chooseForChat({ aspectRatio: '16:9' });
    useSettings.setState(({ settings }) => ({ settings: { ...settings, aspectRatio: '1:1' } }));
    expect(chosenIn('one').aspectRatio).toBe('16:9');
    for (const id of ['new', 'two']) {
      expect(chosenIn(id).aspectRatio).toBeNull();
      expect(chosenShape()).toBe('1:1');
    }
  });

  test('sets the model of new chats', () => {
    chooseForChat({ model });
    useSettings.setState(({ settings }) => ({ settings: { ...settings, provider: 'c' } }));
    expect(chosenIn('new').model).toBeNull();
    expect(chosenIn('one').model).toBeNull();
  });

  test('sets another model of the chosen service', async () => {
    chooseForChat({ model });
    await useServices.getState().change('b', { pictureModel: 'gpt-image-1' });
    for (const id of ['new', 'one'])
      expect(chosenIn(id).model).toEqual({ serviceId: 'b', model: 'gpt-image-1' });
  });
});
