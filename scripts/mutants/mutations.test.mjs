import { expect, test } from 'vitest';
import { lineOf, mutate, mutationsOf } from './mutations.mjs';

function mutantsOf(source) {
  return mutationsOf(source, 'a.ts').map((mutation) => mutate(source, mutation));
}

test.each([
  ['if (a) b();', ['if (!(a)) b();', 'if (a) ;']],
  ['const x = a < b ? 1 : 2;', ['const x = !(a < b) ? 1 : 2;', 'const x = a <= b ? 1 : 2;']],
  ['const x = a && b;', ['const x = a || b;']],
  ['const x = a ?? 1;', ['const x = (a);']],
  ['const x = await a;', ['const x = (a);']],
  ['const x = !a;', ['const x = (a);']],
  ['function f() { return a.b; }', ['function f() { return; }']],
  ['function f() { return false; }', ['function f() { return true; }']],
  ['throw new Error();', [';']],
  ['const x = s.transaction(() => a);', ['const x = (() => a)();']],
  ['const x = { isOpen: true };', ['const x = { isOpen: false };']],
  ['const x = list.filter(a);', ['const x = list;']],
  ["const x = '’'; const y = a === 1;", ["const x = '’'; const y = a !== 1;"]],
  [
    'const x = db.prepare(`SELECT 1 WHERE a IS NULL`);',
    ['const x = db.prepare(`SELECT 1 WHERE a IS NOT NULL`);'],
  ],
])('mutates %s', (source, mutants) => {
  expect(mutantsOf(source).toSorted()).toEqual(mutants.toSorted());
});

test.each([
  ["import { a } from 'b';"],
  ['type A = { isOpen: true };'],
  ['const x: Array<true> = y;'],
  ["console.error('a');"],
  ['function f() { return undefined; }'],
  ["faultPoint('send: committed');"],
  ["if (a) faultPoint('send: committed');"],
  [['const x = `$', '{a}` + b;'].join('')],
])('does not mutate %s', (source) => {
  expect(mutantsOf(source)).toEqual([]);
});

test('counts lines from 1', () => {
  expect(lineOf('a\nb', 0)).toBe(1);
  expect(lineOf('a\nb', 2)).toBe(2);
});
