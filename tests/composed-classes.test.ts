// A class that composes another one, of another file, must win over it. The order of the files in the bundle is not ours
// to choose, so the composed rule must have no specificity: `:where(.name)`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

type Rule = { selector: string; declarations: Map<string, string> };

function rulesOf(file: string): Rule[] {
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

/** `margin-top` is a part of `margin`. */
function concern(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/** Returns the properties that a class overrides of a class with specificity. */
function contested(file: string): string[] {
  return rulesOf(file).flatMap(({ selector, declarations }) => {
    const [, names = '', from = ''] = /^(.+) from "(.+)"$/.exec(declarations.get('composes') ?? '') ?? [];
    if (from === '') return [];
    const shared = rulesOf(path.join(path.dirname(file), from));
    return names.split(' ').flatMap((name) =>
      shared
        .filter((rule) => rule.selector.split(/,\s*/).includes(`.${name}`))
        .flatMap((rule) => [...rule.declarations.keys()])
        .filter((property) => [...declarations.keys()].some((own) => concern(own, property)))
        .map((property) => `${file} ${selector}: ${property} of .${name}`),
    );
  });
}

test('no class overrides a composed class that could win over it', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.module.css'))
    .map((name) => path.join('renderer', name));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(contested)).toEqual([]);
});
