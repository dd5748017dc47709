// Prepares a query whose columns are those of its row type.
import type { Database, Statement } from 'better-sqlite3';
import { type Columns, selectList } from './columns';

/**
 * @typeParam Values the statement's parameters: `[]`, a single value, or an object of named parameters.
 * @param sql returns the query for a given SELECT list.
 */
export function prepareQuery<Values extends unknown[], Row>(
  database: Database,
  columns: Columns<Row>,
  sql: (list: string) => string,
): Statement<Values, Row> {
  // The library's type depends on a condition that TypeScript does not resolve for type parameters.
  return database.prepare(sql(selectList(columns))) as Statement<Values, Row>;
}
