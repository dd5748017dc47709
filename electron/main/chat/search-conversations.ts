// Finds conversations by their titles, and by the prompts of their pictures.
import { go } from 'fuzzysort';
import type { FoundConversations } from '../../../shared/contract/chat';
import { minMatchScore } from '../../../shared/domain/match-score';
import type { ReadStore } from '../db/open';
import { matchExpression } from '../db/search-words';

/**
 * Returns up to `limit` conversations of each kind. Those whose titles match come best first, and the last used first
 * among equals; the others the last used first. An empty text finds the ones that were used last.
 */
export function searchConversations(
  { conversations }: Pick<ReadStore, 'conversations'>,
  text: string,
  limit: number,
): FoundConversations {
  const titles = conversations.titles().map(({ id, title }, at) => ({ id, title, at }));
  const isEmpty = text.trim() === '';
  const matches = isEmpty
    ? titles.slice(0, limit)
    : (manyWithWords(titles, text, limit) ?? matching(titles, text, limit));
  const byTitle = new Set(matches.map(({ id }) => id));
  const expression = isEmpty ? null : matchExpression(text);
  const byPictures = expression === null ? [] : conversations.withPictures(expression, limit + byTitle.size);
  const read = (ids: readonly string[]) => ids.flatMap((id) => conversations.find(id) ?? []);
  return {
    byTitle: read([...byTitle]),
    byPictures: read(byPictures.filter((id) => !byTitle.has(id)).slice(0, limit)),
  };
}

type Title = { id: string; title: string; at: number };

/**
 * Returns the last used titles that contain all words, those with words that begin so first; null if there are fewer than
 * `limit`. A short text is in so many titles that to rank them takes long and tells little.
 */
function manyWithWords(titles: readonly Title[], text: string, limit: number): Title[] | null {
  const words = text.toLowerCase().trim().split(/\s+/);
  const beginning: Title[] = [];
  const containing: Title[] = [];
  for (const title of titles) {
    const spaced = ` ${title.title.toLowerCase()}`;
    if (!words.every((word) => spaced.includes(word))) continue;
    if (words.every((word) => spaced.includes(` ${word}`))) beginning.push(title);
    else containing.push(title);
    if (beginning.length === limit) break;
  }
  const all = [...beginning, ...containing];
  return all.length < limit ? null : all.slice(0, limit);
}

function matching(titles: readonly Title[], text: string, limit: number): Title[] {
  return go(text, titles, { key: 'title', limit, threshold: minMatchScore(text) })
    .toSorted((one, other) => other.score - one.score || one.obj.at - other.obj.at)
    .map(({ obj }) => obj);
}
