// Finds models by a typed text: first by beginnings of words, then by letters in order.

/** The searched fields of a model. */
export type Searchable = { label: string; model: string; serviceName: string };

/** From best to worst; 0 means that the model does not match. */
const scores = {
  wholeLabel: 6,
  startOfLabel: 5,
  ownWords: 4,
  words: 3,
  parts: 2,
  letters: 1,
  none: 0,
} as const;

/** Folds case and accents, so that "ideogram" finds "Idéogram". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  // "GPT-Image2" has the words "gpt", "image2" and "2".
  return text
    .split(/[^\p{L}\p{N}.]+/u)
    .flatMap((word) => [word, ...(word.match(/(?<=\p{L})\p{N}.*$/u) ?? [])]);
}

/** Returns how well a model matches a query; 0 if it does not. An empty query matches everything equally. */
export function scoreOf({ label, model, serviceName }: Searchable, query: string): number {
  const wanted = fold(query).trim();
  if (wanted === '') return scores.parts;
  const name = fold(label);
  if (name === wanted || fold(model) === wanted) return scores.wholeLabel;
  if (name.startsWith(wanted)) return scores.startOfLabel;
  const text = fold(`${label} ${model} ${serviceName}`);
  const parts = wanted.split(/\s+/);
  const begin = (words: readonly string[]) =>
    parts.every((part) => words.some((word) => word.startsWith(part)));
  // Ranks before matches that need the name of the service, such as a model whose name is a number.
  if (begin(wordsOf(fold(`${label} ${model}`)))) return scores.ownWords;
  if (begin(wordsOf(text))) return scores.words;
  if (parts.every((part) => text.includes(part))) return scores.parts;
  // Allows left-out letters, as in "nbanana" or "flxpro", but only within one name. Otherwise any text would match.
  const letters = parts.join('');
  const names = [name, fold(model)];
  const isFuzzy = letters.length > 2 && names.some((candidate) => hasInOrder(candidate, letters));
  return isFuzzy ? scores.letters : scores.none;
}

function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
