// Finds conversations by their titles, by their pictures as the gallery finds them, and by their messages.
import { go } from 'fuzzysort';
import type { FoundConversations } from '../../../shared/contract/chat';
import { foldText } from '../../../shared/domain/fold-text';
import { minMatchScore } from '../../../shared/domain/match-score';
import type { ReadStore } from '../db/open';
import { wordSearch } from '../db/search-words';
import { excerptOf } from './excerpt';

/** Whoever sees that many types on. */
const maxMessages = 20;

/**
 * Returns up to `limit` conversations of each kind: those whose titles have the words, or come near to them if
 * nothing has, those with such pictures, and messages. The best matches come first, and then the last used ones. An empty
 * text finds the ones that were used last.
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
      // A chat is named after its first message, and is found by that name already.
      const isNamedSo = byTitle.has(conversationId) && words.trim() === conversation?.title;
      return conversation && !isNamedSo ? { id, conversation, excerpt: excerptOf(words, text) } : [];
    }),
  };
}

type Title = { id: string; title: string; at: number };

/** Ranking all titles takes much longer than looking for words, so it is for what nothing has as it was typed. */
function similar(titles: readonly Title[], text: string, limit: number): Title[] {
  return go(text, titles, { key: 'title', limit, threshold: minMatchScore(text) })
    .toSorted((one, other) => other.score - one.score || one.obj.at - other.obj.at)
    .map(({ obj }) => obj);
}

/** Returns the last used titles that contain all words, those with words that begin so first. */
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
