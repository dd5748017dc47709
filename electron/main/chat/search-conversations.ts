// Finds conversations by their titles, by their pictures as the gallery finds them, and by their messages.
import { go } from 'fuzzysort';
import type { FoundConversations } from '../../../shared/contract/chat';
import { foldText } from '../../../shared/domain/fold-text';
import { minMatchScore } from '../../../shared/domain/match-score';
import type { ReadStore } from '../db/open';
import { wordSearch } from '../db/search-words';
import { excerptOf } from './excerpt';

/** A user who sees this many results refines the search. */
const maxMessages = 20;

/**
 * Returns up to `limit` conversations of each kind: by title (by similar titles if none contains the words), by
 * pictures, and by messages. The best matches come first, then the most recently used. An empty text returns the most
 * recently used ones.
 */
export function searchConversations(
  { conversations, messageSearch }: Pick<ReadStore, 'conversations' | 'messageSearch'>,
  text: string,
  limit: number,
): FoundConversations {
  const titles = conversations.titles().map(({ id, title }, at) => ({ id, title, at }));
  const isEmpty = text.trim() === '';
  const search = isEmpty ? null : wordSearch(text);
  const found = search === null ? [] : messageSearch.find(search, Math.min(limit, maxMessages));
  const exact = isEmpty ? titles.slice(0, limit) : withWords(titles, text, limit);
  const matches = exact.length > 0 || found.length > 0 ? exact : similar(titles, text, limit);
  const byTitle = new Set(matches.map(({ id }) => id));
  const byPictures = conversations.withPictures(text, limit + byTitle.size);
  const read = (ids: readonly string[]) => ids.flatMap((id) => conversations.find(id) ?? []);
  return {
    byTitle: read([...byTitle]),
    byPictures: read(byPictures.filter((id) => !byTitle.has(id)).slice(0, limit)),
    messages: found.flatMap(({ id, conversation_id: conversationId, text: words }) => {
      const conversation = conversations.find(conversationId);
      // A chat is named after its first message, so it is already found by its title.
      const isNamedSo = byTitle.has(conversationId) && words.trim() === conversation?.title;
      return conversation && !isNamedSo ? { id, conversation, excerpt: excerptOf(words, text) } : [];
    }),
  };
}

type Title = { id: string; title: string; at: number };

/** Ranking all titles is much slower than searching for words, so it is only used when no title contains them. */
function similar(titles: readonly Title[], text: string, limit: number): Title[] {
  return go(text, titles, { key: 'title', limit, threshold: minMatchScore(text) })
    .toSorted((one, other) => other.score - one.score || one.obj.at - other.obj.at)
    .map(({ obj }) => obj);
}

/**
 * Returns the most recently used titles that contain all words; titles with words that begin with them come first.
 */
function withWords(titles: readonly Title[], text: string, limit: number): Title[] {
  const words = foldText(text).trim().split(/\s+/);
  // An apostrophe, for example, folds to nothing.
  if (words.includes('')) return [];
  const beginning: Title[] = [];
  const containing: Title[] = [];
  for (const title of titles) {
    const spaced = ` ${foldText(title.title)}`;
    if (!words.every((word) => spaced.includes(word))) continue;
    if (words.every((word) => spaced.includes(` ${word}`))) beginning.push(title);
    else containing.push(title);
    if (beginning.length === limit) break;
  }
  return [...beginning, ...containing].slice(0, limit);
}
