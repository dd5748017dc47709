// Compares each language with English: it has the same ids and arguments, and all of its own plural forms.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { de } from './de';
import { en, isMessageId } from './en';
import { es } from './es';
import { fr } from './fr';
import { ja } from './ja';
import { languageCodeSchema, localeOf } from './languages';
import { zh } from './zh';

const translations = { de, es, fr, ja, zh } as const;

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** Returns the names of a message's arguments and tags, with their kind, such as "count plural" and "link tag". */
function argumentsOf(message: string, locale: string): string[] {
  const names = new Set<string>();
  const visit = (part: Part): void => {
    // The kinds of https://formatjs.github.io/docs/icu-messageformat-parser: 0 text, 7 the number sign of a plural.
    if (part.type === 0 || part.type === 7) return;
    names.add(`${part.value} ${kinds[part.type] ?? 'value'}`);
    if ('options' in part) for (const option of Object.values(part.options)) option.value.forEach(visit);
    if ('children' in part) part.children.forEach(visit);
  };
  new IntlMessageFormat(message, locale).getAst().forEach(visit);
  return [...names].sort();
}
const kinds: Readonly<Record<number, string>> = { 8: 'tag' };

/** Returns the plural forms of all plurals in a message. */
function pluralForms(message: string, locale: string): string[] {
  const forms = new Set<string>();
  const visit = (part: Part): void => {
    if ('options' in part) {
      if (part.type === 6)
        for (const form of Object.keys(part.options)) if (!form.startsWith('=')) forms.add(form);
      for (const option of Object.values(part.options)) option.value.forEach(visit);
    }
    if ('children' in part) part.children.forEach(visit);
  };
  new IntlMessageFormat(message, locale).getAst().forEach(visit);
  return [...forms].sort();
}

describe('English', () => {
  test('has each id once, in the file of its area', () => {
    const folder = path.join(import.meta.dirname, 'en');
    const ids = readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const area = file.replace('.json', '').replaceAll('-', '_');
        const keys = Object.keys(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
        expect(keys.filter((id) => !id.startsWith(`${area}.`))).toEqual([]);
        return keys;
      });
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(Object.keys(en).sort());
  });

  test.each(Object.entries(en))('%s can be formatted', (_id, message) => {
    argumentsOf(message, 'en');
    // An apostrophe escapes in ICU messages.
    expect(message).not.toContain("'");
    expect(message.trim()).toBe(message);
  });
});

describe.each(Object.entries(translations))('%s', (code, messages) => {
  const locale = localeOf(languageCodeSchema.parse(code));
  const known: Readonly<Record<string, string | undefined>> = messages;

  test('has every text', () => {
    expect(Object.keys(en).filter((id) => !known[id])).toEqual([]);
    expect(Object.keys(known).filter((id) => !isMessageId(id))).toEqual([]);
  });

  test('has the arguments of the English text in each', () => {
    const wrong = Object.entries(en).flatMap(([id, message]) => {
      const text = known[id] ?? message;
      const [own, english] = [argumentsOf(text, locale), argumentsOf(message, 'en')];
      return JSON.stringify(own) === JSON.stringify(english) && !text.includes("'") && text.trim() === text
        ? []
        : `${id}: ${text}`;
    });
    expect(wrong).toEqual([]);
  });

  test('has the plural forms of the language', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    // Spanish and French have a form for millions, which no count reaches.
    const needed = forms.filter((form) => form !== 'many').sort();
    const wrong = Object.entries(en).flatMap(([id, message]) => {
      if (pluralForms(message, 'en').length === 0) return [];
      const own = pluralForms(known[id] ?? message, locale);
      const isRight = own.includes('other') && own.every((form) => needed.some((each) => each === form));
      return isRight ? [] : `${id}: ${own.join(' ')}`;
    });
    expect(wrong).toEqual([]);
  });
});
