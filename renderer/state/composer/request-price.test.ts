import { beforeEach, expect, test, vi } from 'vitest';
import { builtInService } from '../../../shared/domain/services';
import { useProviders } from '../settings/providers-store';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { useDraft } from './draft-store';
import { repeatPrice, versionPrice } from './repeat-price';
import { requestPrice } from './request-price';
import { priceText } from './request-size';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const google = { serviceId: 'google', model: 'gemini-nano-banana-2.1' };
const openai = { serviceId: 'openai', model: 'gpt-image-1' };
const square = { aspectRatio: '1:1' } as const;
const recipe = { id: 'p', prompt: 'a fox', model: google, ...square };

function keysAre(googleKey: { source: 'session' | null; heldFor?: string; isRefused?: boolean }): void {
  const session = { source: 'session', loss: null, heldFor: null, isRefused: false } as const;
  const sources = [
    { provider: 'openai', ...session },
    { provider: 'google', ...session, ...googleKey },
  ];
  useProviders.setState({ keys: { canRemember: true, sources } });
}

beforeEach(() => {
  useServices.getState().receive({
    ...{ services: [builtInService('google'), builtInService('openai')], removed: [] },
    ...{ addresses: {}, isFromEnvironment: false },
  });
  keysAre({ source: 'session' });
  useDraft.setState({ options: {} });
  useSettings.setState(({ settings }) => ({ settings: { ...settings, resolution: '1K' } }));
});

test('a price depends on the resolution of the composer, or else of the settings', () => {
  const small = requestPrice([google], 2, square);
  useSettings.setState(({ settings }) => ({ settings: { ...settings, resolution: '4K' } }));
  const large = requestPrice([google], 2, square);
  expect(large?.amount).toBeGreaterThan(small?.amount ?? 0);
  const again = repeatPrice(recipe, 2);
  useDraft.setState({ options: { resolution: '1K' } });
  expect(requestPrice([google], 2, square)).toEqual(small);
  expect(repeatPrice(recipe, 2)).not.toBe(again);
  // A picture that is made again has its own options.
  expect(repeatPrice({ ...recipe, options: { resolution: '4K' } }, 2)).toBe(again);
});

test('a new version of a question has the price of its pictures from all its models', () => {
  const asked = { ...recipe, mode: 'picture' as const, count: 2, references: [] };
  const both = requestPrice([google, openai], 2, square);
  expect(versionPrice('a fox', { ...asked, models: [google, openai] })).toBe(both && priceText(both));
  useSettings.setState(({ provider }) => ({
    provider: { ...provider, id: 'google', pictureModel: google.model },
  }));
  const one = requestPrice([google], 2, square);
  expect(versionPrice('a fox', { ...asked, models: [] })).toBe(one && priceText(one));
  keysAre({ source: null });
  expect(versionPrice('a fox', { ...asked, models: [] })).toBeNull();
});

test.each([
  ['has no key', { source: null }],
  ['has a key that belongs to another address', { source: 'session' as const, heldFor: 'https://a.example' }],
  ['has a key that was not accepted', { source: 'session' as const, isRefused: true }],
])('has no price if one of the services %s', (_what, key) => {
  expect(requestPrice([openai, google], 1, square)).not.toBeNull();
  expect(repeatPrice(recipe, 1)).not.toBeNull();
  keysAre(key);
  expect(requestPrice([openai, google], 1, square)).toBeNull();
  expect(repeatPrice(recipe, 1)).toBeNull();
  expect(requestPrice([openai], 1, square)).not.toBeNull();
});
