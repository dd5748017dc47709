// Lists the pictures that a query finds, in its order, in chunks.
import type { Database } from 'better-sqlite3';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import {
  firstChunk,
  type GalleryChunk,
  type GalleryCursor,
  type MonthCount,
} from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { columnsOf, selectList } from './columns';
import {
  type CompileOptions,
  compileGalleryQuery,
  type Following,
  type GalleryOrder,
  orderOf,
  type QueryReads,
  sortedMatches,
  tierOfCursor,
  tiersOf,
} from './gallery-query';
import { positionText } from './order-key';
import { prepareQuery } from './prepare-query';
import { searchIndexes } from './search-index';
import type { Stacked, StackReads } from './stacks';
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

export function createGalleryOrderReads(
  database: Database,
  queryReads: QueryReads,
  stackReads: Pick<StackReads, 'stacked' | 'stackedAmong'>,
) {
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
  const countMatches = new Map(
    searchIndexes.map((index) => {
      const sql = `SELECT count(*) FROM (SELECT 1 FROM ${index} WHERE ${index} MATCH ? LIMIT ${maxSorted})`;
      return [index, database.prepare<[string], number>(sql).pluck()];
    }),
  );

  function compileOptions(query: GalleryQuery): CompileOptions {
    const sorted = sortedMatches(query, queryReads);
    const count = sorted ? (countMatches.get(sorted.index)?.get(sorted.match) ?? 0) : 0;
    return { access: count < maxSorted ? 'listed' : 'gathered', ...queryReads };
  }

  return {
    /**
     * @param after where the previous chunk ended; null for the first.
     * @param isStacked leaves out pictures that lie under a near duplicate.
     * @returns up to `limit` pictures in the order of the query.
     */
    chunk(query: GalleryQuery, after: GalleryCursor | null, limit: number, isStacked = false): GalleryChunk {
      // One more row than requested shows whether another chunk follows.
      const { sql, values } = chunkSql(query, compileOptions(query), after, limit + 1);
      const rows = database.prepare<[typeof values], OrderRow>(sql).raw().all(values);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const next = rows.length > limit && last ? { position: last[5], key: last[6] } : null;
      if (!isStacked) return { ...toColumns(page), stacks: [], next };
      // The first page does not wait for all stacks.
      const { stacks, hidden } =
        limit <= firstChunk
          ? stackReads.stackedAmong(
              query,
              page.map(([id]) => id),
            )
          : stackReads.stacked(query);
      const shown = page.filter(([id]) => !hidden.has(id));
      return { ...toColumns(shown), stacks: shown.flatMap(([id]) => stacksWith(stacks, id)), next };
    },
    /** Returns SQLite's query plan for a chunk. */
    plan(query: GalleryQuery, after: GalleryCursor | null): string {
      const { sql, values } = chunkSql(query, compileOptions(query), after, 1);
      const steps = database
        .prepare<[typeof values], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(values);
      return steps.map(({ detail }) => detail).join('; ');
    },
    /** Returns which of these pictures a query finds. */
    matching(query: GalleryQuery, ids: readonly string[]): string[] {
      const { from, where, values } = compileGalleryQuery(query, queryReads);
      return database
        .prepare<[typeof values], string>(
          `SELECT u.id FROM ${from}
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

function chunkSql(query: GalleryQuery, options: CompileOptions, after: GalleryCursor | null, limit: number) {
  const all: Record<string, string | number> = {};
  const part = (tier: number | null, { key }: GalleryOrder, { where: following, by }: Following) => {
    const { from, where, values } = compileGalleryQuery(query, { ...options, tier });
    Object.assign(all, values);
    const list = selectList({
      ...columnsOf('user_images', ['id', 'width', 'height', 'created_at'], 'u'),
      colour: 'hex(substr(u.thumbhash, 1, 3))',
      position: positionText('u'),
      key: key ?? 'NULL',
    });
    return `SELECT ${list} FROM ${from}
     WHERE (${where}) AND ${following}
     ORDER BY ${by} LIMIT ${limit}`;
  };
  const tiers = tiersOf(query);
  const first = after && tiers > 1 ? tierOfCursor(after.key) : 0;
  const parts: string[] = [];
  for (let tier = first; tier < tiers; tier += 1) {
    const order = orderOf(query, tier);
    // The tiers after that of the cursor are read from their beginnings.
    const following = after && tier === first ? order.following : [{ where: 'TRUE', by: order.by }];
    parts.push(...following.map((each) => part(tiers > 1 ? tier : null, order, each)));
  }
  const sql =
    parts.length === 1
      ? parts.join()
      : `${parts.map((text) => `SELECT * FROM (${text})`).join(' UNION ALL ')} LIMIT ${limit}`;
  return {
    sql,
    values: {
      ...all,
      ...(after && { position: after.position }),
      ...(after && after.key !== null && { key: after.key }),
    },
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

function stacksWith(stacks: Stacked['stacks'], top: string): string[][] {
  const stack = stacks.get(top);
  return stack ? [[...stack]] : [];
}

function toColumns(rows: readonly OrderRow[]): Omit<GalleryChunk, 'stacks' | 'next'> {
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
  return chunk;
}

function writeHex(bytes: Uint8Array, from: number, hex: string): void {
  for (let at = 0; at + 1 < hex.length; at += 2) {
    bytes[from + at / 2] = Number.parseInt(hex.slice(at, at + 2), 16);
  }
}
