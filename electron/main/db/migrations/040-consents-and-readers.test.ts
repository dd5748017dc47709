import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { createServices } from '../services';
import { openPlain } from '../test-database';
import { createWatchedFolderReads } from '../watched-folders';
import consentsAndReaders from './040-consents-and-readers.sql?raw';

test('allows nothing for the services of the version before, and keeps what was allowed for headers', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, migrations.indexOf(consentsAndReaders)));
  database.exec(`UPDATE services SET headers = '{"X-Token":"secret"}', headers_for = '["https://own.example"]'
    WHERE id = 'openai'`);
  migrate(database, migrations);
  const { reads, writes } = createServices(database);
  const before = reads.list();
  expect(before.length).toBeGreaterThan(1);
  expect(before.map(({ environmentKeyFor: origins }) => origins)).toEqual(before.map(() => []));
  const openai = before.find(({ id }) => id === 'openai');
  if (!openai) throw new Error('OpenAI is there.');
  expect(openai.headersFor).toEqual(['https://own.example']);
  writes.write({ ...openai, environmentKeyFor: ['https://other.example'] });
  expect(createServices(database).reads.list()).toEqual(
    before.map((service) =>
      service.id === 'openai' ? { ...service, environmentKeyFor: ['https://other.example'] } : service,
    ),
  );
});

test('an entry that no version writes allows nothing', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  for (const text of ['', 'https://own.example', '"https://own.example"', '[1]', '{}', 'null']) {
    database.prepare('UPDATE services SET environment_key_for = ?').run(text);
    for (const service of createServices(database).reads.list())
      expect(service.environmentKeyFor).toEqual([]);
  }
});

test('looks once more at what the version before could not read, and at nothing that it took', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, migrations.indexOf(consentsAndReaders)));
  database.exec(`INSERT INTO watched_folders (id, path, mode, subfolders, created_at) VALUES ('f', '/f', 'copy', 1, 0);
    INSERT INTO watched_files VALUES ('f', 'a.heic', 1, 1, 'no-decoder', NULL), ('f', 'b.png', 1, 1, 'taken', x'00')`);
  migrate(database, migrations);
  const files = ['a.heic', 'b.png'].map((path) => ({ path, bytes: 1, modifiedAt: 1 }));
  expect(
    createWatchedFolderReads(database)
      .unknown('f', files, '1.0.0')
      .map(({ path }) => path),
  ).toEqual(['a.heic']);
});
