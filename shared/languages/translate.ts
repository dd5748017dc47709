// The text of an id in the language of the interface. Every process has one language at a time.
import { IntlMessageFormat } from 'intl-messageformat';
import { closeUp } from './chinese-spaces';
import { type Catalogue, en, type MessageId } from './en';
import { directionOf, type LanguageCode, localeOf } from './languages';
import { withArticleOfHour } from './spanish-hours';

/** The values of a message's arguments. Numbers and dates are formatted as the message says. */
export type MessageValues = Readonly<Record<string, string | number>>;

type Language = { code: LanguageCode; messages: Partial<Catalogue> };

const english: Language = { code: 'en', messages: en };
let current = english;
const listeners = new Set<() => void>();

/** Changes the language of this process. A text that is missing in `messages` is shown in English. */
export function setLanguage(code: LanguageCode, messages: Partial<Catalogue>): void {
  current = { code, messages };
  for (const listener of listeners) listener();
}

export function currentLanguage(): LanguageCode {
  return current.code;
}

/** Returns the locale for `Intl`'s formats. */
export function currentLocale(): string {
  return localeOf(current.code);
}

/** @returns a function that stops listening. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Returns a text in the language of the interface. Call it when the text is shown, never while a module loads. */
export function t(id: MessageId, values?: MessageValues): string {
  return format(current, id, values);
}

/** Returns a text in English, for the log and for stored texts. */
export function inEnglish(id: MessageId, values?: MessageValues): string {
  return format(english, id, values);
}

/**
 * Returns a message in parts, with elements in the place of its tags.
 *
 * @param values functions for tags, which receive the parts between them, and values for arguments.
 */
export function formatParts<Element>(
  id: MessageId,
  values: Readonly<Record<string, string | number | Element | ((parts: (string | Element)[]) => Element)>>,
): (string | Element)[] {
  const result = formatterOf(current, messageOf(current, id, values)).format<Element>(values);
  return Array.isArray(result) ? result : [result];
}

function format(language: Language, id: MessageId, values: MessageValues | undefined): string {
  const message = messageOf(language, id, values);
  const isMirrored = directionOf(language.code) === 'rtl';
  const given = values && isolated(values, isMirrored);
  const text = insertValues(message, given) ?? String(formatterOf(language, message).format(given));
  // Without marks, a number at the start or end would join the Latin text beside it, as in "Imagen 4 · 1.3 s".
  return isMirrored ? `\u200f${text}\u200f` : text;
}

/** Letters of the scripts that run from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Encloses values with a writing direction of their own in isolates, so that they do not mix with the message. */
function isolated(values: MessageValues, isMirrored: boolean): MessageValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      // A single Latin word cannot mix, and a `select` argument may compare it.
      const mixes = typeof value === 'string' && (isMirrored ? /[^\w-]/ : rightToLeft).test(value);
      return [name, mixes ? `\u2068${value}\u2069` : value];
    }),
  );
}

/**
 * Returns a message with its values inserted; null if a value is missing or the message needs a real formatter. Most
 * messages do not, and creating the library's first formatter would delay the first paint by 20 ms.
 */
function insertValues(message: string, values: MessageValues = {}): string | null {
  // An apostrophe quotes braces: https://unicode-org.github.io/icu/userguide/format_parse/messages/#quotingescaping
  if (!/[{}<]/.test(message)) return message;
  const parts = message.split(/\{(\w+)\}/);
  const isPlain = parts.every((part, index) =>
    index % 2 === 1 ? values[part] !== undefined : !/[{}<']/.test(part),
  );
  if (!isPlain) return null;
  return parts.map((part, index) => (index % 2 === 1 ? String(values[part]) : part)).join('');
}

function messageOf(
  { code, messages }: Language,
  id: MessageId,
  values: Readonly<Record<string, unknown>> = {},
): string {
  const message = messages[id] ?? en[id];
  if (code === 'zh') return closeUp(message, values);
  return code === 'es' ? withArticleOfHour(message, values) : message;
}

const formatters = new Map<string, IntlMessageFormat>();

/** Parsing a message takes much longer than formatting it. */
function formatterOf(language: Language, message: string): IntlMessageFormat {
  const key = `${language.code} ${message}`;
  const known = formatters.get(key);
  if (known) return known;
  const formatter = new IntlMessageFormat(message, localeOf(language.code));
  formatters.set(key, formatter);
  return formatter;
}

/**
 * Joins whole sentences in the way of the current language: with a space, or without one in Chinese and Japanese.
 * Omits empty ones.
 */
export function joinSentences(sentences: readonly (string | false | null | undefined)[]): string {
  return sentences.filter(Boolean).join(current.code === 'ja' || current.code === 'zh' ? '' : ' ');
}
