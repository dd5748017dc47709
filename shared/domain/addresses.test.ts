// Tests which addresses a provider may use, and which hosts are private.
import { describe, expect, test } from 'vitest';
import { isPrivateHost, refuseAddress } from './addresses';

describe('refuseAddress', () => {
  test.each([
    '',
    'example.com',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://name:secret@example.com',
    'https://',
    `https://example.com/${'x'.repeat(600)}`,
  ])('refuses "%s" as malformed', (address) => {
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
    'http://media.home',
    'http://gpu-box:8000',
  ])('refuses the private %s unless the user allows it', (address) => {
    expect(isPrivateHost(new URL(address).hostname)).toBe(true);
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
    'https://notlocal.example.com',
    'http://[2606:4700::1111]',
    'http://[::ffff:8.8.8.8]',
  ])('accepts the public %s', (address) => {
    expect(refuseAddress('openai', address, false)).toBeNull();
  });
});

describe('isPrivateHost', () => {
  test.each([
    // Special ranges of IPv4: https://www.iana.org/assignments/iana-ipv4-special-registry
    ...[
      '0.1.2.3',
      '100.127.255.254',
      '172.16.0.0',
      '192.0.0.5',
      '192.0.2.7',
      '198.19.255.255',
      '203.0.113.9',
    ],
    ...['224.0.0.251', '240.0.0.1', '255.255.255.255'],
    // Other notations, as DNS and hosts files may contain them.
    ...['127.1', '0x7f.1', '0177.0.0.1', '2130706433', '192.168.257', '0xa.1.2.3'],
    // Special ranges of IPv6: https://www.iana.org/assignments/iana-ipv6-special-registry
    ...[
      '::',
      '::1',
      'fd12:3456::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      'ff0e::1',
      '100::1',
      '2001:db8::1',
      '3fff::1',
    ],
    // IPv6 that stands for a private IPv4 address: mapped, translated, NAT64, 6to4, Teredo, compatible.
    ...['::ffff:127.0.0.1', '::ffff:192.0.0.5', '::ffff:a00:1', '::ffff:0:7f00:1', '64:ff9b::7f00:1'],
    ...['64:ff9b::192.168.1.1', '64:ff9b:1::8.8.8.8', '2002:7f00:1::', '2002:c0a8:101::1', '::127.0.0.1'],
    ...['2001:0:a00:1::f7f7:f7f7', '2001:0:808:808::f5ff:fffe'],
    // Zone ids, brackets and trailing dots.
    ...['fe80::1%25en0', '[fe80::1%eth-0.1]', '127.0.0.1.', 'localhost..'],
    // Malformed addresses.
    ...['256.1.1.1', '1.2.3.4.5', '09.0.0.1', '12345::1', ''],
    // Names.
    ...[
      'localhost',
      'LOCALHOST.',
      'a.b.localhost',
      'nas.local',
      'router.lan',
      'x.home.arpa',
      'printer',
      '[::1]',
    ],
  ])('%s is private', (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  test.each([
    ...['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.0.1.1', '223.255.255.254', '134744072', '0x08080808'],
    ...[
      '2606:4700::1111',
      '[2a00:1450:4001:80b::200e]',
      '::ffff:8.8.8.8',
      '64:ff9b::8.8.8.8',
      '2002:808:808::1',
    ],
    ...[
      '2001:0:808:808::f7f7:f7f7',
      'api.openai.com',
      'local.example.com',
      'localhost.example.com.',
      'xn--bcher-kva.example',
    ],
  ])('%s is public', (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });

  test('agrees on an IPv4 address and on every IPv6 address that stands for it', () => {
    for (let first = 0; first < 256; first += 1) {
      for (const rest of ['0.0.5', '64.0.1', '168.1.1', '254.169.254', '18.0.1']) {
        const v4 = `${first}.${rest}`;
        const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const isPrivate = isPrivateHost(v4);
        for (const v6 of [`::ffff:${v4}`, `::ffff:${hex}`, `64:ff9b::${v4}`, `2002:${hex}::1`]) {
          expect([v6, isPrivateHost(v6)]).toEqual([v6, isPrivate]);
        }
      }
    }
  });
});
