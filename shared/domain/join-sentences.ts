// Joins sentences and names, as each language does.
import { type Sentence, sentence } from '../languages/sentence';

/** Returns several sentences as one; undefined for none. */
export function asOneSentence(sentences: readonly Sentence[]): Sentence | undefined {
  const [first, ...others] = sentences;
  const rest = first && asOneSentence(others);
  return first && rest ? sentence('services.two_sentences', { first, second: rest }) : first;
}

/** Joins alternatives as “a, b or c”, as a value of a sentence. */
export function joinAlternatives(names: readonly string[]): Sentence | string {
  const [first = '', second, ...others] = names;
  if (second === undefined) return first;
  return sentence('services.one_or_other', { first, others: joinAlternatives([second, ...others]) });
}
