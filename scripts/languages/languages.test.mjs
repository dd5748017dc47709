// Compares the catalogue with the code that uses it.
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { en } from '../../shared/languages/en';
import { projectRoot } from '../lib/paths.mjs';
import { findCalls } from './find-calls.mjs';
import { findUntranslated, inFile } from './find-untranslated.mjs';
import { shownFiles } from './shown-files.mjs';

const files = shownFiles(projectRoot);

/** Returns the names of a message's arguments and tags. */
function namesIn(parts) {
  const names = parts.flatMap((part) => {
    // Node types of https://formatjs.github.io/docs/icu-messageformat-parser: 0 is text, 7 the number sign of a
    // plural.
    if (part.type === 0 || part.type === 7) return [];
    const inside = [
      ...Object.values(part.options ?? {}).flatMap(({ value }) => value),
      ...(part.children ?? []),
    ];
    return [part.value, ...namesIn(inside)];
  });
  return [...new Set(names)];
}

const namesOf = (message) => namesIn(new IntlMessageFormat(message, 'en').getAst());

describe('the code', () => {
  const { calls, patterns, literals, early } = findCalls(projectRoot, files);

  test('uses ids that exist, with the values that their messages need', () => {
    const wrong = calls.flatMap(({ place, id, values }) => {
      if (!Object.hasOwn(en, id)) return `${place}: ${id} is not in the catalogue`;
      const needed = namesOf(en[id]);
      const missing = needed.filter((name) => values !== null && !values.includes(name));
      const unused = (values ?? []).filter((name) => !needed.includes(name));
      return [
        ...missing.map((name) => `${place}: ${id} needs ${name}`),
        ...unused.map((name) => `${place}: ${id} has no ${name}`),
      ];
    });
    expect(wrong).toEqual([]);
    expect(calls.length).toBeGreaterThan(400);
  });

  test('uses every id', () => {
    const unused = Object.keys(en).filter(
      (id) => !literals.has(id) && !patterns.some((pattern) => pattern.test(id)),
    );
    expect(unused).toEqual([]);
  });

  test('reads no text while a module loads, because it would keep the initial language', () => {
    expect(early).toEqual([]);
  });

  test('has no user-facing text outside the catalogue', () => {
    const found = findUntranslated(projectRoot, files);
    expect(found.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
  });
});

describe('finding text outside the catalogue', () => {
  test.each([
    ['<p>Hello there</p>', 'Hello there'],
    ['<Button label="Open" />', 'Open'],
    ["<p>{isOn ? 'Switched on' : null}</p>", 'Switched on'],
    ["toast('Saved as a file')", 'Saved as a file'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read.
    ['const text = `Exported ${count} pictures.`;', 'Exported … pictures.'],
    ["const row = { label: 'Open' };", 'Open'],
    ["function f() { return 'Today'; }", 'Today'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read.
    ['toast(`${count} restored`)', '… restored'],
  ])('finds the text in %s', (source, text) => {
    expect(inFile('a.tsx', source)).toEqual([{ file: 'a.tsx', line: 1, text }]);
  });

  test.each([
    "<p>{t('chat.send')}</p>",
    '<div className="wide open" />',
    "console.error('It could not be opened:', error)",
    "throw new Error('The page has no root.')",
    "// Not shown: the model reads it.\nconst text = 'Make a picture of it.';",
    "database.prepare('SELECT a FROM b WHERE c = 1')",
  ])('ignores %s', (source) => {
    expect(inFile('a.tsx', source)).toEqual([]);
  });
});
