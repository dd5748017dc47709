import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('moves view state out of the settings of version 11 and keeps every choice', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 11));
  const place = '{"id":"01930000-0000-7000-8000-0000000000ab","offset":-12}';
  const insert = database.prepare('INSERT INTO settings (key, value) VALUES (?, ?)');
  insert.run('theme', '"dark"');
  insert.run('sidebar', '"closed"');
  insert.run('galleryDensity', '"small"');
  insert.run('galleryPlace', place);
  insert.run('predict', 'false');
  insert.run('prefetchBilled', 'true');
  insert.run('salvaged:1', '7');

  migrate(database, migrations.slice(0, 12));

  expect(database.prepare('SELECT key, value FROM settings ORDER BY key').raw().all()).toEqual([
    ['prefetch', 'false'],
    ['prefetchBilled', 'true'],
    ['salvaged:1', '7'],
    ['theme', '"dark"'],
  ]);
  expect(database.prepare('SELECT key, value FROM view_state ORDER BY key').raw().all()).toEqual([
    ['galleryDensity', '"small"'],
    ['galleryPlace', place],
    ['sidebar', '"closed"'],
  ]);
});
