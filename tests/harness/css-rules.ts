// Reads the rules of a style sheet, for tests of all style sheets.
import { readFileSync } from 'node:fs';

export type Rule = { selector: string; declarations: Map<string, string> };

/** Returns the rules of a file in order, including those within `@media` and similar blocks. Drops their conditions. */
export function rulesOf(file: string): Rule[] {
  const css = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
    selector: selector.trim(),
    declarations: new Map(
      body
        .split(';')
        .map((line) => line.split(/:(.*)/s))
        .flatMap(([name = '', value]) => (value === undefined ? [] : [[name.trim(), value.trim()] as const])),
    ),
  }));
}
