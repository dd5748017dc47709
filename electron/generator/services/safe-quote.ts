// Quotes a service's own words: short, as plain text, and without keys.

/** Google's keys (https://cloud.google.com/docs/authentication/api-keys), OpenAI's, and bearer tokens. */
export const keyPattern = /\b(AIza|AQ\.|sk-|ya29\.)[\w.-]{6,}/g;

/**
 * Returns one line of plain text in quotation marks, with a space before it; empty if there is nothing to quote.
 *
 * @param secrets strings to remove; null and empty ones are ignored.
 * @param maxLength in Unicode characters.
 */
export function safeQuote(text: string, secrets: readonly (string | null)[], maxLength = 200): string {
  let plain = text;
  for (const secret of secrets) if (secret) plain = plain.replaceAll(secret, '…');
  plain = plain
    .replace(keyPattern, '…')
    .replace(/[\p{C}<>`*_#[\]]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return '';
  const characters = [...plain];
  const short = characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : plain;
  return ` It said: “${short}”`;
}
