import SqliteDatabase, { type Statement } from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import type { Columns } from './columns';
import { nativeBinding } from './native-binding';
import { openStore } from './open';

/** The columns of every row type for which a SELECT list was made. */
const declared = vi.hoisted(() => new Set<string>());

vi.mock('./columns', async (importOriginal) => {
  const original = await importOriginal<typeof import('./columns')>();
  const selectList = <Row>(columns: Columns<Row>) => {
    declared.add(Object.keys(columns).join());
    return original.selectList(columns);
  };
  return { ...original, selectList };
});

const statements: Statement[] = [];
let close = () => {};
const prepare = SqliteDatabase.prototype.prepare;

beforeAll(() => {
  vi.spyOn(SqliteDatabase.prototype, 'prepare').mockImplementation(function (
    this: SqliteDatabase.Database,
    sql,
  ) {
    const statement = prepare.call(this, sql);
    statements.push(statement);
    return statement;
  });
  const store = openStore({ file: ':memory:', nativeBinding: nativeBinding(process.cwd()) });
  const id = '01930000-0000-7000-8000-0000000000ab';
  const query = {
    ...everyPicture,
    text: 'fox',
    from: 1,
    to: 2,
    models: ['a', 'b'],
    providers: ['c'],
    minSide: 3,
    hasSeed: true,
    conversationId: id,
    collectionId: id,
  };
  for (const sort of ['newest', 'oldest', 'largest', 'smallest', 'model'] as const) {
    for (const text of ['', 'fox', '%']) {
      store.galleryOrder.chunk({ ...query, sort, text }, null, 1);
      store.galleryOrder.chunk({ ...query, sort, text }, { key: 1, position: '1' }, 1);
    }
  }
  store.galleryOrder.matching(query, [id]);
  store.galleryFacets.count(query);
  store.collections.create(id, 'Foxes', query, 1);
  store.collections.list();
  store.prepareAll();
  close = () => store.close();
});

afterAll(() => {
  close();
  vi.restoreAllMocks();
});

test('prepares statements', () => {
  expect(statements.length).toBeGreaterThan(100);
});

test('queries with several columns have exactly the columns of a row type', () => {
  const found = statements
    .filter(({ reader }) => reader)
    .map((statement) => statement.columns().map(({ name }) => name))
    .filter((columns) => columns.length > 1 && !declared.has(columns.join()));
  expect(found).toEqual([]);
});

test('no statement lets SQLite look at its parameters, which would prepare it again for every run', () => {
  const visible = statements
    .map(({ source }) => source)
    .filter((source) => /(?<!\+)[?@:$]\w*/.test(withoutTexts(source)));
  expect(visible).toEqual([]);
});

function withoutTexts(source: string): string {
  return source.replace(/'[^']*'/g, '');
}

test('statements with several parameters name them', () => {
  const positional = statements.map(({ source }) => source).filter((source) => source.split('?').length > 2);
  expect(positional).toEqual([]);
  const mixed = statements
    .map(({ source }) => source)
    .filter((source) => /\?/.test(source) && /[@:]\w/.test(source));
  expect(mixed).toEqual([]);
});
