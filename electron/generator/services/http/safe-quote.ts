// What a provider said, made fit to be shown: short, plain, and without any key.

/** Forms of keys: Google's (https://cloud.google.com/docs/authentication/api-keys), OpenAI's, and bearer tokens. */
const keyLike = /\b(AIza|AQ\.|sk-|ya29\.)[\w.-]{6,}/g;

/**
 * @param secrets what must not be shown, wherever it stands; null and empty ones are passed over.
 * @param most how many characters it may have.
 * @returns one line of plain text in quotation marks, behind a space; empty where nothing was said.
 */
export function safeQuote(words: string, secrets: readonly (string | null)[], most = 200): string {
  let plain = words;
  for (const secret of secrets) if (secret) plain = plain.replaceAll(secret, '…');
  plain = plain
    .replace(keyLike, '…')
    .replace(/[\p{C}<>`*_#[\]]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return '';
  const characters = [...plain];
  const short = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : plain;
  return ` It said: “${short}”`;
}
