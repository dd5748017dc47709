// Where keys and headers go: the services, the keys and what the generator gets, joined as in the app.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService, type Service } from '../../../shared/domain/services';
import type { Store } from '../db/open';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { keysFromEnvironment, readEnvironment } from './environment';
import { createSecrets } from './secrets';
import { configureService } from './service-configuration';
import { createServices } from './services';
import { createTestKeychain } from './test-keychain';

let store: Store;
let dataFolder: string;
let keychain: ReturnType<typeof createTestKeychain>;

beforeEach(() => {
  store = createTestContext().store;
  const { folder, remove } = temporaryFolder();
  dataFolder = folder;
  keychain = createTestKeychain();
  store.settings.write({ allowPrivateAddresses: true });
  onTestFinished(() => {
    useServiceDirectory(builtInServiceIds.map(builtInService));
    store.close();
    remove();
  });
});

/** Starts what answers with which key a service is reached, on the same data. */
async function start(variables: Record<string, string> = {}, run: readonly Service[] | null = null) {
  const environment = readEnvironment(variables);
  const services = createServices({ store, environment, run, now: () => 1 });
  const secrets = createSecrets({
    ...{ dataFolder, keychain, origins: services.origins, isStored: run === null },
    allowOfEnvironment: services.allowEnvironmentKey,
    ids: () => services.list().map(({ id }) => id),
    fromEnvironment: (id) => keysFromEnvironment(environment).get(id) ?? null,
    onChange: () => {},
    onUnreadable: () => {},
  });
  await secrets.load();
  /** Returns what the generator receives: nothing else can be sent. */
  function sent(id: string) {
    const service = services.effective().find((candidate) => candidate.id === id);
    if (!service) throw new Error(`There is no ${id}.`);
    const stored = { allowPrivate: true, workflows: [] };
    const { apiKey, headers, heldFor, project } = configureService(service, environment, secrets, stored);
    return { apiKey, headers, heldFor, project };
  }
  const move = (id: string, address: string | null) => services.change(id, { address });
  return { services, secrets, sent, move };
}

const elsewhere = [
  'http://api.openai.com/v1',
  'https://api.openai.com:444/v1',
  'https://api.openai.com.example/v1',
  'https://openai.com/v1',
  'http://127.0.0.1:4000',
  'http://localhost:4000',
  'http://[::1]:4000',
];

describe.each([true, false])('a key, kept in the keychain: %s,', (remember) => {
  test.each(elsewhere)(
    'is not sent to %s until the user allows it, and to its own address always',
    async (address) => {
      const { secrets, sent, move } = await start();
      await secrets.set('openai', 'the-key', remember);
      expect(sent('openai').apiKey).toBe('the-key');
      move('openai', address);
      expect(sent('openai')).toMatchObject({ apiKey: null, heldFor: 'https://api.openai.com' });
      // Undo, and another path of the same server.
      for (const own of [null, 'https://API.openai.com:443/v2']) {
        move('openai', own);
        expect(sent('openai')).toMatchObject({ apiKey: 'the-key', heldFor: null });
      }
      move('openai', address);
      await secrets.allow('openai', new URL(address).origin);
      expect(sent('openai')).toMatchObject({ apiKey: 'the-key', heldFor: null });
      move('openai', 'https://third.example');
      expect(sent('openai').apiKey).toBeNull();
    },
  );

  test('belongs to the address that the user saw, although it has changed since', async () => {
    const { secrets, sent, move } = await start();
    move('openai', 'https://second.example');
    await secrets.set('openai', 'the-key', remember, 'https://api.openai.com');
    expect(sent('openai').apiKey).toBeNull();
    await secrets.allow('openai', 'https://third.example');
    expect(sent('openai').apiKey).toBeNull();
  });

  test('of a removed service comes back for the same addresses only', async () => {
    const { services, secrets, sent, move } = await start();
    await secrets.set('openai', 'the-key', remember);
    move('openai', 'https://second.example');
    services.remove('openai');
    await secrets.setAside('openai');
    services.restore('openai');
    await secrets.bringBack('openai');
    expect(sent('openai').apiKey).toBeNull();
    move('openai', null);
    expect(sent('openai').apiKey).toBe('the-key');
  });
});

test('another key takes the place of the old one and of where that went', async () => {
  const { secrets, sent, move } = await start();
  await secrets.set('openai', 'old', true);
  move('openai', 'https://second.example');
  await secrets.set('openai', 'new', true);
  expect(sent('openai').apiKey).toBe('new');
  move('openai', null);
  expect(sent('openai').apiKey).toBeNull();
});

test('after a kill and a new start, a key goes where the user has let it and nowhere else', async () => {
  const first = await start();
  await first.secrets.set('openai', 'the-key', true);
  first.move('openai', 'https://second.example');
  const second = await start();
  expect(second.sent('openai')).toMatchObject({ apiKey: null, heldFor: 'https://api.openai.com' });
  await second.secrets.allow('openai', 'https://second.example');
  const third = await start();
  expect(third.sent('openai').apiKey).toBe('the-key');
  third.move('openai', 'https://third.example');
  expect((await start()).sent('openai').apiKey).toBeNull();
});

test('a key of an earlier version belongs to the address in use at the first start, for good', async () => {
  const before = await start();
  await before.secrets.set('openai', 'the-key', true);
  const file = path.join(dataFolder, 'keys.json');
  const { openai } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ openai }));
  before.move('openai', 'https://second.example');
  const first = await start();
  expect(first.sent('openai').apiKey).toBe('the-key');
  first.move('openai', 'https://third.example');
  expect(first.sent('openai').apiKey).toBeNull();
  const next = await start();
  expect(next.sent('openai').apiKey).toBeNull();
});

test.each([
  ['of another form', { to: ['https://api.openai.com'] }],
  ['of another type', 'https://api.openai.com'],
  ['with a part of another type', ['https://api.openai.com', { path: '/v1' }]],
])('origins %s are kept, and keep that key and no other one', async (_what, unknown) => {
  const before = await start();
  await before.secrets.set('openai', 'the-key', true);
  await before.secrets.set('google', 'another-key', true);
  const file = path.join(dataFolder, 'keys.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  const written = read();
  const newer = { 'of-another-version': { v: 2 } };
  const origins = { ...written.$origins, openai: unknown, 'of-another-version': unknown };
  writeFileSync(file, JSON.stringify({ ...written, ...newer, $origins: origins }));

  const { secrets, sent, move } = await start();
  expect(sent('openai')).toMatchObject({ apiKey: null, heldFor: '' });
  expect(sent('google').apiKey).toBe('another-key');
  await secrets.set('xai', 'a-third-key', true);
  expect(read()).toMatchObject({ ...written, ...newer, $origins: origins });

  move('google', 'https://second.example');
  const next = await start();
  expect(next.sent('google').apiKey).toBeNull();
  await next.secrets.allow('openai', 'https://api.openai.com');
  expect((await start()).sent('openai').apiKey).toBe('the-key');
});

test('a saved key is not sent to an address of the environment, nor a key of the environment to a saved one', async () => {
  const first = await start();
  await first.secrets.set('openai', 'saved', true);
  const addressed = await start({ OPENAI_BASE_URL: 'http://127.0.0.1:4000/v1' });
  expect(addressed.sent('openai').apiKey).toBeNull();
  const both = await start({ OPENAI_API_KEY: 'variable', OPENAI_BASE_URL: 'http://127.0.0.1:4000/v1' });
  expect(both.sent('openai').apiKey).toBe('variable');
  first.move('openai', 'https://second.example');
  const keyed = await start({ OPENAI_API_KEY: 'variable' });
  expect(keyed.sent('openai')).toMatchObject({ apiKey: null, heldFor: 'https://api.openai.com' });
});

describe('an allowed address for a key of the environment', () => {
  const variables = { OPENAI_API_KEY: 'variable' };
  const address = 'https://second.example';

  async function allow() {
    const first = await start(variables);
    first.move('openai', `${address}/v1`);
    expect(await first.secrets.allow('openai', address)).toMatchObject({ ok: true });
    return first;
  }

  test('lasts for the next start and for another key of the same variable, at that origin alone', async () => {
    expect((await allow()).sent('openai').apiKey).toBe('variable');
    for (const key of ['variable', 'another'])
      expect((await start({ OPENAI_API_KEY: key })).sent('openai')).toMatchObject({
        ...{ apiKey: key, heldFor: null },
      });
    for (const other of elsewhere) {
      const next = await start(variables);
      next.move('openai', other);
      expect(next.sent('openai').apiKey, other).toBeNull();
      expect((await start(variables)).sent('openai').apiKey, other).toBeNull();
      next.move('openai', address);
    }
    expect((await start(variables)).sent('openai').apiKey).toBe('variable');
  });

  test('is said of no key of another source, and the other way round', async () => {
    const first = await allow();
    first.move('openai', null);
    const saved = await start();
    await saved.secrets.set('openai', 'saved', true);
    saved.move('openai', address);
    expect(saved.sent('openai')).toMatchObject({ apiKey: null, heldFor: 'https://api.openai.com' });
    saved.move('openai', 'https://third.example');
    await saved.secrets.allow('openai', 'https://third.example');
    expect(saved.sent('openai').apiKey).toBe('saved');
    expect((await start(variables)).sent('openai').apiKey).toBeNull();
  });

  test('is said of no headers, and the other way round', async () => {
    const headers = { 'X-Token': 'secret' };
    const first = await start(variables);
    first.services.change('openai', { headers });
    first.move('openai', address);
    await first.secrets.allow('openai', address);
    expect((await start(variables)).sent('openai')).toMatchObject({ apiKey: 'variable', headers: {} });
    first.move('openai', 'https://third.example');
    first.services.allowHeaders('openai', 'https://third.example');
    expect((await start(variables)).sent('openai')).toMatchObject({ apiKey: null, headers });
  });

  test('is said of no credentials of this computer', async () => {
    const cloud = { GOOGLE_CLOUD_PROJECT: 'mine', GOOGLE_API_KEY: 'variable' };
    const first = await start(cloud);
    first.move('imagen', address);
    first.services.allowEnvironmentKey('imagen', address);
    expect((await start(cloud)).sent('imagen').project).toBeNull();
  });

  test('stores nothing of the key', async () => {
    await allow();
    expect(JSON.stringify(store.services.list())).not.toContain('variable');
    expect(readdirSync(dataFolder)).toEqual([]);
  });

  test('comes back with a removed service, and is no consent of another one', async () => {
    const { services } = await allow();
    services.remove('openai');
    services.restore('openai');
    expect((await start(variables)).sent('openai').apiKey).toBe('variable');
    const added = services.add({ kind: 'openai', name: 'Another', address });
    expect(added).toMatchObject({ ok: true, value: { environmentKeyFor: [], headersFor: null } });
  });

  test('lasts for the run in a run with services of its own', async () => {
    const run = [{ ...newService('openai', 'openai', 'Mine'), address: 'http://127.0.0.1:4000/v1' }];
    await allow();
    const first = await start(variables, run);
    first.move('openai', address);
    expect(first.sent('openai').apiKey).toBeNull();
    await first.secrets.allow('openai', address);
    expect(first.sent('openai').apiKey).toBe('variable');
    const second = await start(variables, run);
    second.move('openai', address);
    expect(second.sent('openai').apiKey).toBeNull();
  });
});

test('the credentials of this computer go to Google, and where the environment says', async () => {
  const cloud = { GOOGLE_CLOUD_PROJECT: 'mine' };
  const { sent, move } = await start(cloud);
  expect(sent('imagen').project).toBe('mine');
  move('imagen', 'https://second.example');
  expect(sent('imagen').project).toBeNull();
  const addressed = await start({ ...cloud, GOOGLE_VERTEX_BASE_URL: 'http://127.0.0.1:4000' });
  expect(addressed.sent('imagen').project).toBe('mine');
});

test('a key for a service of this run belongs to its address in the file', async () => {
  const run = [{ ...newService('openai', 'openai', 'Mine'), address: 'http://127.0.0.1:4000/v1' }];
  const { sent, move } = await start({ OPENAI_API_KEY: 'variable' }, run);
  expect(sent('openai').apiKey).toBe('variable');
  move('openai', 'http://127.0.0.1:4001/v1');
  expect(sent('openai').apiKey).toBeNull();
});

describe('headers', () => {
  const headers = { 'X-Token': 'secret' };

  test.each(elsewhere)(
    'are not sent to %s until the user allows it, also after a new start',
    async (address) => {
      const first = await start();
      first.services.change('openai', { headers });
      first.move('openai', address);
      const { services, sent, move } = await start();
      expect(sent('openai').headers).toEqual({});
      move('openai', null);
      expect(sent('openai').headers).toEqual(headers);
      move('openai', address);
      services.allowHeaders('openai', new URL(address).origin);
      expect((await start()).sent('openai').headers).toEqual(headers);
      move('openai', 'https://third.example');
      expect(sent('openai').headers).toEqual({});
    },
  );

  test('that are entered anew belong to the new address alone', async () => {
    const { services, sent, move } = await start();
    services.change('openai', { headers });
    move('openai', 'https://second.example');
    services.change('openai', { headers: { 'X-Token': 'another' } });
    expect(sent('openai').headers).toEqual({ 'X-Token': 'another' });
    move('openai', null);
    expect(sent('openai').headers).toEqual({});
  });

  test('that were entered for the address of the environment stay there', async () => {
    const variables = { OPENAI_BASE_URL: 'http://127.0.0.1:4000/v1' };
    const { services, sent } = await start(variables);
    services.change('openai', { headers });
    expect(sent('openai').headers).toEqual(headers);
    expect((await start()).sent('openai').headers).toEqual({});
    expect((await start(variables)).sent('openai').headers).toEqual(headers);
  });

  test('of a service whose address is refused go nowhere', async () => {
    const { services } = await start();
    services.change('openai', { headers, address: 'http://127.0.0.1:4000/v1' });
    const [service] = services.effective().filter(({ id }) => id === 'openai');
    if (!service) throw new Error('It is there.');
    const nothing = { get: () => 'key', heldFor: () => null, takesEnvironment: () => true };
    const stored = { allowPrivate: false, workflows: [] };
    const configured = configureService(service, readEnvironment({}), nothing, stored);
    expect(configured).toMatchObject({ apiKey: null, headers: {} });
  });
});
