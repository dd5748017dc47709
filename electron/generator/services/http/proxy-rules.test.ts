// Reading Chromium's proxy rules.
import { expect, test } from 'vitest';
import { nameOf, readProxyRules } from './proxy-rules';

const http = { kind: 'http', host: 'proxy.test', port: 8080 } as const;

test.each([
  ['DIRECT', [{ kind: 'direct' }]],
  ['', []],
  [' ; ', []],
  ['PROXY proxy.test:8080', [http]],
  ['proxy proxy.test:8080;direct', [http, { kind: 'direct' }]],
  [
    'PROXY [2001:db8::1]:3128; DIRECT',
    [{ kind: 'http', host: '2001:db8::1', port: 3128 }, { kind: 'direct' }],
  ],
  ['HTTPS proxy.test:443', [{ kind: 'https', host: 'proxy.test', port: 443 }]],
  ['SOCKS5 s.test:1080;PROXY proxy.test:8080', [{ kind: 'socks5', host: 's.test', port: 1080 }, http]],
  ['SOCKS s.test:1080', [{ kind: 'socks4', host: 's.test', port: 1080 }]],
  ['SOCKS4 s.test:1080', [{ kind: 'socks4', host: 's.test', port: 1080 }]],
  ['QUIC q.test:443', [{ kind: 'unsupported', rule: 'QUIC q.test:443' }]],
  ['constructor q.test:443', [{ kind: 'unsupported', rule: 'constructor q.test:443' }]],
  ['PROXY proxy.test', [{ kind: 'unsupported', rule: 'PROXY proxy.test' }]],
  ['PROXY proxy.test:70000', [{ kind: 'unsupported', rule: 'PROXY proxy.test:70000' }]],
  ['DIRECT proxy.test:1', [{ kind: 'unsupported', rule: 'DIRECT proxy.test:1' }]],
])('reads %j', (rules, wanted) => {
  expect(readProxyRules(rules)).toEqual(wanted);
});

test('names a proxy by host and port', () => {
  expect(nameOf(http)).toBe('proxy.test:8080');
  expect(nameOf({ kind: 'http', host: '::1', port: 80 })).toBe('[::1]:80');
});
