// Stacks of near duplicates: finds the pictures of a query that lie under another one.
import type { Database } from 'better-sqlite3';
import { datesOf, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { selectList } from './columns';
import { compileGalleryQuery, type QueryReads } from './gallery-query';

type MemberRow = [stack: number, imageId: string];

/** The pictures of each stack that a query finds, the one on top first. `hidden` are the others. */
export type Stacked = { stacks: ReadonlyMap<string, readonly string[]>; hidden: ReadonlySet<string> };

const nothingStacked: Stacked = { stacks: new Map(), hidden: new Set() };

export type StackReads = ReturnType<typeof createStackReads>;

/** The largest picture is on top; if several are equally large, the latest. */
const topFirst = 'u.width * u.height DESC, u.order_key DESC';

export function createStackReads(database: Database, queryReads: QueryReads) {
  // The first number changes with commits of other connections, the second with writes of this one.
  const dataVersion = database.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();
  const ownChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
  const stackNumbers = database
    .prepare<[string], number>(
      `SELECT DISTINCT stack FROM fingerprints
       WHERE image_id IN (SELECT value FROM json_each(?)) AND stack IS NOT NULL`,
    )
    .pluck();
  /** Cached, because every chunk of an order needs all stacks. */
  let known: { key: string; stacked: Stacked } | null = null;

  function members(query: GalleryQuery, narrowing: string, values: Record<string, string> = {}): string[][] {
    const compiled = compileGalleryQuery(query, { access: 'gathered', ...queryReads });
    const all = { ...compiled.values, ...values, ...(query.alikeTo !== null && { alikeTo: query.alikeTo }) };
    // CROSS JOIN fixes the order of the tables: the stacks, or the similar pictures, are few.
    const tables =
      query.alikeTo === null
        ? `fingerprints s CROSS JOIN ${compiled.from}`
        : `${compiled.from} CROSS JOIN fingerprints s`;
    // A search for similar pictures shows the picture's own near duplicates.
    const apart =
      query.alikeTo === null
        ? ''
        : 'AND (s.stack IS NULL OR s.stack IS NOT (SELECT stack FROM fingerprints WHERE image_id = @alikeTo))';
    // A picture without a stack is a group of its own.
    const list = selectList({ stack: 'coalesce(s.stack, -s.id)', imageId: 'u.id' });
    const rows = database
      .prepare<[typeof all], MemberRow>(
        `SELECT ${list} FROM ${tables}
         WHERE ${narrowing} AND u.id = s.image_id AND (${compiled.where}) ${apart} ORDER BY 1, ${topFirst}`,
      )
      .raw()
      .all(all);
    const stacks: string[][] = [];
    let last: number | null = null;
    for (const [stack, imageId] of rows) {
      if (stack === last) stacks.at(-1)?.push(imageId);
      else stacks.push([imageId]);
      last = stack;
    }
    return stacks;
  }

  /**
   * Returns the query's pictures in the stacks of these pictures, the top one first. A list of one is a single
   * picture.
   */
  function stacksOf(query: GalleryQuery, imageIds: readonly string[]): string[][] {
    if (!isStackable(query)) return [];
    const ids = JSON.stringify(imageIds);
    return members(
      query,
      `(s.stack IN (SELECT value FROM json_each(@stacks)) OR s.image_id IN (SELECT value FROM json_each(@ids)))`,
      { stacks: JSON.stringify(stackNumbers.all(ids)), ids },
    );
  }

  return {
    /** Returns all stacks with several pictures in a query. A query for one stack has none. */
    stacked(query: GalleryQuery): Stacked {
      if (!isStackable(query)) return nothingStacked;
      // Named periods, such as "today", change at midnight.
      const dates = datesOf(query, Date.now());
      const key = `${dataVersion.get()} ${ownChanges.get()} ${JSON.stringify({ ...query, ...dates })}`;
      if (known?.key === key) return known.stacked;
      const stacked = toStacked(members(query, 's.stack IS NOT NULL'));
      known = { key, stacked };
      return stacked;
    },
    /** Like `stacked`, but only for the stacks of these pictures, which is faster for a few of them. */
    stackedAmong(query: GalleryQuery, imageIds: readonly string[]): Stacked {
      return toStacked(stacksOf(query, imageIds));
    },
    stacksOf,
  };
}

export function createStackWrites(database: Database) {
  const others = database
    .prepare<[string], string>(
      `SELECT image_id FROM fingerprints WHERE stack = (SELECT stack FROM fingerprints WHERE image_id = ?)`,
    )
    .pluck();
  const separate = database.prepare<[string]>(
    'INSERT OR IGNORE INTO not_duplicates (image_id) SELECT id FROM user_images WHERE id = ?',
  );
  const join = database.prepare<[string]>('DELETE FROM not_duplicates WHERE image_id = ?');

  return {
    /** Returns all pictures of the stack that a picture is in. */
    members: (imageId: string): string[] => others.all(imageId),
    /** Takes a picture out of its stack for good. Returns whether there is such a picture that was not separate. */
    separate: (imageId: string): boolean => separate.run(imageId).changes === 1,
    /** Allows a picture in a stack again, once its fingerprint is read again. Returns whether it was separate. */
    join: (imageId: string): boolean => join.run(imageId).changes === 1,
  };
}

function toStacked(lists: readonly (readonly string[])[]): Stacked {
  const stacks = lists.filter(({ length }) => length > 1);
  return {
    stacks: new Map(stacks.map((stack) => [stack[0] ?? '', stack])),
    hidden: new Set(stacks.flatMap(([_, ...others]) => others)),
  };
}

/** A query for one stack shows each of its pictures. */
function isStackable({ stackOf }: GalleryQuery): boolean {
  return stackOf === null;
}
