import { describe, expect, test } from 'vitest';
import { isPrivateAddress, refuseAddress } from './addresses';
import { keySchema } from './keys';

describe('an address', () => {
  test.each([
    '',
    'example.com',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://name:secret@example.com',
    'https://',
    `https://example.com/${'x'.repeat(600)}`,
  ])('cannot be "%s"', (address) => {
    expect(refuseAddress('openai', address, true)).toBe('bad_address');
  });

  test.each([
    'http://localhost:1234',
    'http://LOCALHOST./',
    'http://x.localhost',
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f.0.0.1',
    'http://0.0.0.0',
    'http://224.0.0.1',
    'http://10.1.2.3',
    'http://172.31.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1',
    'http://[::1]',
    'http://[::]',
    'http://[fd00::1]',
    'http://[fe80::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:10.0.0.1]',
    'http://printer',
    'http://nas.local',
    'http://metadata.google.internal',
  ])('%s is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
    expect(refuseAddress('openai', address, false)).toBe('private_address');
    expect(refuseAddress('openai', address, true)).toBeNull();
    expect(refuseAddress('automatic1111', address, false)).toBeNull();
  });

  test.each([
    'https://api.openai.com/v1',
    'http://8.8.8.8',
    'http://172.32.0.1',
    'http://192.169.0.1',
    'http://100.128.0.1',
    'https://localhost.example.com',
    'http://[2606:4700::1111]',
    'http://[::ffff:8.8.8.8]',
  ])('%s is not', (address) => {
    expect(refuseAddress('openai', address, false)).toBeNull();
  });
});

test.each([
  '',
  'short',
  'with a space',
  'zwei\nzeilen',
  'schlüssel-mit-umlaut',
  '"quoted key"',
  '🔑🔑🔑🔑🔑🔑',
  'x'.repeat(1001),
])('"%s" is no key', (key) => {
  expect(keySchema.safeParse(key).success).toBe(false);
});

test('a key is taken without what was pasted around it', () => {
  expect(keySchema.parse('  sk-0123456789\n')).toBe('sk-0123456789');
});
