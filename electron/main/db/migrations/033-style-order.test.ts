import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';
import styleOrder from './033-style-order.sql?raw';

test('gives the styles of the version before the order of their names', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  const before = migrations.indexOf(styleOrder);
  migrate(database, migrations.slice(0, before));
  database.exec(`
    INSERT INTO styles (id, name, prompt, negative_prompt, picture_id)
      VALUES ('1', 'Oil', 'o', '', NULL), ('2', 'ink', 'i', 'n', 'p'), ('3', 'Ink', 'j', '', NULL);`);
  const rows = database.prepare('SELECT * FROM styles').all();
  migrate(database, migrations.slice(0, before + 1));
  const positions = [3, 1, 2];
  expect(database.prepare('SELECT * FROM styles').all()).toEqual(
    rows.map((row, at) => ({ ...Object(row), position: positions[at] })),
  );
});
