// A table with one row for each key, its value as JSON: the settings, and the view state.

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { parseJson } from '../../../shared/domain/parse-json';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

/**
 * Creates reads and writes for a table with the columns `key` and `value`.
 *
 * @param schema the valid values of each key. Rows with other keys are ignored.
 */
export function createKeyValues<Shape extends z.ZodRawShape>(
  database: Database,
  table: 'settings' | 'view_state',
  schema: z.ZodObject<Shape>,
  defaults: z.infer<z.ZodObject<Shape>>,
) {
  type Values = z.infer<z.ZodObject<Shape>>;
  const all = prepareQuery<[], TableRow<typeof table>>(
    database,
    columnsOf(table, ['key', 'value']),
    (list) => `SELECT ${list} FROM ${table}`,
  );
  const set = database.prepare<{ key: string; value: string }>(
    `INSERT INTO ${table} (key, value) VALUES (@key, @value)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  // Values are read with every message, and this process is the only one that writes them.
  let cached: Values | null = null;

  function readAll(): Values {
    const stored = new Map(all.all().map(({ key, value }) => [key, value]));
    const values: Record<string, unknown> = { ...defaults };
    for (const [key, valueSchema] of Object.entries<z.core.$ZodType>(schema.shape)) {
      const parsed = z.safeParse(valueSchema, parseJson(stored.get(key)));
      if (parsed.success) values[key] = parsed.data;
    }
    return schema.parse(values);
  }

  const reads = {
    /** Returns every value; the default for each that is missing or no longer valid. */
    read(): Values {
      cached ??= readAll();
      return cached;
    },
  };
  const writes = {
    /** Writes the given values and leaves the others unchanged. Call it inside a transaction. */
    write(changes: { [Key in keyof Values]?: Values[Key] | undefined }): void {
      cached = null;
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined) set.run({ key, value: JSON.stringify(value) });
      }
    },
  };
  return { reads, writes };
}
