import { expect, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { newService, type Service } from '../../../shared/domain/services';
import type { ConnectionFacts } from './connected-services';
import { createOwnerOf } from './shared-models';

const openai = newService('openai', 'openai', 'OpenAI');
const at = (id: string, address: string): Service => ({
  ...newService(id, 'openai-compatible', id),
  address,
});
const first = at('first', 'http://127.0.0.1:4000/v1');
const second = at('second', 'http://127.0.0.1:4001/v1');
const facts: ConnectionFacts = { keys: null, addresses: {}, isFromEnvironment: false, used: new Set() };
const list = (...ids: string[]) => ids.map((id) => ({ id, label: id, makes: 'pictures' as const }));

function ownerOf(services: readonly Service[], offered: Parameters<typeof createOwnerOf>[1] = {}) {
  useServiceDirectory(services);
  return createOwnerOf(services, offered, facts);
}

test('a model of two connected services is shown with its service', () => {
  const shared = ownerOf([first, second], { first: list('a', 'b'), second: list('b') });
  expect(shared('first', 'b')).toBe('first');
  expect(shared('second', 'b')).toBe('second');
  expect(shared('first', 'a')).toBeNull();
});

test('a service has its chosen model even before its list is read', () => {
  const chosen = { ...second, pictureModel: 'b' };
  expect(ownerOf([first, chosen], { first: list('a', 'b') })('first', 'b')).toBe('first');
  expect(ownerOf([first, chosen], { first: list('a', 'b') })('first', 'a')).toBeNull();
});

test('ignores services that are disabled, not connected, or have not answered', () => {
  const offered = { first: list('gpt-image-1'), second: list('gpt-image-1') };
  expect(ownerOf([first, { ...second, enabled: false }], offered)('first', 'gpt-image-1')).toBeNull();
  expect(ownerOf([first, second], { first: list('gpt-image-1') })('first', 'gpt-image-1')).toBeNull();
  // OpenAI is built in, and the user has not connected it.
  expect(ownerOf([first, openai], offered)('first', 'gpt-image-1')).toBeNull();
  expect(ownerOf([first, { ...openai, name: 'Work' }], offered)('first', 'gpt-image-1')).toBe('first');
});
