import { beforeEach, describe, expect, test } from 'vitest';
import type { ServiceId } from '../../../shared/domain/services';
import { defaultSettings, type Settings } from '../../../shared/domain/settings';
import { createTestContext } from '../test-support/test-context';
import { chooseProvider, type RefusalLookup } from './choose-provider';
import { keysFromEnvironment, readEnvironment } from './environment';
import { type EnginePresence, noEngine } from './service-list';
import { createServices, type Services } from './services';

function choose(
  variables: Record<string, string>,
  provider: Settings['provider'] = 'automatic',
  change: (services: Services) => void = () => {},
  isRefused: RefusalLookup = () => false,
) {
  const environment = readEnvironment(variables);
  const hasKey = (id: ServiceId) => keysFromEnvironment(environment).has(id);
  const services = createServices({
    store: createTestContext().store,
    environment,
    run: null,
    engine: () => engine,
    now: Date.now,
  });
  services.onEngine(false);
  change(services);
  const { id, reason } = chooseProvider(services, { ...defaultSettings, provider }, hasKey, isRefused);
  return { id, reason };
}

let engine: EnginePresence;

beforeEach(() => {
  engine = noEngine;
});

const key = { GEMINI_API_KEY: 'key' };

test('chooses Google if it has a key, otherwise the painter', () => {
  expect(choose({})).toEqual({ id: 'painter', reason: 'no-key' });
  expect(choose(key)).toEqual({ id: 'google', reason: 'key' });
});

test('does not choose a service by itself whose key was refused', () => {
  const isRefused = (id: ServiceId) => id === 'google';
  const none = () => {};
  expect(choose(key, 'automatic', none, isRefused)).toEqual({ id: 'painter', reason: 'key-refused' });
  expect(choose({}, 'automatic', none, isRefused)).toEqual({ id: 'painter', reason: 'no-key' });
  engine = { isPresent: true, canRun: true, models: ['z-image'], address: null };
  expect(choose(key, 'automatic', none, isRefused)).toEqual({ id: 'engine', reason: 'key-refused' });
  // A user who has chosen the service learns of the refused key from its pictures.
  expect(choose(key, 'google', none, isRefused)).toEqual({ id: 'google', reason: 'settings' });
});

test('prefers the setting over the presence of a key', () => {
  expect(choose(key, 'painter')).toEqual({ id: 'painter', reason: 'settings' });
  expect(choose({}, 'google')).toEqual({ id: 'google', reason: 'settings' });
});

test('prefers the environment over the setting and the key', () => {
  expect(choose({ ...key, AFTERIMAGE_PROVIDER: 'painter' }, 'google')).toEqual({
    id: 'painter',
    reason: 'environment',
  });
  expect(choose({ AFTERIMAGE_PROVIDER: 'google' }, 'painter')).toEqual({
    id: 'google',
    reason: 'environment',
  });
});

describe('the engine on this computer', () => {
  beforeEach(() => {
    engine = { isPresent: true, canRun: true, models: ['z-image'], address: null };
  });

  test('goes before the painter and after Google with a key', () => {
    expect(choose({})).toEqual({ id: 'engine', reason: 'engine' });
    expect(choose(key)).toEqual({ id: 'google', reason: 'key' });
  });

  test('gives way to a setting and to the environment', () => {
    expect(choose({}, 'painter')).toEqual({ id: 'painter', reason: 'settings' });
    expect(choose({ AFTERIMAGE_PROVIDER: 'painter' })).toEqual({ id: 'painter', reason: 'environment' });
  });

  test('is not chosen by itself without a model, when switched off, or after it was removed', () => {
    const painter = { id: 'painter', reason: 'no-key' };
    expect(choose({}, 'automatic', (services) => services.change('engine', { enabled: false }))).toEqual(
      painter,
    );
    expect(choose({}, 'automatic', (services) => services.remove('engine'))).toEqual(painter);
    engine = { isPresent: true, canRun: false, models: [], address: null };
    expect(choose({})).toEqual(painter);
  });
});
