// The key goes to the service's own servers only.
import { expect, test } from 'vitest';
import { addressWithin, ForeignAddressError } from './wire';

const baseUrl = 'https://api.bfl.ai/v1';

test.each([
  ['flux', 'https://api.bfl.ai/v1/flux'],
  ['https://api.bfl.ai/v1/get_result?id=1', 'https://api.bfl.ai/v1/get_result?id=1'],
  ['https://api.eu2.bfl.ai/v1/get_result?id=1', 'https://api.eu2.bfl.ai/v1/get_result?id=1'],
])('%s is the service’s own', (path, expected) => {
  expect(addressWithin({ baseUrl }, path)).toBe(expected);
});

test.each([
  'http://api.bfl.ai/v1/get_result',
  'https://api.bfl.ai:8443/v1',
  'https://evilbfl.ai/v1',
  'https://bfl.ai.example.com/v1',
  'https://127.0.0.1/v1',
  'https://api.bfl.ai@example.com/v1',
  'http://',
])('%s gets no key', (path) => {
  expect(() => addressWithin({ baseUrl }, path)).toThrow(ForeignAddressError);
});

test('a server that is no known service may not name others of its domain', () => {
  const own = { baseUrl: 'https://images.co.uk/v1' };
  expect(() => addressWithin(own, 'https://other.co.uk/v1')).toThrow(ForeignAddressError);
});

test('another port of this computer gets no key', () => {
  const local = { baseUrl: 'http://127.0.0.1:8188' };
  expect(() => addressWithin(local, 'http://127.0.0.1:9999/x')).toThrow(ForeignAddressError);
  expect(() => addressWithin(local, 'https://1.0.0.1/x')).toThrow(ForeignAddressError);
});
