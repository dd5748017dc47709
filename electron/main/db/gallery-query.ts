// Compiles a gallery query to SQL. Every value is bound as a named parameter and never becomes part of the text.
import { datesOf, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { serviceKindIds, serviceKinds } from '../../../shared/domain/service-kinds';
import type { AlikeReads } from './fingerprints';
import type { searchIndexes } from './search-index';
import type { SourceReads } from './search-sources';
import { type WordSearch, wordSearch } from './search-words';

type SearchIndex = (typeof searchIndexes)[number];

export type CompiledQuery = {
  /** The text after FROM: `user_images u` and the tables that are joined to it. */
  from: string;
  /** A condition over `u` and the joined tables. */
  where: string;
  /** The named parameters of `from` and `where`. */
  values: Record<string, string | number>;
};

/** Services of these kinds accept no seed, so the seeds in their pictures' recipes are meaningless. */
const seedlessKinds = serviceKindIds.filter((kind) => !serviceKinds[kind].takesSeed);

/** Keeps SQLite on the index of the order, so that it stops after a page instead of sorting all matches. */
const isAmong = (index: SearchIndex, parameter: string) =>
  `(SELECT id FROM search_rows WHERE order_key = u.order_key)
   IN (SELECT rowid FROM ${index} WHERE ${index} MATCH ${parameter})`;

/** Up to this ratio of its sides, a picture counts as square. */
const maxSquareRatio = 1.05;

/**
 * How pictures with a query's words are found: `listed` walks the full-text index in order of relevance; `gathered`
 * reads all matches first and then walks another order.
 */
export type WordAccess = 'listed' | 'gathered';

/**
 * Returns the index that finds a query's words, and its MATCH expression. If there are words, phrases only narrow the
 * result.
 */
function mainMatch({ any, phrases }: WordSearch): { index: SearchIndex; match: string } | null {
  if (any !== null) return { index: 'picture_parts', match: any };
  return phrases === null ? null : { index: 'picture_words', match: phrases };
}

/** Reads needed to compile a query: similar pictures, and the names of sources. */
export type QueryReads = Pick<AlikeReads, 'alikeTo'> & SourceReads;

export type CompileOptions = QueryReads & {
  /** Absent: listed. */
  access?: WordAccess;
  /** Limits the result to one of the tiers of `tiersOf`. */
  tier?: number | null;
};

/** Returns the condition for a query. The caller adds the order and the page; see orderOf. */
export function compileGalleryQuery(
  query: GalleryQuery,
  { access: wanted = 'listed', tier = null, alikeTo, sources }: CompileOptions,
): CompiledQuery {
  const access = query.alikeTo === null ? wanted : 'gathered';
  const conditions = ['u.deleted_at IS NULL'];
  const values: CompiledQuery['values'] = {};
  const narrow = (condition: string, bound: CompiledQuery['values'] = {}) => {
    conditions.push(condition);
    Object.assign(values, bound);
  };
  /** SQLite has no parameter for a list, so each of its values gets one of its own. */
  const isIn = (column: string, name: string, list: readonly string[]) => {
    const names = list.map((_, index) => `${name}${index}`);
    const bound = Object.fromEntries(names.map((each, index) => [each, list[index] ?? '']));
    return [`${column} IN (${names.map((each) => `@${each}`).join(', ')})`, bound] as const;
  };
  const search = wordSearch(query.text, sources);
  const main = search && mainMatch(search);
  const sign = query.text.replace(/[\0\s"“”„«»「」]+/g, '');
  if (search && main) {
    const { index, match } = main;
    // Each tier has its own parameter name, because one statement reads several tiers.
    const name = tier === null ? 'match' : `match${tier}`;
    narrow(access === 'listed' ? `${index} MATCH @${name}` : isAmong(index, `@${name}`), {
      [name]: tier === null ? match : (search.tiers[tier] ?? match),
    });
    if (search.any !== null && search.phrases !== null) {
      narrow(isAmong('picture_words', '@phrases'), { phrases: search.phrases });
    }
  }
  // A text without words, such as "%" or "→", is searched for literally, except for a lone quotation mark, which
  // begins a phrase.
  else if (sign !== '') {
    narrow(`u.prompt LIKE @sign ESCAPE '\\'`, { sign: `%${sign.replace(/[\\%_]/g, '\\$&')}%` });
  }

  // The plus keeps SQLite on that index too: matches of an index of dates would have to be sorted again for every page.
  const { from, to } = datesOf(query, Date.now());
  if (from !== null) narrow('+u.created_at >= @from', { from });
  if (to !== null) narrow('+u.created_at < @to', { to });
  if (query.models.length > 0) narrow(...isIn('u.model', 'model', query.models));
  if (query.providers.length > 0) narrow(...isIn('u.provider', 'provider', query.providers));
  if (query.shape === 'landscape') narrow(`u.width > u.height * ${maxSquareRatio}`);
  if (query.shape === 'portrait') narrow(`u.height > u.width * ${maxSquareRatio}`);
  if (query.shape === 'square') {
    narrow(`u.width <= u.height * ${maxSquareRatio} AND u.height <= u.width * ${maxSquareRatio}`);
  }
  if (query.minSide !== null) narrow('max(u.width, u.height) >= @minSide', { minSide: query.minSide });
  if (query.favourites) narrow('u.favourite = 1');
  if (query.hasSeed) {
    const [isSeedless, bound] = isIn('kind', 'seedless', seedlessKinds);
    // The text is searched because parsing the JSON of every row takes ten times as long.
    narrow(
      `u.provider NOT IN (SELECT id FROM services WHERE ${isSeedless})
       AND instr(u.params, '"seed":') > 0 AND instr(u.params, '"seed":null') = 0`,
      bound,
    );
  }
  const { conversationId, collectionId } = query;
  if (conversationId !== null) {
    narrow('u.message_id IN (SELECT id FROM messages WHERE conversation_id = @conversationId)', {
      conversationId,
    });
  }
  if (collectionId !== null) {
    narrow('u.id IN (SELECT image_id FROM collection_images WHERE collection_id = @collectionId)', {
      collectionId,
    });
  }
  if (query.stackOf !== null) {
    narrow(
      'u.id IN (SELECT image_id FROM fingerprints WHERE stack = (SELECT stack FROM fingerprints WHERE image_id = @stackOf))',
      {
        stackOf: query.stackOf,
      },
    );
  }
  if (query.alikeTo !== null) values['alike'] = JSON.stringify(alikeTo(query.alikeTo));
  return { from: fromOf(query, access, main?.index), where: conditions.join(' AND '), values };
}

function fromOf({ alikeTo }: GalleryQuery, access: WordAccess, index: SearchIndex | undefined): string {
  // CROSS JOIN fixes the order of the tables: the few similar pictures come first.
  if (alikeTo !== null) {
    return `json_each(@alike) alike CROSS JOIN fingerprints f ON f.id = alike.value
            CROSS JOIN user_images u ON u.id = f.image_id`;
  }
  return index === undefined || access === 'gathered'
    ? 'user_images u'
    : `user_images u JOIN search_rows ON search_rows.order_key = u.order_key
       JOIN ${index} ON ${index}.rowid = search_rows.id`;
}

/**
 * A part of the rows after a cursor: a condition whose parameters are the fields of a GalleryCursor, and its order.
 */
export type Following = { where: string; by: string };

/**
 * An order in SQL. `following` has what follows a cursor in one or two parts: the pictures with the cursor's own key,
 * then the others. SQLite can seek to each part; with one condition for both it would read all that share the key.
 * `key` is null where the position alone gives the order.
 */
export type GalleryOrder = { key: string | null; by: string; following: readonly Following[] };

/** Bound as text; see order-key.ts. */
const cursorPosition = 'CAST(@position AS INTEGER)';

const newestFirst = 'u.order_key DESC';
const oldestFirst = 'u.order_key';
const olderOf = `u.order_key < ${cursorPosition}`;
const youngerOf = `u.order_key > ${cursorPosition}`;
const pixels = 'u.width * u.height';

// No order compares times or ids: a clock may be wrong, and a UUIDv7 is a clock. See order-key.ts.
const orders: Record<GalleryQuery['sort'], GalleryOrder> = {
  relevance: byPosition(olderOf, newestFirst),
  newest: byPosition(olderOf, newestFirst),
  oldest: byPosition(youngerOf, oldestFirst),
  largest: byKey(pixels, 'DESC', olderOf, newestFirst),
  smallest: byKey(pixels, 'ASC', youngerOf, oldestFirst),
  model: byKey('u.model', 'ASC', olderOf, newestFirst),
};

function byPosition(where: string, by: string): GalleryOrder {
  return { key: null, by, following: [{ where, by }] };
}

/** @param following the condition on pictures with the same key. @param byPositions their order. */
function byKey(key: string, direction: 'ASC' | 'DESC', following: string, byPositions: string): GalleryOrder {
  const by = `${key} ${direction}, ${byPositions}`;
  return {
    key,
    by,
    following: [
      { where: `${key} = @key AND ${following}`, by: byPositions },
      { where: `${key} ${direction === 'ASC' ? '>' : '<'} @key`, by },
    ],
  };
}

/** A cursor's key in the order by relevance is the tier's number times this, plus the picture's number in the index. */
const tierSize = 1e12;

/** The full-text index lists its matches in this order, so that even a common word gives a page at once. */
function orderInTier(index: SearchIndex, tier: number): GalleryOrder {
  return {
    ...byPosition(
      `${index}.rowid < CAST(@key AS INTEGER) % CAST(${tierSize} AS INTEGER)`,
      `${index}.rowid DESC`,
    ),
    key: `${tier} * CAST(${tierSize} AS INTEGER) + ${index}.rowid`,
  };
}

/** The position among the similar pictures. */
const mostAlikeFirst: GalleryOrder = {
  ...byPosition('alike.key > CAST(@key AS INTEGER)', 'alike.key'),
  key: 'alike.key',
};

/** Returns the tier of the picture that a cursor was made from. */
export function tierOfCursor(key: number | string | null): number {
  return typeof key === 'number' ? Math.floor(key / tierSize) : 0;
}

/** Returns the order of a query that compileGalleryQuery has compiled. */
export function orderOf({ text, sort, alikeTo }: GalleryQuery, tier = 0): GalleryOrder {
  if (alikeTo !== null && sort === 'relevance') return mostAlikeFirst;
  const search = sort === 'relevance' ? wordSearch(text) : null;
  const main = search && mainMatch(search);
  return main ? orderInTier(main.index, tier) : orders[sort];
}

/** Returns the match whose results have to be sorted; null if there is none, or the index lists them in order. */
export function sortedMatches(
  { text, sort, alikeTo }: GalleryQuery,
  { sources }: SourceReads,
): { index: SearchIndex; match: string } | null {
  const search = sort === 'relevance' || alikeTo !== null ? null : wordSearch(text, sources);
  return search && mainMatch(search);
}

/** Returns how many tiers an order by relevance has, one after the other; 1 if the query is not ordered so. */
export function tiersOf({ text, sort, alikeTo }: GalleryQuery): number {
  return sort === 'relevance' && alikeTo === null ? Math.max(1, wordSearch(text)?.tiers.length ?? 1) : 1;
}
