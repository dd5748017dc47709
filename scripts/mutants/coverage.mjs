// Records which test files run which functions, so that only those are run for a mutant.

import { parseSync } from 'vite';

/** The offset under which code that runs at import is recorded. Functions have the offset of their body. */
const atImport = 0;

/**
 * Returns the source with a call at the beginning of the file and of each function's body that records its run.
 * @param {string} source
 * @param {string} file relative to the project
 */
export function withRecorders(source, file) {
  const bodies = bodiesOf(source, file).toSorted((a, b) => b.start - a.start);
  let text = source;
  for (const { start } of bodies) {
    text = `${text.slice(0, start + 1)}${recorder(file, start)}${text.slice(start + 1)}`;
  }
  return `${recorder(file, atImport)}${text}`;
}

function recorder(file, start) {
  return `(globalThis.recordedRuns ??= new Set()).add(${JSON.stringify(keyOf(file, start))});`;
}

/** @param {string} file @param {number} start */
export function keyOf(file, start) {
  return `${file}#${start}`;
}

/**
 * Returns the start of the innermost function around an offset, or `atImport`.
 * @param {string} source
 * @param {string} file
 * @param {number} offset
 */
export function functionAround(source, file, offset) {
  const around = bodiesOf(source, file).filter(({ start, end }) => start <= offset && offset < end);
  return Math.max(atImport, ...around.map(({ start }) => start));
}

function bodiesOf(source, file) {
  const bodies = [];
  const walk = (node) => {
    if (/Function/.test(node.type) && node.body?.type === 'BlockStatement') bodies.push(node.body);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === 'string') walk(child);
      }
    }
  };
  walk(parseSync(file, source).program);
  return bodies;
}

/** The content of a set-up file for vitest that writes what each test file has run. @param {string} output */
export function setupFile(output) {
  return `import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
afterAll(() => {
  const runs = [...(globalThis.recordedRuns ?? [])];
  appendFileSync(${JSON.stringify(output)}, JSON.stringify({ test: expect.getState().testPath, runs }) + '\\n');
});
`;
}
