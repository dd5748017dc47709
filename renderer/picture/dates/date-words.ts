// Reads a search text that names a time, such as "last week" or "March 2025", in the language of the interface.
import { currentLanguage, currentLocale, t } from '../../../shared/languages/translate';
import { formatDate, formatMonth } from '../../ui/format';
import { addDays, addMonths, isFullDay, readDay, startOf } from './dates';

const relatives = [
  'today',
  'yesterday',
  'before_yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_year',
  'last_year',
] as const;
type Relative = (typeof relatives)[number];

/** A period and what it was called. Both times are UTC milliseconds, `to` is exclusive. */
export type NamedDates = { name: Relative | 'day' | 'month' | 'year'; from: number; to: number };

/** A month without a year may be of any of the latest ones. */
const maxYears = 3;
/** Cameras and models of before made no files. */
const firstYear = 1970;

/**
 * Returns the periods that a text names and nothing besides, the likeliest first. Empty if it has any other word, so that
 * it is only searched for.
 */
export function readDateWords(text: string, now: number = Date.now()): NamedDates[] {
  const day = isFullDay(text) ? readDay(text, now) : null;
  if (day !== null) return [dayFrom(day)];
  const parts = partsOf(text);
  return parts ? periodsOf(parts, now) : [];
}

/** Returns "Pictures from last week", or with another period. */
export function datesLabel({ name, from }: NamedDates): string {
  const dates = {
    day: () => formatDate(from, { dateStyle: 'long' }),
    month: () => formatMonth(from),
    year: () => formatDate(from, { year: 'numeric' }),
  };
  const isDated = name === 'day' || name === 'month' || name === 'year';
  return t('gallery.pictures_from', { period: name, date: isDated ? dates[name]() : '' });
}

/** Returns the days of a period whose name does not say them, such as "16–22 November 2026"; else null. */
export function daysText({ name, from, to }: NamedDates): string | null {
  if (name === 'day' || name === 'month' || name === 'year') return null;
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'long' }).formatRange(from, to - 1);
}

type Parts = { relative?: Relative; month?: number; year?: number; date?: number };
type Word = Parts | 'filler';

/** Returns what the words of a text mean, or null if one of them is not about time or contradicts another. */
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

function periodsOf({ relative, month, year, date }: Parts, now: number): NamedDates[] {
  const thisYear = new Date(now).getFullYear();
  if (relative !== undefined && month === undefined) {
    return year === undefined && date === undefined ? [relativePeriod(relative, now)] : [];
  }
  const isOfYear = relative === undefined || relative === 'this_year' || relative === 'last_year';
  if (!isOfYear || (relative !== undefined && year !== undefined)) return [];
  const named = relative === undefined ? year : thisYear - (relative === 'last_year' ? 1 : 0);
  if (named !== undefined && (named < firstYear || named > thisYear)) return [];
  if (month === undefined) return named === undefined || date !== undefined ? [] : [yearFrom(named)];
  const years =
    named === undefined ? Array.from({ length: maxYears + 1 }, (_, at) => thisYear - at) : [named];
  return years
    .flatMap((each) => (date === undefined ? monthFrom(each, month) : dayOf(each, month, date)))
    .filter(({ from }) => from <= now)
    .slice(0, maxYears);
}

function relativePeriod(name: Relative, now: number): NamedDates {
  const today = startOf('today', now);
  const daysBefore = (day: number, days: number) => addDays(day, -days) ?? day;
  const week = startOf('week', now);
  const month = startOf('month', now);
  const year = startOf('year', now);
  const periods: Record<Relative, [from: number, to: number]> = {
    today: [today, daysBefore(today, -1)],
    yesterday: [daysBefore(today, 1), today],
    before_yesterday: [daysBefore(today, 2), daysBefore(today, 1)],
    this_week: [week, daysBefore(week, -7)],
    last_week: [daysBefore(week, 7), week],
    this_month: [month, addMonths(month, 1)],
    last_month: [addMonths(month, -1), month],
    this_year: [year, addMonths(year, 12)],
    last_year: [addMonths(year, -12), year],
  };
  const [from, to] = periods[name];
  return { name, from, to };
}

function yearFrom(year: number): NamedDates {
  return { name: 'year', from: new Date(year, 0, 1).getTime(), to: new Date(year + 1, 0, 1).getTime() };
}

function monthFrom(year: number, month: number): NamedDates {
  const from = new Date(year, month, 1).getTime();
  return { name: 'month', from, to: addMonths(from, 1) };
}

function dayFrom(from: number): NamedDates {
  return { name: 'day', from, to: addDays(from, 1) ?? from };
}

/** Returns nothing for the 31st of a shorter month. */
function dayOf(year: number, month: number, date: number): NamedDates[] {
  const day = new Date(year, month, date);
  return day.getMonth() === month && day.getDate() === date ? [dayFrom(day.getTime())] : [];
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

/** @param words the longest first, so that a part of one is not taken for another. */
function readWord(text: string, words: readonly [form: string, word: Word][]): Found | null {
  for (const [form, word] of words) {
    if (!text.startsWith(form)) continue;
    // Letters of words with spaces between them go on to another word.
    const goesOn = /[a-z]$/.test(form) && /^[a-z\d]/.test(text.slice(form.length));
    if (!goesOn) return { word, length: form.length };
  }
  return null;
}

/** By language: reading the catalogue and the names of the months takes longer than reading a text. */
const wordsOfLanguage = new Map<string, [form: string, word: Word][]>();

function knownWords(): readonly [form: string, word: Word][] {
  const language = currentLanguage();
  const known = wordsOfLanguage.get(language);
  if (known) return known;
  const forms = (list: string) => list.split('|').map(plain);
  const words: [form: string, word: Word][] = [
    ...forms(t('gallery.words_beside_dates')).map((form): [string, Word] => [form, 'filler']),
    ...monthNames().map(([name, month]): [string, Word] => [plain(name), { month }]),
    ...relatives.flatMap((relative) =>
      forms(t(`gallery.words_${relative}`)).map((form): [string, Word] => [form, { relative }]),
    ),
  ];
  const sorted = words
    .filter(([form]) => form !== '')
    .toSorted(([one], [other]) => other.length - one.length);
  wordsOfLanguage.set(language, sorted);
  return sorted;
}

/** Long and short names, also those of the language's other countries, which differ in some short ones. */
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

/** Case, accents and the width of letters make no difference of words. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
