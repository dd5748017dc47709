// Which addresses count as this machine's and its network's.
import type { LookupAddress } from 'node:dns';
import { expect, it } from 'vitest';
import { isPrivateHost, PrivateAddress, publicLookup } from './private-address';

it.each([
  'http://localhost:8080',
  'http://LOCALHOST',
  'http://localhost.',
  'http://media.home',
  'http://models.localhost',
  'http://nas.local',
  'http://gpu-box:8000',
  'http://127.0.0.1',
  'http://127.1',
  'http://0x7f000001',
  'http://0.0.0.0',
  'http://10.1.2.3',
  'http://172.16.0.1',
  'http://172.31.255.255',
  'http://192.168.1.20:7860',
  'http://169.254.169.254',
  'http://100.64.0.1',
  'http://[::1]',
  'http://[::]',
  'http://[::ffff:10.0.0.1]',
  'http://[fd00::1]',
  'http://[fe80::1]',
])('%s is private', (url) => expect(isPrivateHost(new URL(url).hostname)).toBe(true));

it.each([
  'https://api.openai.com',
  'https://localhost.example.com',
  'https://notlocal.example.com',
  'http://172.32.0.1',
  'http://8.8.8.8',
  'http://[2606:4700::1111]',
  'http://[::ffff:8.8.8.8]',
])('%s is not', (url) => expect(isPrivateHost(new URL(url).hostname)).toBe(false));

it.each([{ all: true }, { all: false }])(
  'a name that leads to this machine is not looked up: %o',
  async (options) => {
    const found = new Promise<LookupAddress[] | string>((resolve, reject) =>
      publicLookup('localhost', options, (error, address) => (error ? reject(error) : resolve(address))),
    );
    await expect(found).rejects.toThrow(PrivateAddress);
  },
);
