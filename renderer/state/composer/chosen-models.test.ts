import { beforeEach, expect, test, vi } from 'vitest';
import { newService } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { useToasts } from '../../ui/toasts';
import { useConnect } from '../connect-store';
import type { ModelEntry } from '../models/model-entries';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { askedFields } from './asked-fields';
import { chosenModels, toggleModel } from './chosen-models';
import { draftOf, useDraft } from './draft-store';

/** A minimal main process for this test. */
vi.hoisted(() => {
  const request = async () => ({ ok: true, value: { settings: {}, provider: { revision: 0 } } });
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
});

const services = ['a', 'b', 'c', 'd', 'e'].map((id) => newService(id, 'openai', id.toUpperCase()));

function entry(serviceId: string, changes: Partial<ModelEntry> = {}): ModelEntry {
  return {
    ...{ serviceId, serviceName: serviceId, model: 'm', label: 'm', price: null, usualMs: null, bytes: null },
    ...{ life: { state: 'available' }, isUnlisted: false, keyLack: null, isMore: false },
    ...changes,
  };
}

function asked(): string[] {
  return chosenModels().map(({ serviceId }) => serviceId);
}

beforeEach(() => {
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  useSettings.setState({
    settings: { ...defaultSettings, provider: 'a' },
    provider: { id: 'a', reason: 'settings', pictureModel: 'm', textModel: null, revision: 1 },
  });
  useDraft.setState({ model: null, models: [], text: '' });
});

test('the first tick adds a model to the one in use, and the last untick leaves one', async () => {
  toggleModel(entry('b'));
  expect(asked()).toEqual(['a', 'b']);
  toggleModel(entry('a'));
  expect(asked()).toEqual(['b']);
  toggleModel(entry('b'));
  expect(asked()).toEqual(['b']);
  expect(draftOf(useDraft.getState())).toMatchObject({ model: { serviceId: 'b', model: 'm' }, models: [] });
});

test('a fifth model is refused with a sentence', () => {
  for (const id of ['b', 'c', 'd', 'e']) toggleModel(entry(id));
  expect(asked()).toEqual(['a', 'b', 'c', 'd']);
  expect(useToasts.getState().toasts.at(-1)?.text).toContain('at most 4 models');
});

test('a model that needs a key is ticked once it has one', () => {
  toggleModel(entry('b', { keyLack: 'missing' }));
  expect(asked()).toEqual(['a']);
  const { opening } = useConnect.getState();
  expect(opening?.service).toBe('b');
  opening?.onConnected?.();
  expect(asked()).toEqual(['a', 'b']);
});

test('choosing one model replaces several', () => {
  toggleModel(entry('b'));
  useDraft.getState().change({ model: { serviceId: 'c', model: 'm' } });
  expect(asked()).toEqual(['c']);
});

test('other changes keep several models', () => {
  toggleModel(entry('b'));
  useDraft.getState().change({ count: 2 });
  expect(asked()).toEqual(['a', 'b']);
});

test('a model whose service no longer exists is not asked', () => {
  toggleModel(entry('b'));
  toggleModel(entry('c'));
  const left = services.filter(({ id }) => id !== 'b');
  useServices.getState().receive({ services: left, removed: [], addresses: {}, isFromEnvironment: false });
  expect(asked()).toEqual(['a', 'c']);
});

test('a message to several models asks for a picture of each prompt from each of them', () => {
  toggleModel(entry('b'));
  const message = { text: '{red|blue} fox', mode: 'auto', count: 1 } as const;
  expect(askedFields(message, chosenModels())).toEqual({
    ...{ mode: 'auto', count: 4, isPattern: true },
    models: [
      { serviceId: 'a', model: 'm' },
      { serviceId: 'b', model: 'm' },
    ],
  });
  expect(askedFields({ ...message, text: 'a fox' }, [])).toEqual({ mode: 'auto', count: 1 });
});
