// The service_checks table: the result of each service's last test.
import type { Database } from 'better-sqlite3';
import { type ServiceCheck, serviceIdSchema } from '../../../shared/domain/services';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import { readReason, reasonColumns } from './reasons';
import type { TableRow } from './tables';

type Row = TableRow<'service_checks'>;

const columns = columnsOf('service_checks', [
  'service_id',
  'checked_at',
  'error_code',
  'error_message',
  'error_sentence',
]);

export function createServiceCheckReads(database: Database) {
  const all = prepareQuery<[], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM service_checks ORDER BY service_id`,
  );
  return {
    /** Returns every test that this version can explain. */
    list: (): ServiceCheck[] => all.all().flatMap((row) => toCheck(row) ?? []),
  };
}

export function createServiceCheckWrites(database: Database) {
  const set = database.prepare<Row>(
    `INSERT OR REPLACE INTO service_checks (service_id, checked_at, error_code, error_message, error_sentence)
     VALUES (@service_id, @checked_at, @error_code, @error_message, @error_sentence)`,
  );
  const remove = database.prepare<[string]>('DELETE FROM service_checks WHERE service_id = ?');
  return {
    /** Replaces the result of a service's last test. Call inside a transaction. */
    set({ service, at, problem }: ServiceCheck): void {
      const { code, message, sentence } = problem
        ? reasonColumns(problem)
        : { code: null, message: null, sentence: null };
      set.run({
        service_id: service,
        checked_at: at,
        error_code: code,
        error_message: message,
        error_sentence: sentence,
      });
    },
    /** Call it inside a transaction. */
    remove(service: string): void {
      remove.run(service);
    },
  };
}

function toCheck(row: Row): ServiceCheck | null {
  const service = serviceIdSchema.safeParse(row.service_id);
  const problem = readReason(row);
  if (!service.success || (row.error_code !== null && problem === null)) return null;
  return { service: service.data, at: row.checked_at, problem };
}
