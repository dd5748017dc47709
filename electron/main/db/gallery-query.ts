// From what a user asks the gallery for to the SQL that finds it. Every value is bound, never part of the text.
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { providers } from '../../../shared/domain/model-catalogue';
import { matchExpression } from './search-words';

export type CompiledQuery = {
  /** Joined to `user_images u`; may be empty. */
  joins: string;
  /** A condition over `u` and the joined tables. */
  where: string;
  values: (string | number)[];
};

/** Their pictures have a seed in the recipe, but it was never sent: they take none. */
const seedlessProviders = Object.values(providers).flatMap(({ id, takesSeed }) => (takesSeed ? [] : [id]));

/** The plus keeps SQLite on the index of the order, so that it stops at a page instead of sorting all finds. */
const isGathered = '+u.order_key IN (SELECT rowid FROM picture_words WHERE picture_words MATCH ?)';

/** As alike as this, width and height pass for a square. */
const squareSlack = 1.05;

/**
 * How the pictures with a query's words are come by: `listed` by date, one after another, or `gathered` all at once,
 * for an order in which most of them would only be sorted away.
 */
export type WordAccess = 'listed' | 'gathered';

/** @returns the condition for a query. The order and the page are the caller's; see orderOf. */
export function compileGalleryQuery(query: GalleryQuery, access: WordAccess = 'listed'): CompiledQuery {
  const conditions = ['u.deleted_at IS NULL'];
  const values: (string | number)[] = [];
  const narrow = (condition: string, ...bound: (string | number)[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const match = matchExpression(query.text);
  const sign = query.text.replace(/[\0\s"“”„«»「」]+/g, '');
  if (match !== null) narrow(access === 'listed' ? 'picture_words MATCH ?' : isGathered, match);
  // Not a word in it: "%" or "→" are looked for as they are. A quotation mark alone begins a phrase.
  else if (sign !== '') narrow(`u.prompt LIKE ? ESCAPE '\\'`, `%${sign.replace(/[\\%_]/g, '\\$&')}%`);

  if (query.from !== null) narrow('u.created_at >= ?', query.from);
  if (query.to !== null) narrow('u.created_at < ?', query.to);
  if (query.models.length > 0) narrow(`u.model IN (${marks(query.models)})`, ...query.models);
  if (query.providers.length > 0) narrow(`u.provider IN (${marks(query.providers)})`, ...query.providers);
  if (query.shape === 'landscape') narrow(`u.width > u.height * ${squareSlack}`);
  if (query.shape === 'portrait') narrow(`u.height > u.width * ${squareSlack}`);
  if (query.shape === 'square') {
    narrow(`u.width <= u.height * ${squareSlack} AND u.height <= u.width * ${squareSlack}`);
  }
  if (query.minSide !== null) narrow('max(u.width, u.height) >= ?', query.minSide);
  if (query.favourites) narrow('u.favourite = 1');
  if (query.hasSeed) {
    // By its text: parsing the JSON of every row takes ten times as long.
    narrow(
      `u.provider NOT IN (${marks(seedlessProviders)})
       AND instr(u.params, '"seed":') > 0 AND instr(u.params, '"seed":null') = 0`,
      ...seedlessProviders,
    );
  }
  if (query.conversationId !== null) {
    narrow('u.message_id IN (SELECT id FROM messages WHERE conversation_id = ?)', query.conversationId);
  }
  if (query.collectionId !== null) {
    narrow('u.id IN (SELECT image_id FROM collection_images WHERE collection_id = ?)', query.collectionId);
  }
  return {
    joins:
      match === null || access === 'gathered'
        ? ''
        : 'JOIN picture_words ON picture_words.rowid = u.order_key',
    where: conditions.join(' AND '),
    values,
  };
}

function marks(list: readonly string[]): string {
  return list.map(() => '?').join(', ');
}

/** Where a page ended. `key`: what the order's own `key` said of its last picture. */
export type OrderCursor = { key: number | string; createdAt: number; id: string };

/** A part of what comes behind a cursor: a condition with the fields of an OrderCursor as parameters, and its order. */
export type Behind = { where: string; by: string };

/**
 * `behind`: all of the first part comes before the second, those with the cursor's own key before the others. SQLite
 * seeks by each; by both in one condition it would walk past all that share the key.
 */
export type GalleryOrder = { key: string; by: string; behind: readonly Behind[] };

const newestFirst = 'u.created_at DESC, u.id DESC';
const oldestFirst = 'u.created_at, u.id';
const olderOf = '(u.created_at, u.id) < (@createdAt, @id)';
const youngerOf = '(u.created_at, u.id) > (@createdAt, @id)';
const pixels = 'u.width * u.height';

const orders: Record<GalleryQuery['sort'], GalleryOrder> = {
  newest: byDate('<=', olderOf, newestFirst),
  oldest: byDate('>=', youngerOf, oldestFirst),
  largest: byKey(pixels, 'DESC', olderOf, newestFirst),
  smallest: byKey(pixels, 'ASC', youngerOf, oldestFirst),
  model: byKey('u.model', 'ASC', olderOf, newestFirst),
};

function byDate(sign: '<=' | '>=', behind: string, by: string): GalleryOrder {
  // Its key once more, so that SQLite seeks by it.
  return { key: 'u.created_at', by, behind: [{ where: `u.created_at ${sign} @key AND ${behind}`, by }] };
}

/** @param behind the condition, and `byDates` the order, of pictures with the same key. */
function byKey(key: string, direction: 'ASC' | 'DESC', behind: string, byDates: string): GalleryOrder {
  const by = `${key} ${direction}, ${byDates}`;
  return {
    key,
    by,
    behind: [
      { where: `${key} = @key AND ${behind}`, by: byDates },
      { where: `${key} ${direction === 'ASC' ? '>' : '<'} @key`, by },
    ],
  };
}

/** The index of words lists its finds in this order: however common a word is, a page is there at once. */
const wordOrders: Partial<Record<GalleryQuery['sort'], GalleryOrder>> = {
  newest: byWord('<', 'DESC'),
  oldest: byWord('>', 'ASC'),
};

function byWord(sign: '<' | '>', direction: 'ASC' | 'DESC'): GalleryOrder {
  const by = `picture_words.rowid ${direction}`;
  return {
    // As text: the number is too long for one of JavaScript's.
    key: 'CAST(picture_words.rowid AS TEXT)',
    by,
    behind: [{ where: `picture_words.rowid ${sign} CAST(@key AS INTEGER)`, by }],
  };
}

/** Whether an order leads along the index of words: then `listed` is always the better way. */
export function isListedOrder({ sort }: GalleryQuery): boolean {
  return wordOrders[sort] !== undefined;
}

/** @returns the SQL of a query's order, for one compiled by compileGalleryQuery. */
export function orderOf({ text, sort }: GalleryQuery): GalleryOrder {
  return (matchExpression(text) !== null && wordOrders[sort]) || orders[sort];
}
