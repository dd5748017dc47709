// The key is sent only to the service's own servers.
import { expect, test } from 'vitest';
import { addressWithin, ForeignAddressError } from './wire';

const baseUrl = 'https://api.bfl.ai/v1';

test.each([
  ['flux', 'https://api.bfl.ai/v1/flux'],
  ['https://api.bfl.ai/v1/get_result?id=1', 'https://api.bfl.ai/v1/get_result?id=1'],
  ['https://api.eu2.bfl.ai/v1/get_result?id=1', 'https://api.eu2.bfl.ai/v1/get_result?id=1'],
])('accepts %s as the service’s own address', (path, expected) => {
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
])('does not send the key to %s', (path) => {
  expect(() => addressWithin({ baseUrl }, path)).toThrow(ForeignAddressError);
});

test('refuses other servers of the same domain for an unknown service', () => {
  const own = { baseUrl: 'https://images.co.uk/v1' };
  expect(() => addressWithin(own, 'https://other.co.uk/v1')).toThrow(ForeignAddressError);
});

test('does not send the key to another port of this computer', () => {
  const local = { baseUrl: 'http://127.0.0.1:8188' };
  expect(() => addressWithin(local, 'http://127.0.0.1:9999/x')).toThrow(ForeignAddressError);
  expect(() => addressWithin(local, 'https://1.0.0.1/x')).toThrow(ForeignAddressError);
});
