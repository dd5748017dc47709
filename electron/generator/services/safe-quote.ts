// Quotes a service's own words, shortened, as plain text, and without keys.

import { type Sentence, sentence } from '../../../shared/languages/sentence';

/** Google's keys (https://cloud.google.com/docs/authentication/api-keys), OpenAI's, and bearer tokens. */
const keyPattern = /\b(AIza|AQ\.|sk-|ya29\.)[\w.-]{6,}/g;

/** Adds a service's own words to a sentence, if there are any. See `safeQuote`. */
export function withQuote(
  explanation: Sentence,
  text: string,
  secrets: readonly (string | null)[] = [],
  maxLength?: number,
): Sentence {
  const words = safeQuote(text, secrets, maxLength);
  return words === '' ? explanation : sentence('services.it_said', { explanation, words });
}

/**
 * Returns one line of plain text; empty if there is nothing to quote.
 *
 * @param secrets strings to remove; null and empty ones are ignored.
 * @param maxLength in Unicode characters.
 */
export function safeQuote(text: string, secrets: readonly (string | null)[], maxLength = 200): string {
  const plain = withoutSecrets(text, secrets);
  // A character has at most two code units, so characters after these cannot be quoted.
  const characters = [...plain.slice(0, 2 * maxLength + 1)];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : plain;
}

/**
 * Returns a text on one line, with an ellipsis for each key. Keeps every visible character, because it may matter,
 * as in `size[]` or `image_size`: the text is shown as plain text, never as Markdown.
 */
export function withoutSecrets(text: string, secrets: readonly (string | null)[]): string {
  let plain = text;
  for (const secret of secrets) if (secret) plain = plain.replaceAll(secret, '…');
  return plain
    .replace(keyPattern, '…')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}
