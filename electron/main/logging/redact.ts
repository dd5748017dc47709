// Takes keys and prompts out of what is logged.

/** How many prompts are remembered; what is logged is about the last few. */
const remembered = 100;
/** Shorter words are everywhere: taking them out would spoil every line and conceal nothing. */
const shortest = 6;
/** Longest line that is logged, in UTF-16 units. */
const maxLineLength = 8000;

/** What looks like a key or a token, whoever's it is. */
const secrets: readonly RegExp[] = [
  // Google: https://cloud.google.com/docs/authentication/api-keys; its tokens begin with ya29.
  /\bAIza[\w-]{10,}/g,
  /\bAQ\.[\w-]{10,}/g,
  /\bya29\.[\w.-]+/g,
  // OpenAI, and many that took its form.
  /\b(?:sk|pk|rk)-[\w-]{8,}/g,
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** A name that says what follows it. The name stays. */
const named =
  /((?:api[_-]?key|x-goog-api-key|authorization|access[_-]?token|refresh[_-]?token|client[_-]?secret|password|secret|[?&]key)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?)[^\s"',;&}]{4,}/gi;
const bearer = /\b(bearer\s+)[\w.~+/=-]{8,}/gi;
/** A name and a password in an address. */
const inAddress = /(:\/\/)[^\s/@]+@/g;

export type Redactor = ReturnType<typeof createRedactor>;

/** @param keys that are in use now. */
export function createRedactor(keys: () => readonly (string | null)[]) {
  const prompts = new Set<string>();

  return {
    /** From now on these words are not logged. */
    conceal(prompt: string): void {
      const words = prompt.trim();
      if (words.length < shortest) return;
      prompts.delete(words);
      prompts.add(words);
      const [oldest] = prompts;
      if (prompts.size > remembered && oldest !== undefined) prompts.delete(oldest);
    },
    redact(text: string): string {
      let clean = text;
      // The longest first: one may contain another.
      for (const prompt of [...prompts].sort((a, b) => b.length - a.length)) {
        for (const form of formsOf(prompt)) clean = clean.replaceAll(form, '[prompt]');
      }
      for (const key of keys()) {
        if (key) for (const form of formsOf(key)) clean = clean.replaceAll(form, '[key]');
      }
      for (const pattern of secrets) clean = clean.replace(pattern, '[key]');
      clean = clean.replace(named, '$1[key]').replace(bearer, '$1[key]').replace(inAddress, '$1[key]@');
      return clean.length > maxLineLength ? `${clean.slice(0, maxLineLength)} … (cut)` : clean;
    },
  };
}

/** As it is, within JSON, within an address, and line by line, as what other processes say comes here. */
function formsOf(words: string): Set<string> {
  const lines = words.split('\n').map((line) => line.trim());
  return new Set([
    words,
    JSON.stringify(words).slice(1, -1),
    encodeURIComponent(words.toWellFormed()),
    ...lines.filter((line) => line.length >= shortest),
  ]);
}
