import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';

/** The version before this migration. */
const before = 16;

/** Returns the store of a database of the version before, with these rows of settings. */
function migrated(settings: Record<string, string>, fill = '') {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const database = openPlain(file);
  migrate(database, migrations.slice(0, before));
  const insert = database.prepare('INSERT INTO settings (key, value) VALUES (?, ?)');
  for (const [key, value] of Object.entries(settings)) insert.run(key, value);
  database.exec(fill);
  database.close();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  const service = (id: string) => store.services.list().find((candidate) => candidate.id === id);
  return { file, store, service };
}

test('makes a service of each provider, under its old id', () => {
  const { store } = migrated({});
  expect(store.services.list().map(({ id, kind, enabled }) => [id, kind, enabled])).toEqual([
    ['painter', 'painter', true],
    ['google', 'google', true],
    ['openai', 'openai', true],
    ['automatic1111', 'automatic1111', true],
    ['imagen', 'imagen', true],
  ]);
  expect(store.check('full')).toEqual([]);
});

test('takes over addresses, models and limits', () => {
  const { service } = migrated({
    addresses: '{"openai":"https://api.example.org/v1","automatic1111":"http://127.0.0.1:7861"}',
    models: '{"google":{"picture":"gemini-3-pro-image"},"openai":{"picture":"a/b","text":"c"}}',
    limits: '{"google":{"perMinute":3,"perDay":null},"openai":{"perMinute":null,"perDay":9}}',
  });
  expect(service('google')).toMatchObject({
    ...{ address: null, pictureModel: 'gemini-3-pro-image', textModel: null },
    limits: { perMinute: 3, perDay: null },
  });
  expect(service('openai')).toMatchObject({
    ...{
      kind: 'openai-compatible',
      address: 'https://api.example.org/v1',
      pictureModel: 'a/b',
      textModel: 'c',
    },
    limits: { perMinute: null, perDay: 9 },
  });
  expect(service('automatic1111')).toMatchObject({ address: 'http://127.0.0.1:7861', limits: null });
});

test.each(['https://api.openai.com/v1', 'https://api.openai.com/v1/', 'https://api.openai.com'])(
  'keeps OpenAI at %s what it is',
  (address) => {
    const { service } = migrated({ addresses: JSON.stringify({ openai: address }) });
    expect(service('openai')).toMatchObject({ kind: 'openai', name: 'OpenAI', address });
  },
);

test.each([
  '',
  '{',
  'null',
  '7',
  '"text"',
  '[]',
  '[{"google":"x"}]',
  '{"google":7}',
  '{"google":{"picture":[]}}',
  '\0',
])('ignores settings such as %j', (value) => {
  const { service } = migrated({ addresses: value, models: value, limits: value });
  expect(service('google')).toMatchObject({
    address: null,
    pictureModel: null,
    textModel: null,
    limits: null,
  });
});

test('takes over the valid settings beside broken ones', () => {
  const { service } = migrated({
    addresses: '{',
    models: '{"google":{"picture":"m","text":7}}',
    limits: '7',
  });
  expect(service('google')).toMatchObject({ pictureModel: 'm', textModel: null });
});

test('keeps the old settings and every other row of 100,000 messages', () => {
  const { file, store } = migrated(
    { addresses: '{"google":"https://example.org"}', theme: '"dark"' },
    `INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'A chat', 1, 1);
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
     INSERT INTO messages (id, conversation_id, role, kind, status, prompt, params, provider, model, created_at,
                           updated_at)
     SELECT 'm' || i, 'c', 'assistant', 'image', 'failed', 'a fox', '{"aspectRatio":"1:1","seed":1}',
            iif(i % 2, 'google', 'openai'), 'm', i, i FROM n;`,
  );
  expect(store.messages.count()).toBe(100_000);
  expect(store.settings.read().theme).toBe('dark');
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  const kept = database.prepare("SELECT value FROM settings WHERE key = 'addresses'").pluck().get();
  expect(kept).toBe('{"google":"https://example.org"}');
  const unknown = database
    .prepare('SELECT count(*) FROM messages WHERE provider NOT IN (SELECT id FROM services)')
    .pluck()
    .get();
  expect(unknown).toBe(0);
});
