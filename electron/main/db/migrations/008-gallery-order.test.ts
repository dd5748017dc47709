import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

/** The index of this migration. gallery-order.test.ts tests the query plans that use its indexes. */
const version = 8;

test('keeps rows of the previous version unchanged', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, version - 1));
  database.exec(`
    INSERT INTO user_images (id, message_id, file, width, height, bytes, prompt, provider, model, created_at, deleted_at)
      VALUES ('m', 'm', 'images/0m/m.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 1, NULL),
             ('n', 'n', 'images/0n/n.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 1, 5);`);
  const rows = () => database.prepare('SELECT * FROM user_images ORDER BY id').all();
  const before = rows();

  migrate(database, migrations.slice(0, version));
  expect(rows()).toEqual(before);
});
