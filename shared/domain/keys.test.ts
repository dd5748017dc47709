// What is accepted as an API key.
import { expect, it } from 'vitest';
import { keyedProviders, keySchema } from './keys';
import { providers } from './model-catalogue';
import { providerIds } from './models';

it.each([
  '',
  'short',
  'with a space',
  'zwei\nzeilen',
  'schlüssel-mit-umlaut',
  '"quoted key"',
  '🔑🔑🔑🔑🔑🔑',
  'x'.repeat(1001),
])('rejects "%s"', (key) => {
  expect(keySchema.safeParse(key).success).toBe(false);
});

it('removes the white space around a pasted key', () => {
  expect(keySchema.parse('  sk-0123456789\n')).toBe('sk-0123456789');
});

it('lists exactly the providers that need a key', () => {
  expect([...keyedProviders].sort()).toEqual(providerIds.filter((id) => providers[id].needsKey).sort());
});
