// Logins for proxies: asked for once, kept as the keychain encrypts them, and given to nobody else.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { patient } from '../../../tests/harness/patient';
import type { Keychain } from './keychain';
import { createProxyLogins } from './proxy-logins';

const login = { username: 'eva', password: 'the-password' };
const other = { username: 'eva', password: 'another' };
const question = { proxy: 'proxy.test:3128', realm: 'Office', refused: null, mayAsk: true };

let dataFolder: string;
let shown: (ProxyLoginQuestion | null)[];
const file = () => path.join(dataFolder, 'proxy-logins.json');

/** A keychain that encrypts by inverting each bit. */
const keychain: Keychain = {
  isSecure: async () => true,
  encrypt: async (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ 255)),
  decrypt: async (bytes) => Buffer.from(bytes.map((byte) => byte ^ 255)).toString(),
};

beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'afterimage-proxy-'));
  shown = [];
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

function open(changes: Partial<Keychain> = {}) {
  const logins = createProxyLogins({
    dataFolder,
    keychain: { ...keychain, ...changes },
    onQuestion: (asked) => shown.push(asked),
  });
  /** Answers the next question that is shown. */
  async function answer(entered: typeof login | null, remember = false) {
    await vi.waitFor(() => expect(shown.at(-1)).toBeTruthy(), patient);
    const id = shown.at(-1)?.id ?? 0;
    return logins.handlers['proxy:answer']({ id, login: entered, remember });
  }
  return { ...logins, answer };
}

test('asks once for several requests, and not again', async () => {
  const { find, answer, passwords } = open();
  const waiting = [find(question), find(question)];
  expect(await answer(login)).toMatchObject({ ok: true });
  expect(await Promise.all(waiting)).toEqual([login, login]);
  expect(await find({ ...question, mayAsk: false })).toEqual(login);
  expect(shown).toEqual([
    { id: 1, proxy: 'proxy.test:3128', realm: 'Office', refusedUsername: null, canRemember: true },
    null,
  ]);
  expect(passwords()).toEqual(['the-password']);
});

test('asks again if the proxy has refused, and says so', async () => {
  const { find, answer } = open();
  const first = find(question);
  await answer(other);
  await first;
  const second = find({ ...question, refused: other });
  await answer(login);
  expect(await second).toEqual(login);
  expect(shown.filter(Boolean).map((asked) => asked?.refusedUsername)).toEqual([null, 'eva']);
  // Another request was refused with the old login before the user had corrected it.
  expect(await find({ ...question, refused: other })).toEqual(login);
});

test('gives no login after a cancel, and asks the next request again', async () => {
  const { find, answer } = open();
  const first = find(question);
  await answer(null);
  expect(await first).toBeNull();
  const second = find(question);
  await answer(login);
  expect(await second).toEqual(login);
});

test('asks nothing for a request that nobody waits for', async () => {
  expect(await open().find({ ...question, mayAsk: false })).toBeNull();
  expect(shown).toEqual([]);
});

test('asks for one proxy after the other', async () => {
  const { find, answer, handlers } = open();
  const first = find(question);
  await vi.waitFor(() => expect(shown).toHaveLength(1), patient);
  const second = find({ ...question, proxy: 'other.test:80' });
  await vi.waitFor(() => expect(shown).toHaveLength(2), patient);
  expect(handlers['proxy:read']()).toMatchObject({ value: { proxy: 'proxy.test:3128' } });
  await answer(login);
  expect(handlers['proxy:read']()).toMatchObject({ value: { proxy: 'other.test:80' } });
  await answer(other);
  expect([await first, await second]).toEqual([login, other]);
  expect(handlers['proxy:read']()).toEqual({ ok: true, value: null });
});

test('keeps a login for the next start only as the keychain encrypts it', async () => {
  const { find, answer } = open();
  const first = find(question);
  await answer(login, true);
  await first;
  const stored = readFileSync(file(), 'utf8');
  expect(stored).not.toContain(login.password);
  expect(stored).not.toContain(Buffer.from(login.password).toString('base64').slice(0, 12));
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(await open().find({ ...question, mayAsk: false })).toEqual(login);
});

test('forgets the kept login if the user enters another one for this session', async () => {
  const first = open();
  const asked = first.find(question);
  await first.answer(login, true);
  await asked;
  const second = open();
  const again = second.find({ ...question, refused: login });
  await second.answer(other, false);
  expect(await again).toEqual(other);
  expect(existsSync(file())).toBe(false);
});

test.each([
  ['there is no keychain', { isSecure: async () => false }, true],
  ['the keychain refuses', { encrypt: async () => Promise.reject(new Error('Locked.')) }, false],
])('uses a login for this session only if %s', async (_reason, changes, isQuiet) => {
  const { find, answer } = open(changes);
  const first = find(question);
  expect((await answer(login, true)).ok).toBe(isQuiet);
  expect(await first).toEqual(login);
  expect(existsSync(file())).toBe(false);
});

test('asks if the file is damaged or the keychain cannot decrypt it', async () => {
  writeFileSync(file(), '{"proxy.test:3128": 7');
  const damaged = open();
  const first = damaged.find(question);
  await damaged.answer(login, true);
  expect(await first).toEqual(login);
  shown = [];
  const locked = open({ decrypt: async () => Promise.reject(new Error('Locked.')) });
  const second = locked.find(question);
  await locked.answer(other);
  expect(await second).toEqual(other);
});

test('keeps what it does not understand when another login is kept', async () => {
  const kept = open();
  const first = kept.find(question);
  await kept.answer(login, true);
  await first;
  const newer = { 'of another version': { v: 2 }, 'no base64': '?', number: 7 };
  const written = JSON.parse(readFileSync(file(), 'utf8'));
  writeFileSync(file(), JSON.stringify({ ...newer, ...written }));
  const next = open();
  expect(await next.find({ ...question, mayAsk: false })).toEqual(login);
  const second = next.find({ ...question, proxy: 'other.test:80' });
  await next.answer(other, true);
  await second;
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ ...newer, ...written });
  expect(await open().find({ ...question, proxy: 'other.test:80', mayAsk: false })).toEqual(other);
});

test('keeps all logins that are entered at the same time', async () => {
  const { find, handlers } = open();
  const proxies = Array.from({ length: 10 }, (_, index) => `proxy-${index}.test:80`);
  const waiting = proxies.map((proxy) => find({ ...question, proxy }));
  await vi.waitFor(() => expect(shown).toHaveLength(proxies.length), patient);
  await Promise.all(
    proxies.map((_, index) => handlers['proxy:answer']({ id: index + 1, login, remember: true })),
  );
  await Promise.all(waiting);
  expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8'))).toSorted()).toEqual(proxies);
});

test('a file that is damaged is moved aside before another one takes its place', async () => {
  writeFileSync(file(), '{"proxy.test:3128": 7');
  const { find, answer } = open();
  const first = find(question);
  await answer(login, true);
  await first;
  expect(readFileSync(`${file()}.unreadable`, 'utf8')).toBe('{"proxy.test:3128": 7');
  expect(await open().find({ ...question, mayAsk: false })).toEqual(login);
});
