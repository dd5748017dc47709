// Reads a search text that names a time, such as "last week" or "March 2025", in the language of the interface.
import { datesAround, datesOfPeriod, type Period, periods, startOfDay } from '../../../shared/domain/periods';
import { currentLanguage, currentLocale, t } from '../../../shared/languages/translate';
import type { NamedDates } from '../../state/gallery/dates-text';
import { isFullDay, readDay } from './dates';

/** Number of latest years that a month without a year may belong to. */
const maxYears = 3;
/** The earliest year, because there were no digital pictures before. */
const firstYear = 1970;

/**
 * Returns the periods that a text names, the likeliest first. Empty if the text contains any other word, so that it is only
 * searched for.
 */
export function readDateWords(text: string, now: number = Date.now()): NamedDates[] {
  const day = isFullDay(text) ? readDay(text, now) : null;
  if (day !== null) return [unnamed('day', day)];
  const parts = partsOf(text);
  return parts ? periodsOf(parts, now) : [];
}

type Parts = { period?: Period; month?: number; year?: number; date?: number };
type Word = Parts | 'filler';

/** Returns the meaning of a text's words, or null if a word is not about time or contradicts another. */
function partsOf(text: string): Parts | null {
  const words = knownWords();
  const parts: Parts = {};
  let rest = plain(text);
  while (rest !== '') {
    const found = readNumber(rest) ?? readWord(rest, words);
    if (!found) return null;
    const { word, length } = found;
    if (word !== 'filler') {
      if (Object.keys(word).some((part) => part in parts)) return null;
      Object.assign(parts, word);
    }
    rest = rest.slice(length).replace(/^[\s,.]+/, '');
  }
  return parts;
}

function periodsOf({ period, month, year, date }: Parts, now: number): NamedDates[] {
  const thisYear = new Date(now).getFullYear();
  if (period !== undefined && month === undefined) {
    return year === undefined && date === undefined ? [{ period, ...datesOfPeriod(period, now) }] : [];
  }
  const isOfYear = period === undefined || period === 'this_year' || period === 'last_year';
  if (!isOfYear || (period !== undefined && year !== undefined)) return [];
  const named = period === undefined ? year : thisYear - (period === 'last_year' ? 1 : 0);
  if (named !== undefined && (named < firstYear || named > thisYear)) return [];
  if (month === undefined) {
    return named === undefined || date !== undefined ? [] : [unnamed('year', startOfDay(named, 0, 1))];
  }
  const years =
    named === undefined ? Array.from({ length: maxYears + 1 }, (_, at) => thisYear - at) : [named];
  return years
    .flatMap((each) =>
      date === undefined ? unnamed('month', startOfDay(each, month, 1)) : dayOf(each, month, date),
    )
    .filter(({ from }) => from <= now)
    .slice(0, maxYears);
}

function unnamed(unit: 'day' | 'month' | 'year', at: number): NamedDates {
  return { period: null, ...datesAround(unit, at) };
}

/** Returns an empty list for the 31st of a shorter month. */
function dayOf(year: number, month: number, date: number): NamedDates[] {
  const day = startOfDay(year, month, date);
  return new Date(day).getDate() === date ? [unnamed('day', day)] : [];
}

type Found = { word: Word; length: number };

/** Reads "2025", "3", "3rd", "3." or, as in Chinese and Japanese, "2025年", "3月" and "3日". */
function readNumber(text: string): Found | null {
  const found = /^(\d{1,4})(?:([年月日号號])|(?:st|nd|rd|th|er)?(?![a-z\d]))/.exec(text);
  if (!found) return null;
  const [{ length }, digits, unit] = found;
  const value = Number(digits);
  if (unit === '年' || (unit === undefined && value >= 1000)) return { word: { year: value }, length };
  if (unit === '月') return value >= 1 && value <= 12 ? { word: { month: value - 1 }, length } : null;
  return value >= 1 && value <= 31 ? { word: { date: value }, length } : null;
}

/** @param words the longest first, so that no part of a word is taken for another one. */
function readWord(text: string, words: readonly [form: string, word: Word][]): Found | null {
  for (const [form, word] of words) {
    if (!text.startsWith(form)) continue;
    // In scripts with spaces, more letters after the match mean a different word.
    const goesOn = /[a-z]$/.test(form) && /^[a-z\d]/.test(text.slice(form.length));
    if (!goesOn) return { word, length: form.length };
  }
  return null;
}

/** Cached by language, because collecting the words takes longer than reading a text. */
const wordsOfLanguage = new Map<string, [form: string, word: Word][]>();

function knownWords(): readonly [form: string, word: Word][] {
  const language = currentLanguage();
  const known = wordsOfLanguage.get(language);
  if (known) return known;
  const forms = (list: string) => list.split('|').map(plain);
  const words: [form: string, word: Word][] = [
    ...forms(t('gallery.words_beside_dates')).map((form): [string, Word] => [form, 'filler']),
    ...monthNames().map(([name, month]): [string, Word] => [plain(name), { month }]),
    ...periods.flatMap((period) =>
      forms(t(`gallery.words_${period}`)).map((form): [string, Word] => [form, { period }]),
    ),
  ];
  const sorted = words
    .filter(([form]) => form !== '')
    .toSorted(([one], [other]) => other.length - one.length);
  wordsOfLanguage.set(language, sorted);
  return sorted;
}

/** Returns long and short names, including other countries' variants of short names. */
function monthNames(): [name: string, month: number][] {
  const locales = [currentLocale(), currentLocale().split('-')[0] ?? 'en'];
  return locales.flatMap((locale) =>
    (['long', 'short'] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(locale, { month });
      return Array.from({ length: 12 }, (_, at): [string, number] => [
        format.format(new Date(2026, at, 1)).replace(/\.$/, ''),
        at,
      ]);
    }),
  );
}

/** Removes case, accents and the width of letters. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
