import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { KeyedProvider } from '../../../shared/domain/keys';
import { temporaryFolder } from '../test-support/temporary-folder';
import type { KeyVault } from './keychain';
import { createSecrets } from './secrets';

const key = 'AIza-a-key-that-nobody-may-see';
const noKeys: Record<KeyedProvider, string | null> = { google: null, imagen: null, openai: null };

/** A keychain as the system's: it locks with a key that is on no disk. */
function createVault(): KeyVault & { isOpen: boolean; exists: boolean } {
  const master = randomBytes(32);
  return {
    isOpen: true,
    exists: true,
    async isSafe() {
      return this.exists;
    },
    async encrypt(text) {
      if (!this.isOpen) throw new Error(`refused for ${text}`);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', master, nonce);
      const locked = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), locked]);
    },
    async decrypt(bytes) {
      if (!this.isOpen) throw new Error('refused');
      const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

let dataFolder: string;
let vault: ReturnType<typeof createVault>;
let changes: number;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  vault = createVault();
  changes = 0;
});

function open(environment = noKeys) {
  const onChange = () => {
    changes += 1;
  };
  return createSecrets({ dataFolder, vault, environment, onChange });
}

function source(state: Awaited<ReturnType<ReturnType<typeof open>['state']>>, provider: KeyedProvider) {
  return state.sources.find((known) => known.provider === provider)?.source;
}

test('a key that is kept is there at the next start, and on disk only as the keychain locked it', async () => {
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

test('a key for this session is in memory alone, and takes the place of one that was kept', async () => {
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

test('without a keychain nothing is kept, and it says so', async () => {
  vault.exists = false;
  const secrets = open();
  expect((await secrets.state()).canRemember).toBe(false);
  expect(await secrets.set('google', key, true)).toMatchObject({ ok: false, code: 'no_keychain' });
  expect(secrets.get('google')).toBeNull();
  expect(await secrets.set('google', key, false)).toMatchObject({ ok: true });
  expect(readdirSync(dataFolder)).toEqual([]);
});

test('a keychain that refuses changes nothing, and its words are not passed on', async () => {
  const secrets = open();
  await secrets.set('google', 'an-older-key', true);
  vault.isOpen = false;
  const refused = await secrets.set('google', key, true);
  expect(refused).toMatchObject({ ok: false, code: 'key_not_kept' });
  expect(JSON.stringify(refused)).not.toContain(key);
  expect(secrets.get('google')).toBe('an-older-key');
});

test('the environment stands over all, and is never stored', async () => {
  const secrets = open({ ...noKeys, google: 'from-the-environment' });
  await secrets.set('google', key, true);
  expect(secrets.get('google')).toBe('from-the-environment');
  expect(source(await secrets.state(), 'google')).toBe('environment');
  expect(readFileSync(path.join(dataFolder, 'keys.json'), 'utf8')).not.toContain('environment');
});

test('a key that is removed is gone from disk too', async () => {
  const secrets = open();
  await secrets.set('google', key, true);
  await secrets.remove('google');
  expect(secrets.get('google')).toBeNull();
  expect(readdirSync(dataFolder)).toEqual([]);
  await secrets.remove('openai');
});

test('ten changes at once end with the last, and lose no other', async () => {
  const secrets = open();
  await Promise.all([
    secrets.set('openai', 'another-key', true),
    ...Array.from({ length: 9 }, (_, index) => secrets.set('google', `key-number-${index}`, true)),
  ]);
  const next = open();
  await next.load();
  expect([next.get('google'), next.get('openai')]).toEqual(['key-number-8', 'another-key']);
});

describe('a file of keys', () => {
  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"google":7}',
    '{"google":"?"}',
    '{"google":"AAAA"}',
    '{"dreamer":"AAAA"}',
  ])('that holds %s is no key and no crash', async (text) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    writeFileSync(path.join(dataFolder, 'keys.json'), text);
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBeNull();
    expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
  });

  test('of another keychain says so in the log, without what is in it', async () => {
    await open().set('google', key, true);
    vault = createVault();
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBeNull();
    expect(error.mock.calls).toEqual([['The key for google could not be read from the keychain.']]);
  });
});
