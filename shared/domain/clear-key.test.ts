// Tests the warning before a key is sent unencrypted to a public address.
import { expect, test } from 'vitest';
import { clearKeyWarning } from './clear-key';
import { readAddress } from './read-address';

test.each([
  'http://example.com/v1',
  'HTTP://EXAMPLE.COM',
  'http://example.com:8080',
  'http://8.8.8.8/v1',
  'http://[2606:4700::1111]/v1',
  'http://[::ffff:8.8.8.8]/v1',
  'http://localhost.example.com',
])('warns of %s', (address) => {
  expect(clearKeyWarning(address)).toContain('not encrypted');
  expect(clearKeyWarning(readAddress('openai-compatible', address))).toContain('not encrypted');
});

test.each([
  null,
  '',
  'no address',
  'https://example.com/v1',
  'http://127.0.0.1:8000/v1',
  'http://localhost:8000/v1',
  'http://[::1]/v1',
  'http://192.168.1.7/v1',
  'http://10.1.2.3',
  'http://100.64.0.1',
  'http://printer.local/v1',
  'http://server/v1',
])('does not warn of %j', (address) => {
  expect(clearKeyWarning(address)).toBeNull();
});

test('warns of a public address with a path, but not of one without a scheme', () => {
  expect(
    clearKeyWarning(readAddress('openai-compatible', 'http://example.com/v1/images/generations')),
  ).toContain('example.com');
  expect(clearKeyWarning(readAddress('openai-compatible', 'example.com/v1'))).toBeNull();
});
