// Formats numbers, durations, money and dates in the language of the interface.
import { joinSpaced } from '../../shared/languages/chinese-spaces';
import { currentLanguage, currentLocale, t } from '../../shared/languages/translate';

/** Formats a number as "1,200". */
export function formatNumber(value: number): string {
  return numberFormat({}).format(value);
}

/** Formats a fraction from 0 to 1 as "42%", rounded down so that only a complete one is "100%". */
export function formatPercent(fraction: number): string {
  return numberFormat({ style: 'percent' }).format(Math.floor(fraction * 100) / 100);
}

/** Formats milliseconds as "0.8 s", "12 s" or "2 min 5 s". */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return t('ui.seconds', { seconds: formatFixed(Math.max(0.1, seconds), 1) });
  const whole = Math.round(seconds);
  if (whole < 60) return t('ui.seconds', { seconds: whole });
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? t('ui.minutes', { minutes }) : t('ui.minutes_and_seconds', { minutes, seconds: rest });
}

/** Lower costs are shown as "under" this cost, in micro-dollars. */
export const smallestShownCost = 1000;

/** Formats micro-dollars as "free", "$0.034" or "$1.20". */
export function formatCost(microUsd: number): string {
  if (microUsd === 0) return t('ui.free');
  const dollars = microUsd / 1_000_000;
  if (microUsd < smallestShownCost) return t('ui.under', { amount: money(smallestShownCost / 1_000_000, 3) });
  return money(dollars, dollars < 1 ? 3 : 2);
}

/** Formats an expected cost as "about $0.034", "under $0.001" or "free". */
export function formatExpectedCost(microUsd: number): string {
  const cost = formatCost(microUsd);
  return microUsd < smallestShownCost ? cost : t('usage.about_cost', { cost });
}

/** Formats bytes as "640 B", "88 kB", "1.7 MB" or "2.1 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t('ui.bytes', { count: bytes });
  if (bytes < 999_500) return t('ui.kilobytes', { count: formatFixed(bytes / 1000, 0) });
  if (bytes < 999_500_000) return t('ui.megabytes', { count: formatFixed(bytes / 1_000_000, 1) });
  return t('ui.gigabytes', { count: formatFixed(bytes / 1_000_000_000, 1) });
}

/** Formats a local date with the given parts, such as "3 December 2026". */
export function formatDate(at: number | Date, parts: Intl.DateTimeFormatOptions): string {
  return dateFormat(parts).format(at);
}

/** Formats a local day as "3 December", with the year unless it is the one of `now`. @param now null: always with the year. */
export function formatDay(at: number, now: number | null = Date.now()): string {
  const isThisYear = now !== null && new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatDate(at, { day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) });
}

/** Formats a local month as "March 2024". */
export function formatMonth(at: number | Date): string {
  return formatDate(at, { month: 'long', year: 'numeric' });
}

/** Formats a local time as "3 December 2026 at 14:05". */
export function formatTime(at: number): string {
  return formatDate(at, { dateStyle: 'long', timeStyle: 'short' });
}

/** Formats a past time as "5 minutes ago", "yesterday" or "3 months ago". @param now `useMinute` in a component. */
export function formatAgo(at: number, now: number): string {
  const minutes = Math.max(1, Math.round((now - at) / 60_000));
  const [unit, count] = agoUnits.find(([, length]) => minutes >= length) ?? (['minute', 1] as const);
  const ago = relativeFormat({ numeric: unit === 'day' ? 'auto' : 'always' });
  return ago.format(-Math.floor(minutes / count), unit).replace(/(\d) /g, '$1\u00a0');
}

/** The units and their lengths in minutes, the longest first. */
const agoUnits = [
  ['year', 525_600],
  ['month', 43_800],
  ['day', 1440],
  ['hour', 60],
] as const;

/** Joins words as "a, b and c", or as "a, b or c". */
export function formatList(
  words: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  const parts = new Intl.ListFormat(currentLocale(), { type }).formatToParts(words);
  const texts = parts.map(({ value }) => value);
  return currentLanguage() === 'zh' ? joinSpaced(texts) : texts.join('');
}

/** Formats a number with `digits` decimals, as "0.5". */
export function formatFixed(value: number, digits: number): string {
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** @param amount in US dollars. */
function money(amount: number, digits: number): string {
  return numberFormat({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

// Creating a format takes a hundred times longer than using it.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numberFormats, options, (locale) => new Intl.NumberFormat(locale, options));
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, options, (locale) => new Intl.DateTimeFormat(locale, options));
}

function relativeFormat(options: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat {
  return kept(relativeFormats, options, (locale) => new Intl.RelativeTimeFormat(locale, options));
}

function kept<Format>(
  formats: Map<string, Format>,
  options: object,
  create: (locale: string) => Format,
): Format {
  const locale = currentLocale();
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = create(locale);
  formats.set(key, format);
  return format;
}

/** Returns the text with its first letter capitalised. */
export function withCapital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(currentLocale()));
}
