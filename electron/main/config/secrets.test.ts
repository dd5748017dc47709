import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { KeyedProvider } from '../../../shared/domain/keys';
import { temporaryFolder } from '../test-support/temporary-folder';
import type { Keychain } from './keychain';
import { createSecrets } from './secrets';

const key = 'AIza-a-key-that-nobody-may-see';
const noKeys: Record<KeyedProvider, string | null> = { google: null, imagen: null, openai: null };

/** A keychain whose encryption key is in memory only. */
function createKeychain(): Keychain & { isUnlocked: boolean; exists: boolean } {
  const encryptionKey = randomBytes(32);
  return {
    isUnlocked: true,
    exists: true,
    async isSecure() {
      return this.exists;
    },
    async encrypt(text) {
      if (!this.isUnlocked) throw new Error(`refused for ${text}`);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
    },
    async decrypt(bytes) {
      if (!this.isUnlocked) throw new Error('refused');
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

let dataFolder: string;
let keychain: ReturnType<typeof createKeychain>;
let changes: number;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  keychain = createKeychain();
  changes = 0;
});

function open(environment = noKeys) {
  const onChange = () => {
    changes += 1;
  };
  return createSecrets({ dataFolder, keychain, environment, onChange });
}

function source(state: Awaited<ReturnType<ReturnType<typeof open>['state']>>, provider: KeyedProvider) {
  return state.sources.find((known) => known.provider === provider)?.source;
}

test('restores a remembered key at the next start and stores it encrypted only', async () => {
  expect(await open().set('google', key, true)).toEqual({ ok: true, value: null });
  const text = readFileSync(path.join(dataFolder, 'keys.json'), 'latin1');
  expect(text).not.toContain(key);
  expect(text).not.toContain(Buffer.from(key).toString('base64').slice(0, 20));
  if (process.platform !== 'win32') {
    expect(statSync(path.join(dataFolder, 'keys.json')).mode & 0o777).toBe(0o600);
  }
  const next = open();
  expect(next.get('google')).toBeNull();
  await next.load();
  expect(next.get('google')).toBe(key);
  expect(source(await next.state(), 'google')).toBe('keychain');
  expect(JSON.stringify(await next.state())).not.toContain(key);
  expect(changes).toBe(2);
});

test('keeps a session key in memory only and removes the remembered one', async () => {
  const secrets = open();
  await secrets.set('google', 'an-older-key', true);
  await secrets.set('openai', 'another-key', true);
  await secrets.set('google', key, false);
  expect(secrets.get('google')).toBe(key);
  expect(source(await secrets.state(), 'google')).toBe('session');
  const next = open();
  await next.load();
  expect(next.get('google')).toBeNull();
  expect(next.get('openai')).toBe('another-key');
});

test('stores nothing without a keychain and reports it', async () => {
  keychain.exists = false;
  const secrets = open();
  expect((await secrets.state()).canRemember).toBe(false);
  expect(await secrets.set('google', key, true)).toMatchObject({ ok: false, code: 'no_keychain' });
  expect(secrets.get('google')).toBeNull();
  expect(await secrets.set('google', key, false)).toMatchObject({ ok: true });
  expect(readdirSync(dataFolder)).toEqual([]);
});

test('changes nothing if the keychain refuses, and hides its error message', async () => {
  const secrets = open();
  await secrets.set('google', 'an-older-key', true);
  keychain.isUnlocked = false;
  const refused = await secrets.set('google', key, true);
  expect(refused).toMatchObject({ ok: false, code: 'key_not_kept' });
  expect(JSON.stringify(refused)).not.toContain(key);
  expect(secrets.get('google')).toBe('an-older-key');
});

test('prefers a key from the environment and never stores it', async () => {
  const secrets = open({ ...noKeys, google: 'from-the-environment' });
  await secrets.set('google', key, true);
  expect(secrets.get('google')).toBe('from-the-environment');
  expect(source(await secrets.state(), 'google')).toBe('environment');
  expect(readFileSync(path.join(dataFolder, 'keys.json'), 'utf8')).not.toContain('environment');
});

test('removes a key from disk too', async () => {
  const secrets = open();
  await secrets.set('google', key, true);
  await secrets.remove('google');
  expect(secrets.get('google')).toBeNull();
  expect(readdirSync(dataFolder)).toEqual([]);
  await secrets.remove('openai');
});

test('serialises ten concurrent changes without losing another key', async () => {
  const secrets = open();
  await Promise.all([
    secrets.set('openai', 'another-key', true),
    ...Array.from({ length: 9 }, (_, index) => secrets.set('google', `key-number-${index}`, true)),
  ]);
  const next = open();
  await next.load();
  expect([next.get('google'), next.get('openai')]).toEqual(['key-number-8', 'another-key']);
});

describe('a key file', () => {
  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"google":7}',
    '{"google":"?"}',
    '{"google":"AAAA"}',
    '{"dreamer":"AAAA"}',
  ])('with the content %s yields no key and no crash', async (text) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    writeFileSync(path.join(dataFolder, 'keys.json'), text);
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBeNull();
    expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
  });

  test('of another keychain is logged without its content', async () => {
    await open().set('google', key, true);
    keychain = createKeychain();
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBeNull();
    expect(error.mock.calls).toEqual([['The key for google could not be read from the keychain.']]);
  });
});
