import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';
import { fillOlder } from '../test-older-database';
import fingerprints from './029-fingerprints.sql?raw';

test('every picture of the version before is to be read, the newest first, and nothing else changes', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  const before = migrations.indexOf(fingerprints);
  fillOlder(database, before, 50);
  const pictures = 'SELECT * FROM user_images ORDER BY id';
  const rows = database.prepare(pictures).all();
  migrate(database, migrations.slice(0, before + 1));
  expect(database.prepare(pictures).all()).toEqual(rows);
  const ids = (sql: string) => database.prepare(sql).pluck().all();
  expect(ids('SELECT image_id FROM fingerprints WHERE version = 0 ORDER BY id')).toEqual(
    ids('SELECT id FROM user_images ORDER BY order_key'),
  );
});

test('another program can still add pictures, also one whose fingerprint has stayed', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  const insert = `INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
    VALUES ('a', 'a', 1, 1, 1, '', '', '', 1)`;
  database.exec(insert);
  database.pragma('foreign_keys = OFF');
  database.exec(`DELETE FROM user_images; ${insert}`);
  expect(database.prepare('SELECT image_id, version FROM fingerprints').all()).toEqual([
    { image_id: 'a', version: 0 },
  ]);
});
