// Lists the pictures that a query finds, in its order, in chunks.
import type { Database } from 'better-sqlite3';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryChunk, GalleryCursor, MonthCount } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { columnsOf, selectList } from './columns';
import { compileGalleryQuery, isListedOrder, orderOf, type WordAccess } from './gallery-query';
import { positionText } from './order-key';
import { prepareQuery } from './prepare-query';
import { matchExpression } from './search-words';
import { type GalleryRow, galleryColumns, toGalleryImage } from './user-images';

type OrderRow = [
  id: string,
  width: number,
  height: number,
  createdAt: number,
  colour: string | null,
  position: string,
  key: number | string | null,
];

/** With more matches than this, walking an order until a page is full is faster than sorting them. */
const maxSorted = 5000;

export function createGalleryOrderReads(database: Database) {
  const dates = prepareQuery<[], { oldest: number | null; newest: number | null }>(
    database,
    {
      oldest: '(SELECT min(created_at) FROM user_images WHERE deleted_at IS NULL)',
      newest: '(SELECT max(created_at) FROM user_images WHERE deleted_at IS NULL)',
    },
    (list) => `SELECT ${list}`,
  );
  const months = prepareQuery<[string], MonthCount>(
    database,
    { start: 'start', count: 'count' },
    (list) => `SELECT ${list} FROM (
       SELECT month.value ->> 0 AS start,
              (SELECT count(*) FROM user_images
               WHERE deleted_at IS NULL AND created_at >= month.value ->> 0 AND created_at < month.value ->> 1) AS count
       FROM json_each(?) month)
     WHERE count > 0`,
  );
  const tiles = prepareQuery<[string], GalleryRow>(
    database,
    galleryColumns,
    (list) => `SELECT ${list} FROM user_images
               WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
  );
  const countMatches = database
    .prepare<[string], number>(
      `SELECT count(*) FROM (SELECT 1 FROM picture_words WHERE picture_words MATCH ? LIMIT ${maxSorted})`,
    )
    .pluck();

  function accessFor(query: GalleryQuery): WordAccess {
    const match = matchExpression(query.text);
    if (match === null || isListedOrder(query)) return 'listed';
    return (countMatches.get(match) ?? 0) < maxSorted ? 'listed' : 'gathered';
  }

  return {
    /**
     * @param after where the previous chunk ended; null for the first.
     * @returns up to `limit` pictures in the order of the query.
     */
    chunk(query: GalleryQuery, after: GalleryCursor | null, limit: number): GalleryChunk {
      // One more row than requested shows whether another chunk follows.
      const { sql, values } = chunkSql(query, accessFor(query), after, limit + 1);
      const rows = database.prepare<[typeof values], OrderRow>(sql).raw().all(values);
      return toChunk(rows.slice(0, limit), rows.length > limit);
    },
    /** Returns SQLite's query plan for a chunk. */
    plan(query: GalleryQuery, after: GalleryCursor | null): string {
      const { sql, values } = chunkSql(query, accessFor(query), after, 1);
      const steps = database
        .prepare<[typeof values], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(values);
      return steps.map(({ detail }) => detail).join('; ');
    },
    /** Returns which of these pictures a query finds. */
    matching(query: GalleryQuery, ids: readonly string[]): string[] {
      const { joins, where, values } = compileGalleryQuery(query);
      return database
        .prepare<[typeof values], string>(
          `SELECT u.id FROM user_images u ${joins}
           WHERE (${where}) AND u.id IN (SELECT value FROM json_each(@ids))`,
        )
        .pluck()
        .all({ ...values, ids: JSON.stringify(ids) });
    },
    /** Returns these pictures in any order; those that are no longer in the gallery are left out. */
    tiles(ids: readonly string[]): GalleryImage[] {
      return tiles.all(JSON.stringify(ids)).map(toGalleryImage);
    },
    /** Returns the months in local time in which the gallery has pictures, newest first. */
    months(): MonthCount[] {
      const { oldest, newest } = dates.get() ?? { oldest: null, newest: null };
      if (oldest === null || newest === null) return [];
      return months.all(JSON.stringify(monthsBetween(oldest, newest)));
    },
  };
}

function chunkSql(query: GalleryQuery, access: WordAccess, after: GalleryCursor | null, limit: number) {
  const { joins, where, values } = compileGalleryQuery(query, access);
  const order = orderOf(query);
  const list = selectList({
    ...columnsOf('user_images', ['id', 'width', 'height', 'created_at'], 'u'),
    colour: 'hex(substr(u.thumbhash, 1, 3))',
    position: positionText('u'),
    key: order.key ?? 'NULL',
  });
  const part = (following: string, by: string) =>
    `SELECT ${list} FROM user_images u ${joins}
     WHERE (${where}) ${following}
     ORDER BY ${by} LIMIT ${limit}`;
  if (!after) return { sql: part('', order.by), values };
  const parts = order.following.map((following) => part(`AND ${following.where}`, following.by));
  const sql =
    parts.length === 1
      ? parts.join()
      : `${parts.map((text) => `SELECT * FROM (${text})`).join(' UNION ALL ')} LIMIT ${limit}`;
  return {
    sql,
    values: { ...values, position: after.position, ...(after.key !== null && { key: after.key }) },
  };
}

/** A longer range comes from a wrong date. Everything older is counted as one month. */
const maxMonths = 1200;

/** Returns the start and the end of each month, newest first. */
function monthsBetween(oldest: number, newest: number): [start: number, end: number][] {
  const last = new Date(newest);
  const found: [number, number][] = [];
  for (let back = 0; found.length < maxMonths; back += 1) {
    const start = new Date(last.getFullYear(), last.getMonth() - back, 1).getTime();
    const end = new Date(last.getFullYear(), last.getMonth() - back + 1, 1).getTime();
    found.push([start, end]);
    if (start <= oldest) return found;
  }
  return [...found, [oldest, found.at(-1)?.[0] ?? oldest]];
}

function toChunk(rows: readonly OrderRow[], hasMore: boolean): GalleryChunk {
  const count = rows.length;
  const chunk = {
    ids: new Uint8Array(count * 16),
    widths: new Uint32Array(count),
    heights: new Uint32Array(count),
    createdAt: new Float64Array(count),
    positions: new BigInt64Array(count),
    colours: new Uint8Array(count * 3),
  };
  for (const [index, [id, width, height, createdAt, colour, position]] of rows.entries()) {
    writeHex(chunk.ids, index * 16, id.replaceAll('-', ''));
    chunk.widths[index] = width;
    chunk.heights[index] = height;
    chunk.createdAt[index] = createdAt;
    chunk.positions[index] = BigInt(position);
    writeHex(chunk.colours, index * 3, colour ?? '');
  }
  const last = rows.at(-1);
  return { ...chunk, next: hasMore && last ? { position: last[5], key: last[6] } : null };
}

function writeHex(bytes: Uint8Array, from: number, hex: string): void {
  for (let at = 0; at + 1 < hex.length; at += 2) {
    bytes[from + at / 2] = Number.parseInt(hex.slice(at, at + 2), 16);
  }
}
