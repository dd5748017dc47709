import { afterEach, expect, test } from 'vitest';
import type { KeyLoss, KeySource } from '../../../shared/contract/services';
import { builtInService, builtInServiceIds, newService, type Service } from '../../../shared/domain/services';
import { keyNote } from './key-note';
import { useProviders } from './providers-store';
import { type KeyLack, keyLackFact, keyLackOf, keyLackText, lacksKey, lossText } from './service-keys';
import { useServices } from './services-store';

const openai = builtInService('openai');
const ownServer: Service = {
  ...newService('own', 'openai-compatible', 'Own'),
  address: 'http://127.0.0.1:1234/v1',
};

function receive(
  provider: string,
  source: KeySource | null,
  loss: KeyLoss | null,
  heldFor: string | null = null,
  isRefused = false,
): void {
  useServices.getState().receive({
    ...{ services: [openai, ownServer], removed: [], addresses: {}, isFromEnvironment: false },
  });
  useProviders.setState({
    keys: { canRemember: true, sources: [{ provider, source, loss, heldFor, isRefused }] },
  });
}

afterEach(() => {
  useProviders.setState({ keys: null });
  useServices.getState().receive({
    ...{
      services: builtInServiceIds.map(builtInService),
      removed: [],
      addresses: {},
      isFromEnvironment: false,
    },
  });
});

test('no key counts as missing until the keys are known', () => {
  expect(lacksKey(openai)).toBe(false);
});

test.each<[string, Service, KeySource | null, KeyLoss | null, string | null, KeyLack | null]>([
  ['that needs a key and never had one', openai, null, null, null, 'missing'],
  ['that needs a key and lost it', openai, null, 'keychain', null, 'missing'],
  ['that has one', openai, 'session', null, null, null],
  ['whose key belongs to another address', openai, 'keychain', null, 'https://a.example', 'held'],
  ['whose key belongs to an address that nobody knows', openai, 'environment', null, '', 'held'],
  ['of the user’s own that needs none', ownServer, null, null, null, null],
  // The server may require the key, because the user had entered one.
  ['of the user’s own that had one', ownServer, null, 'session', null, 'missing'],
  // The service is used without a key.
  ['of the user’s own whose key belongs elsewhere', ownServer, 'session', null, 'http://127.0.0.1:1', null],
])('a service %s', (_which, service, source, loss, heldFor, expected) => {
  receive(service.id, source, loss, heldFor);
  expect(keyLackOf(service)).toBe(expected);
  expect(lacksKey(service)).toBe(expected !== null);
});

test.each([
  ['that needs a key', openai, null, 'refused'],
  ['of the user’s own that needs none', ownServer, null, 'refused'],
  // The key was not sent to the new address.
  ['whose key belongs to another address', openai, 'https://a.example', 'held'],
] as const)('a service %s and did not accept its key', (_which, service, heldFor, expected) => {
  receive(service.id, 'keychain', null, heldFor, true);
  expect(keyLackOf(service)).toBe(expected);
});

test('a key for another address, or a rejected one, does not count as missing', () => {
  for (const text of [keyLackText, keyLackFact]) {
    expect(text('missing')).toMatch(/needs a key/iu);
    expect(text('held')).toMatch(/key is for another address/iu);
    expect(text('refused')).toMatch(/key not accepted/iu);
  }
});

test('explains missing keys for one and for several services', () => {
  expect(lossText('session', ['Studio'])).toBe('The key of Studio was kept only until you quit.');
  expect(lossText('session', ['A', 'B'])).toBe('The keys of A and B were kept only until you quit.');
  expect(lossText('keychain', ['Studio'])).toContain('did not return the key of Studio');
});

const facts = {
  source: null,
  loss: null,
  heldFor: null,
  isRefused: false,
  name: 'Studio',
  isNeeded: true,
  canRemember: true,
  took: null,
};

test.each([
  ['without a key', {}, ''],
  [
    'where no key is needed',
    { isNeeded: false },
    'Many servers at such an address need no key. Add one if yours does.',
  ],
  ['with a lost key', { loss: 'session' as const }, 'The key of Studio was kept only until you quit.'],
  [
    'with a key in use',
    { source: 'keychain' as const },
    'A key is saved in the keychain of this computer. Paste another key to replace it.',
  ],
  [
    'with a key of the environment, which no other replaces',
    { source: 'environment' as const, canRemember: false, took: 'the part without quotes' },
    'The environment has a key for this run. It is never stored.',
  ],
  [
    'with a key that was not accepted',
    { source: 'keychain' as const, isRefused: true },
    'Studio did not accept the key. Paste another key to replace it.',
  ],
  [
    'with a key of the environment that was not accepted',
    { source: 'environment' as const, isRefused: true },
    'The environment has a key for this run. It is never stored. Studio did not accept the key.',
  ],
])('the note of a field %s', (_when, changes, note) => {
  expect(keyNote({ ...facts, ...changes })).toBe(note);
});

test('the absence of a keychain is said once, before and after a key is entered', () => {
  const before = keyNote({ ...facts, canRemember: false });
  const after = keyNote({ ...facts, canRemember: false, source: 'session' });
  for (const note of [before, after]) expect(note.match(/keychain/g)).toHaveLength(1);
  expect(after).toContain('until you quit');
});
