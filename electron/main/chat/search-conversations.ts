// Finds conversations by their titles.
import { go } from 'fuzzysort';
import type { Conversation } from '../../../shared/domain/conversations';
import { minMatchScore } from '../../../shared/domain/match-score';
import type { ReadStore } from '../db/open';

/**
 * Returns up to `limit` conversations whose titles match, best first and the last used first among equals. An empty text
 * finds the ones that were used last.
 */
export function searchConversations(
  { conversations }: Pick<ReadStore, 'conversations'>,
  text: string,
  limit: number,
): Conversation[] {
  const titles = conversations.titles().map(({ id, title }, at) => ({ id, title, at }));
  const found = text.trim() === '' ? titles.slice(0, limit) : matching(titles, text, limit);
  return found.flatMap(({ id }) => conversations.find(id) ?? []);
}

type Title = { id: string; title: string; at: number };

function matching(titles: readonly Title[], text: string, limit: number): Title[] {
  return go(text, titles, { key: 'title', limit, threshold: minMatchScore })
    .toSorted((one, other) => other.score - one.score || one.obj.at - other.obj.at)
    .map(({ obj }) => obj);
}
