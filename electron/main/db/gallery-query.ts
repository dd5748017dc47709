// From what a person asks the gallery for to the SQL that finds it. Every value is bound, never part of the text.
import type { GalleryQuery } from '../../../shared/gallery-query';
import { providers } from '../../../shared/models';
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

/** As alike as this, width and height pass for a square. */
const squareSlack = 1.05;

/** @returns the condition for a query. The order and the page are the caller's; see orderOf. */
export function compileGalleryQuery(query: GalleryQuery): CompiledQuery {
  const conditions = ['u.deleted_at IS NULL'];
  const values: (string | number)[] = [];
  const narrow = (condition: string, ...bound: (string | number)[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const match = matchExpression(query.text);
  const sign = query.text.replace(/[\0\s"“”„«»「」]+/g, '');
  if (match !== null) narrow('picture_words MATCH ?', match);
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
    joins: match === null ? '' : 'JOIN picture_words ON picture_words.rowid = u.order_key',
    where: conditions.join(' AND '),
    values,
  };
}

function marks(list: readonly string[]): string {
  return list.map(() => '?').join(', ');
}

/** Where a page ended. `key`: what the order's own `key` said of its last picture. */
export type OrderCursor = { key: number | string; createdAt: number; id: string };

/** `after` is a condition with the fields of an OrderCursor as parameters; it repeats its key so that SQLite seeks by it. */
export type GalleryOrder = { key: string; by: string; after: string };

const newestFirst = 'u.created_at DESC, u.id DESC';
const oldestFirst = 'u.created_at, u.id';
const pixels = 'u.width * u.height';

const orders: Record<GalleryQuery['sort'], GalleryOrder> = {
  newest: {
    key: 'u.created_at',
    by: newestFirst,
    after: 'u.created_at <= @key AND (u.created_at, u.id) < (@createdAt, @id)',
  },
  oldest: {
    key: 'u.created_at',
    by: oldestFirst,
    after: 'u.created_at >= @key AND (u.created_at, u.id) > (@createdAt, @id)',
  },
  largest: {
    key: pixels,
    by: `${pixels} DESC, ${newestFirst}`,
    after: `${pixels} <= @key AND (${pixels}, u.created_at, u.id) < (@key, @createdAt, @id)`,
  },
  smallest: {
    key: pixels,
    by: `${pixels}, ${oldestFirst}`,
    after: `${pixels} >= @key AND (${pixels}, u.created_at, u.id) > (@key, @createdAt, @id)`,
  },
  model: {
    key: 'u.model',
    by: `u.model, ${newestFirst}`,
    after: 'u.model >= @key AND (u.model > @key OR (u.created_at, u.id) < (@createdAt, @id))',
  },
};

/** The index of words lists its finds in this order: however common a word is, a page is there at once. */
const wordOrders: Partial<Record<GalleryQuery['sort'], GalleryOrder>> = {
  // As text: the number is too long for one of JavaScript's.
  newest: {
    key: 'CAST(picture_words.rowid AS TEXT)',
    by: 'picture_words.rowid DESC',
    after: 'picture_words.rowid < CAST(@key AS INTEGER)',
  },
  oldest: {
    key: 'CAST(picture_words.rowid AS TEXT)',
    by: 'picture_words.rowid',
    after: 'picture_words.rowid > CAST(@key AS INTEGER)',
  },
};

/** @returns the SQL of a query's order, for one compiled by compileGalleryQuery. */
export function orderOf({ text, sort }: GalleryQuery): GalleryOrder {
  return (matchExpression(text) !== null && wordOrders[sort]) || orders[sort];
}
