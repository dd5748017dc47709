import { describe, expect, test } from 'vitest';
import { createElectronKeychain, type SafeStorage } from './electron-keychain';

const encrypted = Buffer.from('encrypted');

/** Electron 33 to 41. */
const syncOnly = {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => Buffer.from(`sync ${text}`),
  decryptString: () => 'sync key',
  getSelectedStorageBackend: () => 'gnome_libsecret',
};
/** Electron 46 and later. */
const asyncOnly = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => Buffer.from(`async ${text}`),
  decryptStringAsync: async () => ({ result: 'async key', shouldReEncrypt: false }),
  getSelectedStorageBackend: () => 'gnome_libsecret',
};

function open(storage: SafeStorage, platform: NodeJS.Platform = 'linux') {
  const pauses: number[] = [];
  const keychain = createElectronKeychain({
    storage,
    platform,
    whenReady: async () => {},
    pause: async (ms) => pauses.push(ms),
  });
  return { keychain, pauses };
}

test.each<[string, SafeStorage, string]>([
  ['33, which has the synchronous API', syncOnly, 'sync'],
  ['45, which has both', { ...syncOnly, ...asyncOnly }, 'async'],
  ['46, which has the asynchronous API', asyncOnly, 'async'],
])('uses the API of Electron %s', async (_version, storage, api) => {
  const { keychain } = open(storage);
  expect(await keychain.isSecure()).toBe(true);
  expect(String(await keychain.encrypt('key'))).toBe(`${api} key`);
  expect(await keychain.decrypt(encrypted)).toBe(`${api} key`);
});

test('rejects, and does not throw, where a synchronous keychain refuses', async () => {
  const refuse = () => {
    throw new Error('refused');
  };
  const { keychain } = open({ ...syncOnly, encryptString: refuse, decryptString: refuse });
  await expect(keychain.encrypt('key')).rejects.toThrow('refused');
  await expect(keychain.decrypt(encrypted)).rejects.toThrow('refused');
});

describe.each<[string, () => Promise<{ result: string; isTemporarilyUnavailable?: boolean }>]>([
  ['says so', async () => ({ result: '', isTemporarilyUnavailable: true })],
  [
    'rejects with that reason',
    async () => {
      throw new Error('Encryption is temporarily unavailable. Please try again.');
    },
  ],
])('a keychain that is temporarily unavailable and %s', (_form, unavailable) => {
  test('is asked again until it answers', async () => {
    let asked = 0;
    const decryptStringAsync = () => {
      asked += 1;
      return asked < 3 ? unavailable() : asyncOnly.decryptStringAsync();
    };
    const { keychain, pauses } = open({ ...asyncOnly, decryptStringAsync });
    expect(await keychain.decrypt(encrypted)).toBe('async key');
    expect([asked, pauses.length]).toEqual([3, 2]);
  });

  test('refuses in the end, so that no empty key is used', async () => {
    const { keychain, pauses } = open({ ...asyncOnly, decryptStringAsync: unavailable });
    await expect(keychain.decrypt(encrypted)).rejects.toThrow('temporarily unavailable');
    expect(pauses.length).toBeGreaterThan(1);
  });
});

test('another refusal is not repeated', async () => {
  const decryptStringAsync = async () => {
    throw new Error('Error while decrypting the ciphertext.');
  };
  const { keychain, pauses } = open({ ...asyncOnly, decryptStringAsync });
  await expect(keychain.decrypt(encrypted)).rejects.toThrow('ciphertext');
  expect(pauses).toEqual([]);
});

test.each([
  ['linux', 'basic_text', false],
  ['linux', 'unknown', false],
  ['linux', 'kwallet6', true],
  ['darwin', 'unknown', true],
  ['win32', 'unknown', true],
] as const)('on %s with the backend %s, encryption protects: %s', async (platform, backend, expected) => {
  for (const storage of [syncOnly, asyncOnly]) {
    const { keychain } = open({ ...storage, getSelectedStorageBackend: () => backend }, platform);
    expect(await keychain.isSecure()).toBe(expected);
  }
});
