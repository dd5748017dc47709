// The gallery's order: which pictures a query finds, one after another, in chunks by key.
import type { Database } from 'better-sqlite3';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryChunk, GalleryCursor, MonthCount } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { compileGalleryQuery, isListedOrder, orderOf, type WordAccess } from './gallery-query';
import { matchExpression } from './search-words';
import { type GalleryRow, toGalleryImage } from './user-images';

type OrderRow = [
  id: string,
  width: number,
  height: number,
  createdAt: number,
  colour: string | null,
  key: number | string,
];

/** More finds than this are not sorted: walking an order until a page is full is quicker. */
const maxSorted = 5000;

export function createGalleryOrder(database: Database) {
  const newestAndOldest = database.prepare<[], { oldest: number | null; newest: number | null }>(
    `SELECT (SELECT min(created_at) FROM user_images WHERE deleted_at IS NULL) AS oldest,
            (SELECT max(created_at) FROM user_images WHERE deleted_at IS NULL) AS newest`,
  );
  const months = database.prepare<[string], MonthCount>(
    `SELECT start, count FROM (
       SELECT month.value ->> 0 AS start,
              (SELECT count(*) FROM user_images
               WHERE deleted_at IS NULL AND created_at >= month.value ->> 0 AND created_at < month.value ->> 1) AS count
       FROM json_each(?) month)
     WHERE count > 0`,
  );
  const tiles = database.prepare<[string], GalleryRow>(
    `SELECT * FROM user_images WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
  );
  const finds = database
    .prepare<[string], number>(
      `SELECT count(*) FROM (SELECT 1 FROM picture_words WHERE picture_words MATCH ? LIMIT ${maxSorted})`,
    )
    .pluck();

  function accessFor(query: GalleryQuery): WordAccess {
    const match = matchExpression(query.text);
    if (match === null || isListedOrder(query)) return 'listed';
    return (finds.get(match) ?? 0) < maxSorted ? 'listed' : 'gathered';
  }

  return {
    /**
     * @param after where the chunk before this one ended; null for the first.
     * @returns up to `limit` pictures in the order that the query asks for.
     */
    chunk(query: GalleryQuery, after: GalleryCursor | null, limit: number): GalleryChunk {
      // One more than asked for tells whether something comes behind.
      const { sql, values } = chunkSql(query, accessFor(query), after, limit + 1);
      const rows = database
        .prepare<unknown[], OrderRow>(sql)
        .raw()
        .all(...values);
      return toChunk(rows.slice(0, limit), rows.length > limit);
    },
    /** @returns how SQLite goes about a chunk. */
    plan(query: GalleryQuery, after: GalleryCursor | null): string {
      const { sql, values } = chunkSql(query, accessFor(query), after, 1);
      const steps = database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values);
      return steps.map(({ detail }) => detail).join('; ');
    },
    /** @returns which of these pictures a query finds. */
    matching(query: GalleryQuery, ids: readonly string[]): string[] {
      const { joins, where, values } = compileGalleryQuery(query);
      return database
        .prepare<unknown[], string>(
          `SELECT u.id FROM user_images u ${joins}
           WHERE (${where}) AND u.id IN (SELECT value FROM json_each(@ids))`,
        )
        .pluck()
        .all(...values, { ids: JSON.stringify(ids) });
    },
    /** @returns what there is to know of these pictures, in any order; those that are gone are left out. */
    tiles(ids: readonly string[]): GalleryImage[] {
      return tiles.all(JSON.stringify(ids)).map(toGalleryImage);
    },
    /** @returns the months of the whole gallery that have pictures, by this machine's clock, newest first. */
    months(): MonthCount[] {
      const { oldest, newest } = newestAndOldest.get() ?? { oldest: null, newest: null };
      if (oldest === null || newest === null) return [];
      return months.all(JSON.stringify(monthsBetween(oldest, newest)));
    },
  };
}

function chunkSql(query: GalleryQuery, access: WordAccess, after: GalleryCursor | null, limit: number) {
  const { joins, where, values } = compileGalleryQuery(query, access);
  const order = orderOf(query);
  const part = (behind: string, by: string) =>
    `SELECT u.id, u.width, u.height, u.created_at, hex(substr(u.thumbhash, 1, 3)), ${order.key}
     FROM user_images u ${joins}
     WHERE (${where}) ${behind}
     ORDER BY ${by} LIMIT ${limit}`;
  if (!after) return { sql: part('', order.by), values };
  const parts = order.behind.map((behind) => part(`AND ${behind.where}`, behind.by));
  const sql =
    parts.length === 1
      ? parts.join()
      : `${parts.map((text) => `SELECT * FROM (${text})`).join(' UNION ALL ')} LIMIT ${limit}`;
  return { sql, values: [...parts.flatMap(() => values), after] };
}

/** More than this is one wrong date, not a life of pictures; what is older counts as one. */
const maxMonths = 1200;

/** @returns first moments of months and of the ones after them, newest first. */
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
    colours: new Uint8Array(count * 3),
  };
  for (const [index, [id, width, height, createdAt, colour]] of rows.entries()) {
    writeHex(chunk.ids, index * 16, id.replaceAll('-', ''));
    chunk.widths[index] = width;
    chunk.heights[index] = height;
    chunk.createdAt[index] = createdAt;
    writeHex(chunk.colours, index * 3, colour ?? '');
  }
  const last = rows.at(-1);
  return { ...chunk, next: hasMore && last ? { key: last[5], createdAt: last[3], id: last[0] } : null };
}

function writeHex(bytes: Uint8Array, from: number, hex: string): void {
  for (let at = 0; at + 1 < hex.length; at += 2) {
    bytes[from + at / 2] = Number.parseInt(hex.slice(at, at + 2), 16);
  }
}
