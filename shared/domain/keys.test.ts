// The providers that need a key.
import { expect, it } from 'vitest';
import { keyedProviders } from './keys';
import { providers } from './model-catalogue';
import { providerIds } from './models';

it('lists exactly the providers that need a key', () => {
  expect([...keyedProviders].sort()).toEqual(providerIds.filter((id) => providers[id].needsKey).sort());
});
