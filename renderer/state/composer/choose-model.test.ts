import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newService, type Service } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { useConnect } from '../connect-store';
import type { ModelEntry } from '../models/model-entries';
import { useChosenModel } from '../settings/chosen-model-store';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { chooseAsDefault, chooseModel, followSettings } from './choose-model';
import { chosenFields, chosenProvider } from './chosen-provider';
import { useDraft } from './draft-store';
import { ratioFor } from './question-recipe';

/** A minimal main process for this test, which saves the settings. */
const main = vi.hoisted(() => {
  const requests: [name: string, input: object][] = [];
  const saved = { settings: {} };
  const request = async (name: string, input: object) => {
    requests.push([name, input]);
    await Promise.resolve();
    if (name === 'settings:set') saved.settings = { ...saved.settings, ...input };
    // The provider in the reply is ignored, because the renderer has a newer one.
    return { ok: true, value: { settings: saved.settings, provider: { revision: 0 } } };
  };
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
  return { requests, saved };
});

const a: Service = { ...newService('a', 'google', 'A'), pictureModel: 'gemini-3-pro-image' };
const b = newService('b', 'openai', 'B');
const c = newService('c', 'automatic1111', 'C');
const provider = {
  id: 'a',
  reason: 'settings',
  pictureModel: 'gemini-3-pro-image',
  textModel: null,
  revision: 1,
} as const;

function entry(serviceId: string, model: string, changes: Partial<ModelEntry> = {}): ModelEntry {
  return {
    ...{ serviceId, serviceName: serviceId, model, label: model, price: null, usualMs: null },
    ...{ life: { state: 'available' }, isUnlisted: false, keyLack: null, isMore: false, bytes: null },
    ...changes,
  };
}

let isFollowing = false;

beforeEach(() => {
  main.requests.length = 0;
  useServices
    .getState()
    .receive({ services: [a, b, c], removed: [], addresses: {}, isFromEnvironment: false });
  main.saved.settings = { ...defaultSettings, provider: 'a' };
  useSettings.setState({ settings: { ...defaultSettings, provider: 'a' }, provider });
  useDraft.setState({ text: 'a fox', model: null, options: {}, seed: null });
  if (!isFollowing) followSettings();
  isFollowing = true;
});

describe('choosing a model', () => {
  test('makes it the model of the chat at once, and changes no setting that other chats follow', async () => {
    chooseModel(entry('b', 'gpt-image-2'));
    expect(chosenFields()).toEqual({ model: { serviceId: 'b', model: 'gpt-image-2' } });
    expect(chosenProvider()).toMatchObject({
      id: 'b',
      pictureModel: 'gpt-image-2',
      textModel: 'gpt-5.4-mini',
    });
    expect(useChosenModel.getState().chosen).toEqual({ serviceId: 'b', model: 'gpt-image-2' });
    await Promise.resolve();
    expect(main.requests).toEqual([]);
    expect(useDraft.getState().text).toBe('a fox');
  });

  test('makes it the default of all chats if requested', async () => {
    const saved = chooseAsDefault({ serviceId: 'b', model: 'gpt-image-2' }, 'GPT Image 2');
    expect(chosenProvider()).toMatchObject({ id: 'b', pictureModel: 'gpt-image-2' });
    await saved;
    expect(main.requests).toEqual([
      ['services:change', { id: 'b', changes: { pictureModel: 'gpt-image-2' } }],
      ['settings:set', { provider: 'b' }],
    ]);
    expect(chosenFields()).toEqual({ model: { serviceId: 'b', model: 'gpt-image-2' } });
  });

  test('twice in a row ends with the last one', async () => {
    const label = 'A model';
    await Promise.all([
      chooseAsDefault({ serviceId: 'b', model: 'gpt-image-2' }, label),
      chooseAsDefault({ serviceId: 'c', model: 'current' }, label),
    ]);
    expect(chosenProvider()).toMatchObject({ id: 'c', pictureModel: 'current' });
  });

  test('that needs a key opens the sheet, and takes effect once the service works', () => {
    chooseModel(entry('b', 'gpt-image-2', { keyLack: 'missing' }));
    expect(useConnect.getState().opening).toMatchObject({ service: 'b' });
    expect(chosenFields()).toEqual({});
    expect(main.requests).toEqual([]);
    useConnect.getState().opening?.onConnected?.();
    expect(chosenFields()).toEqual({ model: { serviceId: 'b', model: 'gpt-image-2' } });
  });

  test('keeps options that the model does not support', () => {
    useDraft.setState({ options: { steps: 30 }, seed: 7 });
    chooseModel(entry('b', 'gpt-image-2'));
    expect(useDraft.getState()).toMatchObject({ options: { steps: 30 }, seed: 7 });
  });
});

describe('the model of the open chat', () => {
  beforeEach(() => chooseModel(entry('b', 'gpt-image-2')));

  test('follows another service that the user chooses elsewhere', async () => {
    await useSettings.getState().change({ provider: 'c' });
    expect(chosenFields()).toEqual({});
  });

  test('follows another model that its service gets elsewhere, even the default', async () => {
    await useServices.getState().change('b', { pictureModel: 'gpt-image-1' });
    expect(chosenFields()).toEqual({ model: { serviceId: 'b', model: 'gpt-image-1' } });
    await useServices.getState().change('b', { pictureModel: null });
    expect(chosenFields()).toEqual({ model: { serviceId: 'b', model: 'gpt-image-2' } });
  });

  test('stays when another service or another setting changes', async () => {
    await useServices.getState().change('c', { pictureModel: 'x' });
    await useServices.getState().change('b', { name: 'Renamed' });
    await useSettings.getState().change({ theme: 'dark' });
    expect(chosenProvider()).toMatchObject({ id: 'b', pictureModel: 'gpt-image-2' });
  });

  test('is a replacement that the user accepts', () => {
    useChosenModel.setState({ requested: { serviceId: 'a', model: 'gemini-nano-banana-2.1' } });
    expect(chosenProvider()).toMatchObject({ id: 'a', pictureModel: 'gemini-nano-banana-2.1' });
  });

  test('is that of the settings while its service is switched off or gone', () => {
    const off = { ...b, enabled: false };
    useServices
      .getState()
      .receive({ services: [a, off], removed: [], addresses: {}, isFromEnvironment: false });
    expect(chosenFields()).toEqual({});
    expect(useChosenModel.getState().chosen).toBeNull();
    expect(chosenProvider()).toBe(useSettings.getState().provider);
  });

  test('determines the shape of an edited question, whatever model the settings have', () => {
    useDraft.setState({ model: { serviceId: 'b', model: 'gpt-image-1' } });
    const recipe = { aspectRatio: '21:9' } as const;
    expect(ratioFor(recipe)).toBe('3:2');
    useDraft.setState({ model: null });
    expect(ratioFor(recipe)).toBe('21:9');
  });
});
