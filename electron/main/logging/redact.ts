// Removes keys and prompts from lines before they are logged.

/** Prompts that are remembered. Lines in the log are about recent ones. */
const maxPrompts = 100;
/** Shorter texts occur in ordinary lines, so that replacing them would garble the log. */
const minConcealedLength = 6;
/** Maximum length of a line, in UTF-16 units. */
const maxLineLength = 8000;

/** Shapes of keys and tokens of any provider. */
const keyPatterns: readonly RegExp[] = [
  // Google API keys (https://cloud.google.com/docs/authentication/api-keys) and access tokens (ya29).
  /\bAIza[\w-]{10,}/g,
  /\bAQ\.[\w-]{10,}/g,
  /\bya29\.[\w.-]+/g,
  // OpenAI, and the many providers that use its format.
  /\b(?:sk|pk|rk)-[\w-]{8,}/g,
  // Tokens of three parts. One part alone counts too: to look for the first dot from each "eyJ" takes quadratic time.
  /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** A value after a name such as `api_key`. The name stays in the line. */
const namedValue =
  /((?:api[_-]?key|x-goog-api-key|authorization|access[_-]?token|refresh[_-]?token|client[_-]?secret|password|secret|[?&]key)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?)[^\s"',;&}]{4,}/gi;
const bearerToken = /\b(bearer\s+)[\w.~+/=-]{8,}/gi;
/** The user name and password of a URL. */
const urlCredentials = /(:\/\/)[^\s/@]+@/g;

/** @param keys returns the keys in use. */
export function createRedactor(keys: () => readonly (string | null)[]) {
  const prompts = new Set<string>();

  return {
    /** Replaces this prompt in lines that are logged from now on. */
    conceal(prompt: string): void {
      const text = prompt.trim();
      if (text.length < minConcealedLength) return;
      // Moves a repeated prompt to the end, because the oldest one is forgotten first.
      prompts.delete(text);
      prompts.add(text);
      const [oldest] = prompts;
      if (prompts.size > maxPrompts && oldest !== undefined) prompts.delete(oldest);
    },
    redact(line: string): string {
      let clean = line;
      // Longest first, because one prompt may contain another.
      for (const prompt of [...prompts].sort((a, b) => b.length - a.length)) {
        for (const spelling of spellingsOf(prompt)) clean = clean.replaceAll(spelling, '[prompt]');
      }
      for (const key of keys()) {
        if (key) for (const spelling of spellingsOf(key)) clean = clean.replaceAll(spelling, '[key]');
      }
      for (const pattern of keyPatterns) clean = clean.replace(pattern, '[key]');
      clean = clean
        .replace(namedValue, '$1[key]')
        .replace(bearerToken, '$1[key]')
        .replace(urlCredentials, '$1[key]@');
      return clean.length > maxLineLength ? `${clean.slice(0, maxLineLength)} … (cut)` : clean;
    },
  };
}

/** Returns a secret as it appears in plain text, in JSON, in a URL, and in child-process output, line by line. */
function spellingsOf(secret: string): Set<string> {
  const lines = secret.split('\n').map((line) => line.trim());
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    ...lines.filter((line) => line.length >= minConcealedLength),
  ]);
}
