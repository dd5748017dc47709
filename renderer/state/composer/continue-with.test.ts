import { beforeEach, expect, test, vi } from 'vitest';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { newService } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { chosenModels } from './chosen-models';
import { continueWith } from './continue-with';
import { useDraft } from './draft-store';

vi.hoisted(() => {
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { on: () => () => {} } }),
    location: { hash: '' },
  });
});

const [a, b, c] = ['a', 'b', 'c'].map((serviceId): ChosenModel => ({ serviceId, model: 'm' })) as [
  ChosenModel,
  ChosenModel,
  ChosenModel,
];

const asked = () => chosenModels().map(({ serviceId }) => serviceId);

beforeEach(() => {
  const services = ['a', 'b', 'c'].map((id) => newService(id, 'openai', id.toUpperCase()));
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  useSettings.setState({ settings: { ...defaultSettings, provider: 'a' } });
  useDraft.setState({ conversationId: 'chat', model: a, models: [a, b] });
});

test('continues with the model whose picture is kept, even if it was not the first', () => {
  expect(continueWith(b, [a])?.models).toEqual([b]);
  expect(asked()).toEqual(['b']);
});

test('undo restores all models', () => {
  continueWith(b, [a])?.undo();
  expect(asked()).toEqual(['a', 'b']);
});

test('undo also works for a chat that is no longer open', () => {
  const goesOn = continueWith(b, [a]);
  useDraft.getState().show('another chat');
  goesOn?.undo();
  expect(asked()).not.toEqual(['a', 'b']);
  useDraft.getState().show('chat');
  expect(asked()).toEqual(['a', 'b']);
});

test('a model that made none of the pictures stays, and so does one of several pictures of the kept one', () => {
  useDraft.setState({ model: a, models: [a, b, c] });
  expect(continueWith(a, [a, c])?.models).toEqual([a, b]);
  expect(asked()).toEqual(['a', 'b']);
});

test.each([
  ['one model is asked', [], a, [b]],
  ['the kept picture is of another model', [a, b], c, [a]],
  ['the others are of the same model', [a, b], a, [a]],
])('nothing changes if %s', (_, models, kept, left) => {
  useDraft.setState({ model: a, models });
  const before = asked();
  expect(continueWith(kept, left)).toBeNull();
  expect(asked()).toEqual(before);
});
