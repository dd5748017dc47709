// Joins short facts for a label or a line, with the separator of the language.
import { t } from '../../shared/languages/translate';

/** Returns a text such as "30 steps, seed 7". */
export function joinFacts(facts: readonly string[]): string {
  const [first = '', ...others] = facts;
  return others.reduce((before, next) => t('picture.two_facts', { first: before, second: next }), first);
}
