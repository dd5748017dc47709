import { expect, test } from 'vitest';
import type { KeyLoss, KeySource } from '../../../shared/contract/services';
import { builtInService, newService } from '../../../shared/domain/services';
import { type ConnectionFacts, isConnected } from './connected-services';

const facts: ConnectionFacts = { keys: null, addresses: {}, isFromEnvironment: false, used: new Set() };
const google = builtInService('google');

test('a built-in service is connected once the user has configured or used it', () => {
  expect(isConnected(google, facts)).toBe(false);
  const withKey = (source: KeySource | null, loss: KeyLoss | null): ConnectionFacts => ({
    ...facts,
    keys: {
      canRemember: true,
      sources: [{ provider: 'google', source, loss, heldFor: null, isRefused: false }],
    },
  });
  expect(isConnected(google, withKey('session', null))).toBe(true);
  expect(isConnected(google, withKey(null, null))).toBe(false);
  // The service had a key in an earlier run.
  expect(isConnected(google, withKey(null, 'session'))).toBe(true);
  expect(isConnected(google, { ...facts, addresses: { google: 'http://127.0.0.1:9' } })).toBe(true);
  expect(isConnected(google, { ...facts, used: new Set(['google']) })).toBe(true);
  expect(isConnected(google, { ...facts, isFromEnvironment: true })).toBe(true);
});

test.each([
  ['a name', { name: 'Mine' }],
  ['an address', { address: 'https://example.com' }],
  ['a header', { headers: { 'X-A': 'b' } }],
  ['being switched off', { enabled: false }],
  ['a model', { pictureModel: 'gemini-3-pro-image' }],
  ['limits', { limits: { perMinute: 1, perDay: 2 } }],
])('%s of its own makes a service connected', (_what, change) => {
  expect(isConnected({ ...google, ...change }, facts)).toBe(true);
});

test('the painter, the engine and added services are always connected', () => {
  expect(isConnected(builtInService('painter'), facts)).toBe(true);
  expect(isConnected(newService('engine', 'sd-server', 'This computer'), facts)).toBe(true);
  expect(isConnected(newService('openai-2', 'openai', 'OpenAI 2'), facts)).toBe(true);
});
