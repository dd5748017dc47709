import { expect, onTestFinished, test } from 'vitest';
import { messageIndexes } from './message-search';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { searchIndexes } from './search-index';
import { tables } from './tables';
import { openPlain } from './test-database';

type ColumnInfo = { name: string; type: string; notnull: 0 | 1; pk: number };

function openMigrated() {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  return database;
}

test.each(Object.entries(tables))('%s has exactly the columns of its row type', (table, columns) => {
  const found = openMigrated()
    .prepare<[string], ColumnInfo>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)')
    .all(table)
    .map(({ name, type, notnull, pk }) => [name, notnull || pk > 0 ? `${type} NOT NULL` : type]);
  expect(found).toEqual(Object.entries(columns));
});

test('describes every table but the full-text indexes', () => {
  const found = openMigrated()
    // The tables behind the full-text index are FTS5's own: https://www.sqlite.org/fts5.html#fts5_data_structures
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite_%'
       ORDER BY name`,
    )
    .pluck()
    .all();
  expect(found).toEqual([...Object.keys(tables), ...searchIndexes, ...messageIndexes].toSorted());
});
