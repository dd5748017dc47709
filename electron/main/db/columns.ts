// SELECT lists that follow from row types: a query reads exactly the columns of its row type, or does not compile.
import type { TableName, TableRow } from './tables';

/** The SQL expression for each column of a row. */
export type Columns<Row> = { readonly [Name in keyof Row]-?: string };

/** @returns columns under their own names. @param alias how the query calls the table. */
export function columnsOf<Table extends TableName, Name extends keyof TableRow<Table> & string>(
  table: Table,
  names: readonly Name[],
  alias: string = table,
): Record<Name, string> {
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(names.map((name) => [name, `${alias}.${name}`])) as Record<Name, string>;
}

/** Returns the text between SELECT and FROM. */
export function selectList<Row>(columns: Columns<Row>): string {
  return Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ');
}
