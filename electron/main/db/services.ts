// The services table: one row for each service, in the user's order. Rows of removed services stay for history's sake.

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { limitsSchema } from '../../../shared/domain/limits';
import { parseJson } from '../../../shared/domain/parse-json';
import { serviceKindSchema, serviceKinds } from '../../../shared/domain/service-kinds';
import { newService, type Service, serviceIdSchema, serviceSchema } from '../../../shared/domain/services';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

/** A stored service. A removed one is neither shown nor used, but keeps its name. */
export type StoredService = Service & {
  /** UTC milliseconds; null while it is in the list. */
  removedAt: number | null;
};

const originsSchema = z.array(z.string());

type ServiceRow = TableRow<'services'>;

const columns = columnsOf('services', [
  'id',
  'name',
  'kind',
  'address',
  'headers',
  'enabled',
  'picture_model',
  'text_model',
  'limits',
  'position',
  'removed_at',
  'headers_for',
  'environment_key_for',
]);

export function createServices(database: Database) {
  const all = prepareQuery<[], ServiceRow>(
    database,
    columns,
    (list) => `SELECT ${list} FROM services ORDER BY position, id`,
  );
  const insert = database.prepare<Omit<ServiceRow, 'position'>>(
    `INSERT INTO services (id, name, kind, address, headers, enabled, picture_model, text_model, limits, position,
       removed_at, headers_for, environment_key_for)
     VALUES (@id, @name, @kind, @address, @headers, @enabled, @picture_model, @text_model, @limits,
       (SELECT coalesce(max(position), 0) + 1 FROM services), @removed_at, @headers_for,
       @environment_key_for)`,
  );
  const update = database.prepare<Omit<ServiceRow, 'position'>>(
    `UPDATE services SET name = @name, kind = @kind, address = @address, headers = @headers, enabled = @enabled,
       picture_model = @picture_model, text_model = @text_model, limits = @limits, removed_at = @removed_at,
       headers_for = @headers_for, environment_key_for = @environment_key_for
     WHERE id = @id`,
  );
  const setPosition = database.prepare<{ id: string; position: number }>(
    'UPDATE services SET position = @position WHERE id = @id',
  );

  // Cached, because services are read with every message and only this process writes them.
  let cached: StoredService[] | null = null;

  const reads = {
    /** Returns every service in the user's order, also removed ones. What is not valid in a row has its default. */
    list(): readonly StoredService[] {
      cached ??= all.all().flatMap((row) => toService(row) ?? []);
      return cached;
    },
  };
  const writes = {
    /** Adds a service behind the others. Call it inside a transaction. */
    add(service: StoredService): void {
      cached = null;
      insert.run(toRow(service));
    },
    /** Replaces everything but the position. Call it inside a transaction. */
    write(service: StoredService): void {
      cached = null;
      update.run(toRow(service));
    },
    /** Puts services in this order. Call it inside a transaction. */
    order(ids: readonly string[]): void {
      cached = null;
      for (const [index, id] of ids.entries()) setPosition.run({ id, position: index + 1 });
    },
  };
  return { reads, writes };
}

function toRow({ removedAt, ...service }: StoredService): Omit<ServiceRow, 'position'> {
  const { id, name, kind, address, headers, enabled, pictureModel, textModel, limits } = service;
  const { headersFor, environmentKeyFor } = service;
  return {
    ...{ id, name, kind, address },
    headers: JSON.stringify(headers),
    enabled: enabled ? 1 : 0,
    picture_model: pictureModel,
    text_model: textModel,
    limits: limits === null ? null : JSON.stringify(limits),
    removed_at: removedAt,
    headers_for: headersFor === null ? null : JSON.stringify(headersFor),
    environment_key_for: environmentKeyFor.length === 0 ? null : JSON.stringify(environmentKeyFor),
  };
}

/** Returns null for a row whose id or kind no version of this app writes. */
function toService(row: ServiceRow): StoredService | null {
  const id = serviceIdSchema.safeParse(row.id);
  const kind = serviceKindSchema.safeParse(row.kind);
  if (!id.success || !kind.success) return null;
  const { shape } = serviceSchema;
  const defaults = newService(id.data, kind.data, serviceKinds[kind.data].label);
  return {
    ...defaults,
    name: shape.name.safeParse(row.name).data ?? defaults.name,
    address: shape.address.safeParse(row.address).data ?? null,
    headers: shape.headers.safeParse(parseJson(row.headers)).data ?? {},
    enabled: row.enabled !== 0,
    pictureModel: shape.pictureModel.safeParse(row.picture_model).data ?? null,
    textModel: shape.textModel.safeParse(row.text_model).data ?? null,
    limits: limitsSchema.safeParse(parseJson(row.limits)).data ?? null,
    headersFor: row.headers_for === null ? null : toOrigins(row.headers_for),
    environmentKeyFor: toOrigins(row.environment_key_for),
    removedAt: row.removed_at,
  };
}

/** Invalid text allows nothing. */
function toOrigins(text: string | null): string[] {
  return originsSchema.safeParse(parseJson(text)).data ?? [];
}
