import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createSecrets } from './secrets';
import { createTestKeychain } from './test-keychain';

const key = 'AIza-a-key-that-nobody-may-see';
const ids = ['google', 'imagen', 'openai', 'openai-2'];

let dataFolder: string;
let keychain: ReturnType<typeof createTestKeychain>;
let changes: number;
let movedAside: string[];

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  keychain = createTestKeychain();
  changes = 0;
  movedAside = [];
});

function open(environment: Record<ServiceId, string> = {}, isStored = true) {
  const fromEnvironment = (id: ServiceId) => environment[id] ?? null;
  const onChange = () => {
    changes += 1;
  };
  const onUnreadable = (movedTo: string) => void movedAside.push(movedTo);
  const listeners = { onChange, onUnreadable };
  const official = (id: ServiceId) => `https://${id}.example`;
  const origins = {
    ...{ inUse: official, saved: official, ofEnvironment: official },
    allowedOfEnvironment: () => [],
  };
  return createSecrets({
    dataFolder,
    keychain,
    ids: () => ids,
    fromEnvironment,
    origins,
    allowOfEnvironment: () => success(null),
    isStored,
    ...listeners,
  });
}

test('a run with services of its own neither uses nor changes the saved keys of the same ids', async () => {
  await open().set('openai', key, true);
  const before = readFileSync(path.join(dataFolder, 'keys.json'), 'utf8');
  const secrets = open({}, false);
  await secrets.load();
  expect(secrets.get('openai')).toBeNull();
  expect(await secrets.state()).toMatchObject({ canRemember: false });
  expect(await secrets.set('openai', 'another', true)).toMatchObject({ code: 'no_keychain' });
  expect(await secrets.set('openai', 'another', false)).toMatchObject({ ok: true });
  expect(secrets.get('openai')).toBe('another');
  expect(await secrets.remove('openai')).toMatchObject({ ok: true });
  expect(readFileSync(path.join(dataFolder, 'keys.json'), 'utf8')).toBe(before);
});

test('the key of a removed service stays concealed, because a request may still have it', async () => {
  const secrets = open();
  await secrets.set('openai-2', key, true);
  await secrets.setAside('openai-2');
  expect(secrets.get('openai-2')).toBeNull();
  expect(secrets.all()).toContain(key);
});

function source(state: Awaited<ReturnType<ReturnType<typeof open>['state']>>, provider: ServiceId) {
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

test('says at the start which services may have a key, before the keychain gives it back', async () => {
  await open().set('google', key, true);
  await open().set('openai', key, false);
  const [locked, unlocked] = [open(), open()];
  for (const secrets of [locked, unlocked]) {
    expect([secrets.mayHave('google'), secrets.get('google')]).toEqual([true, null]);
    expect([secrets.mayHave('openai'), secrets.mayHave('imagen')]).toEqual([false, false]);
  }
  await unlocked.load();
  expect([unlocked.mayHave('google'), unlocked.get('google')]).toEqual([true, key]);
  keychain.isUnlocked = false;
  await locked.load();
  expect([locked.mayHave('google'), locked.get('google')]).toEqual([false, null]);
});

test.each([
  ['no file', null],
  ['a file that is no JSON', '{"google": "'],
  ['a list', '["google"]'],
])('expects no key from %s', (_what, text) => {
  if (text !== null) writeFileSync(path.join(dataFolder, 'keys.json'), text);
  expect(open().mayHave('google')).toBe(false);
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
  expect(readFileSync(path.join(dataFolder, 'keys.json'), 'utf8')).toBe('{"google":null}');
});

describe('a key that is missing at the next start', () => {
  const lossOf = async (secrets: ReturnType<typeof open>, id: ServiceId) =>
    (await secrets.state()).sources.find(({ provider }) => provider === id)?.loss;

  async function restart(environment: Record<ServiceId, string> = {}) {
    const next = open(environment);
    changes = 0;
    await next.load();
    return next;
  }

  test.each([
    [
      'entered for the session only',
      async (secrets: ReturnType<typeof open>) => void (await secrets.set('openai', key, false)),
    ],
    [
      'first kept and then used for the session only',
      async (secrets: ReturnType<typeof open>) => {
        await secrets.set('openai', 'an-older-key', true);
        await secrets.set('openai', key, false);
      },
    ],
    [
      'not taken back by the keychain',
      async (secrets: ReturnType<typeof open>) => {
        await secrets.set('openai', key, true);
        await secrets.setAside('openai');
        keychain.isUnlocked = false;
        await secrets.bringBack('openai');
        keychain.isUnlocked = true;
      },
    ],
  ])('is reported after it was %s, until it is entered again', async (_how, enter) => {
    const first = open();
    await enter(first);
    expect(await lossOf(first, 'openai')).toBeNull();
    const second = await restart();
    expect(await lossOf(second, 'openai')).toBe('session');
    expect(await lossOf(second, 'google')).toBeNull();
    // Views that show the keys are told.
    expect(changes).toBe(1);
    // Each start says so, until the user does something about it.
    const third = await restart();
    expect(await lossOf(third, 'openai')).toBe('session');
    await third.set('openai', key, true);
    expect(await lossOf(third, 'openai')).toBeNull();
    expect(await lossOf(await restart(), 'openai')).toBeNull();
  });

  test.each([
    ['the key is removed', (secrets: ReturnType<typeof open>) => secrets.remove('openai')],
    ['the service is removed', (secrets: ReturnType<typeof open>) => secrets.setAside('openai')],
  ])('is forgotten once %s', async (_what, forget) => {
    await open().set('openai', key, false);
    const secrets = await restart();
    await forget(secrets);
    expect(await lossOf(secrets, 'openai')).toBeNull();
    expect(await lossOf(await restart(), 'openai')).toBeNull();
  });

  test('is reported where the keychain does not give it back, and is there again once it does', async () => {
    await open().set('openai', key, true);
    keychain.isUnlocked = false;
    expect(await lossOf(await restart(), 'openai')).toBe('keychain');
    keychain.isUnlocked = true;
    const next = await restart();
    expect([next.get('openai'), await lossOf(next, 'openai')]).toEqual([key, null]);
  });

  test('is not missed while the environment has one', async () => {
    await open().set('openai', key, false);
    expect(await lossOf(await restart({ openai: 'from-the-environment' }), 'openai')).toBeNull();
  });

  test('works for the session also where it cannot be noted', async () => {
    const secrets = open();
    // A folder in the place of the file that is written first.
    mkdirSync(path.join(dataFolder, 'keys.json.part'));
    expect(await secrets.set('openai', key, false)).toMatchObject({ ok: true });
    expect(secrets.get('openai')).toBe(key);
  });
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
  const secrets = open({ google: 'from-the-environment' });
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
  const file = () => path.join(dataFolder, 'keys.json');

  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
  });

  test.each(['', '{', 'null', '[]', '7', '"text"', '{"google":"AAAA"', '\0\0\0\0'])(
    'with the content %j is moved aside, and the user is told',
    async (text) => {
      writeFileSync(file(), text);
      const secrets = open();
      await secrets.load();
      expect(secrets.get('google')).toBeNull();
      expect(movedAside).toEqual(['keys.json.unreadable']);
      expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
      expect(readFileSync(path.join(dataFolder, 'keys.json.unreadable'), 'utf8')).toBe(text);
    },
  );

  test('that became unreadable after the start is not overwritten by a new key', async () => {
    const secrets = open();
    await secrets.load();
    for (const text of ['{', '[']) {
      writeFileSync(file(), text);
      expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
    }
    expect(movedAside).toEqual(['keys.json.unreadable', 'keys.json.unreadable-2']);
    expect(readFileSync(path.join(dataFolder, 'keys.json.unreadable'), 'utf8')).toBe('{');
    expect(readFileSync(path.join(dataFolder, 'keys.json.unreadable-2'), 'utf8')).toBe('[');
  });

  test.each(['{"google":7}', '{"google":"?"}', '{"google":{"v":2}}', '{"google":"AAAA"}', '{}'])(
    'with the content %s yields no key, stays, and takes a new one',
    async (text) => {
      writeFileSync(file(), text);
      const secrets = open();
      await secrets.load();
      expect(secrets.get('google')).toBeNull();
      expect(await secrets.set('openai', 'another-key', true)).toMatchObject({ ok: true });
      const { openai: _added, $origins: _origins, ...others } = JSON.parse(readFileSync(file(), 'utf8'));
      expect(JSON.stringify(others)).toBe(text);
      expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
      expect(movedAside).toEqual([]);
    },
  );

  test('that an editor has saved with a mark of its encoding is read as before', async () => {
    await open().set('google', key, true);
    writeFileSync(file(), `\ufeff${readFileSync(file(), 'utf8')}`);
    const secrets = open();
    expect(secrets.mayHave('google')).toBe(true);
    await secrets.load();
    await secrets.set('openai', 'another-key', true);
    const next = open();
    await next.load();
    expect([next.get('google'), next.get('openai'), movedAside]).toEqual([key, 'another-key', []]);
  });

  test.each([
    ['of another encoding', Buffer.from('{"google":"AAAA"}', 'utf16le')],
    ['with bytes that are no text', Buffer.from('{"google":"AAAA","note":"\xff"}', 'latin1')],
  ])('%s is moved aside byte for byte', async (_what, bytes) => {
    writeFileSync(file(), bytes);
    const secrets = open();
    await secrets.load();
    expect(await secrets.set('google', key, true)).toMatchObject({ ok: true });
    expect(readFileSync(path.join(dataFolder, 'keys.json.unreadable'))).toEqual(bytes);
  });

  test('of a newer version yields the known keys and keeps all others', async () => {
    await open().set('google', key, true);
    const google = readFileSync(file(), 'utf8').slice(1, -1);
    const unknown = [
      '"dreamer":"AAAA+/=="',
      '"not base64":"?"',
      '"services":{"b":["\\u2028",null,1.5],"a":{"key":""}}',
      '"toString":"BBBB"',
      '"__proto__":{"openai":"CCCC"}',
      '"":7',
    ];
    const ofSession = ['openai'];
    writeFileSync(file(), `{${[...unknown.slice(0, 3), google, ...unknown.slice(3)].join()}}`);
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBe(key);
    expect(secrets.get('openai')).toBeNull();
    await secrets.set('openai', 'another-key', true);
    await secrets.set('openai', 'another-key', false);
    await secrets.remove('imagen');
    const text = readFileSync(file(), 'utf8');
    for (const entry of unknown.filter((other) => !other.includes('u2028'))) expect(text).toContain(entry);
    expect(JSON.parse(text).services).toEqual({ b: ['\u2028', null, 1.5], a: { key: '' } });
    await secrets.remove('google');
    expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8')))).toHaveLength(
      unknown.length + ofSession.length,
    );
    expect(movedAside).toEqual([]);
  });

  test('that cannot be read is neither moved nor replaced', async () => {
    mkdirSync(file());
    const secrets = open();
    await secrets.load();
    expect(await secrets.set('google', key, true)).toMatchObject({ ok: false, code: 'key_not_kept' });
    expect(readdirSync(dataFolder)).toEqual(['keys.json']);
    expect(movedAside).toEqual([]);
  });

  test('of another keychain is logged without its content', async () => {
    await open().set('google', key, true);
    keychain = createTestKeychain();
    const error = vi.mocked(console.error);
    const secrets = open();
    await secrets.load();
    expect(secrets.get('google')).toBeNull();
    expect(error.mock.calls).toEqual([['The key for google could not be read from the keychain.']]);
  });
});

test('keeps the keys of two accounts of one kind apart', async () => {
  const secrets = open();
  await secrets.set('openai', 'key-of-home', true);
  await secrets.set('openai-2', 'key-of-work', true);
  const next = open();
  await next.load();
  expect([next.get('openai'), next.get('openai-2')]).toEqual(['key-of-home', 'key-of-work']);
  expect(next.all().toSorted()).toEqual(['key-of-home', 'key-of-work']);
});

test('removes the key of a removed service from the disk, and brings it back', async () => {
  const file = path.join(dataFolder, 'keys.json');
  const fromAnotherVersion = '"of-another-version":{"a":[1,"x"]}';
  const secrets = open();
  await secrets.set('openai', 'another-key', true);
  await secrets.set('openai-2', key, true);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\{/, `{${fromAnotherVersion},`));
  expect(await secrets.setAside('openai-2')).toEqual({ ok: true, value: null });
  expect(secrets.get('openai-2')).toBeNull();
  expect(readFileSync(file, 'utf8')).not.toContain('openai-2');
  expect(readFileSync(file, 'utf8')).toContain(fromAnotherVersion);
  await secrets.bringBack('openai-2');
  expect(secrets.get('openai-2')).toBe(key);
  const next = open();
  await next.load();
  expect([next.get('openai'), next.get('openai-2')]).toEqual(['another-key', key]);
});

test('a key that the keychain does not take back lasts for the session', async () => {
  const secrets = open();
  await secrets.set('openai-2', key, true);
  await secrets.setAside('openai-2');
  keychain.isUnlocked = false;
  await secrets.bringBack('openai-2');
  expect(secrets.get('openai-2')).toBe(key);
  expect(source(await secrets.state(), 'openai-2')).toBe('session');
});
