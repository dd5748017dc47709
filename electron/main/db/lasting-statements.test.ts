import { afterEach, expect, test } from 'vitest';
import { hideParameters, withLastingStatements } from './lasting-statements';
import { openPlain } from './test-database';

const opened = openPlain(':memory:');
opened.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
afterEach(() => opened.exec('DELETE FROM things'));

test.each([
  ['SELECT 1', 'SELECT 1'],
  ['SELECT name FROM things WHERE id = ?', 'SELECT name FROM things WHERE id = +?'],
  ['INSERT INTO things VALUES (@id, @name)', 'INSERT INTO things VALUES (+@id, +@name)'],
  ['SELECT :a, $b, ?1, -@c LIMIT @limit', 'SELECT +:a, +$b, +?1, -+@c LIMIT +@limit'],
  [`SELECT '?', 'it''s @x', "a ""?"" b", @x`, `SELECT '?', 'it''s @x', "a ""?"" b", +@x`],
  [
    `SELECT params ->> '$.edit.mask' -- which? @none\nFROM things`,
    `SELECT params ->> '$.edit.mask' -- which? @none\nFROM things`,
  ],
])('hides the parameters of %s', (sql, hidden) => {
  expect(hideParameters(sql)).toBe(hidden);
});

test('keeps the type of every value', () => {
  const { database } = withLastingStatements(opened);
  const type = database.prepare<[unknown], string>('SELECT typeof(?)').pluck();
  const values = [null, 1.5, 'text', '1', Buffer.from('bytes'), 7n];
  expect(values.map((value) => type.get(value))).toEqual(['null', 'real', 'text', 'text', 'blob', 'integer']);
  database.prepare('INSERT INTO things VALUES (@id, @name)').run({ id: 1, name: '7' });
  expect(database.prepare('SELECT id FROM things WHERE name = ?').pluck().get(7n)).toBe(1);
  expect(database.prepare('SELECT id FROM things WHERE id = ?').pluck().all('1')).toEqual([1]);
});

test('prepares a statement once, when it first runs', () => {
  const { database } = withLastingStatements(opened);
  const insert = database.prepare('INSERT INTO things VALUES (?, ?)');
  const later = database.prepare('SELECT * FROM later');
  expect(insert.run(1, 'one').changes).toBe(1);
  expect(insert.run(2, 'two').changes).toBe(1);
  expect([...database.prepare('SELECT name FROM things').raw().iterate()]).toEqual([['one'], ['two']]);
  expect(() => later.all()).toThrow('no such table');
  opened.exec('CREATE TEMP TABLE later (x)');
  expect(later.all()).toEqual([]);
});

test('prepares everything on demand, so that a schema that is not the expected one is found', () => {
  const { database, prepareAll } = withLastingStatements(opened);
  database.prepare('SELECT name FROM things');
  prepareAll();
  database.prepare('SELECT colour FROM things');
  expect(prepareAll).toThrow('no such column: colour');
});
