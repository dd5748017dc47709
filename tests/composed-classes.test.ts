// The classes of CSS modules. Each one that a component uses exists. A class that composes another one, of another file,
// must win over it: the order of the files in the bundle is not ours to choose, so the composed rule must have no
// specificity, `:where(.name)`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rulesOf } from './harness/css-rules';

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

/** Returns the classes that a CSS module composes from a file that does not have them. The bundler says nothing. */
function missingComposed(file: string): string[] {
  return rulesOf(file).flatMap(({ declarations }) => {
    const [, names = '', from = ''] =
      /^(.+?)(?: from "(.+)")?$/.exec(declarations.get('composes') ?? '') ?? [];
    const source = from === '' ? file : path.join(path.dirname(file), from);
    const known = classesOf(source);
    return names.split(' ').flatMap((name) => (name === '' || known.has(name) ? [] : [`${file}: ${name}`]));
  });
}

function classesOf(file: string): Set<string> {
  const selectors = rulesOf(file).map(({ selector }) => selector);
  return new Set(selectors.join(' ').match(/(?<=\.)[\w-]+/g));
}

/** Returns the classes that a component takes from a CSS module that does not have them. */
function missingClasses(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)].flatMap(
    ([, name = '', from = '']) => {
      const known = classesOf(path.join(path.dirname(file), from));
      const used = [...source.matchAll(new RegExp(`\\b${name}\\['([\\w-]+)'\\]`, 'g'))];
      return used.flatMap(([, used = '']) => (known.has(used) ? [] : [`${file}: ${used}`]));
    },
  );
}

test('every class that a component uses is in its CSS module', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => path.join('renderer', name));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(missingClasses)).toEqual([]);
});

test('every class that is composed is in the file that it is composed from', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.module.css'))
    .map((name) => path.join('renderer', name));
  expect(files.flatMap(missingComposed)).toEqual([]);
});

test('no class overrides a composed class that could win over it', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.module.css'))
    .map((name) => path.join('renderer', name));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(contested)).toEqual([]);
});
