import { expect, test } from 'vitest';
import type { ServiceId } from '../../../shared/domain/services';
import { defaultSettings, type Settings } from '../../../shared/domain/settings';
import { createTestContext } from '../test-support/test-context';
import { chooseProvider } from './choose-provider';
import { keysFromEnvironment, readEnvironment } from './environment';
import { createServices } from './services';

function choose(variables: Record<string, string>, provider: Settings['provider'] = 'automatic') {
  const environment = readEnvironment(variables);
  const keyOf = (id: ServiceId) => keysFromEnvironment(environment).get(id) ?? null;
  const services = createServices({
    store: createTestContext().store,
    environment,
    run: null,
    now: Date.now,
  });
  const { id, reason } = chooseProvider(services, { ...defaultSettings, provider }, keyOf);
  return { id, reason };
}

const key = { GEMINI_API_KEY: 'key' };

test('chooses Google if it has a key, otherwise the painter', () => {
  expect(choose({})).toEqual({ id: 'painter', reason: 'no-key' });
  expect(choose(key)).toEqual({ id: 'google', reason: 'key' });
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
