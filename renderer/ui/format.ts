// Formats numbers, durations, money and dates. The interface is in English, so the formats are too.

const numbers = new Intl.NumberFormat('en');
const percents = new Intl.NumberFormat('en', { style: 'percent' });

/** Formats a number as "1,200". */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** Formats a fraction from 0 to 1 as "42%", rounded down so that only a complete one is "100%". */
export function formatPercent(fraction: number): string {
  return percents.format(Math.floor(fraction * 100) / 100);
}

/** Formats a count with its noun, as "1 picture" or "1,200 pictures". */
export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Formats milliseconds as "0.8 s", "12 s" or "2 min 5 s". */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

/** Formats micro-dollars as "free", "$0.034" or "$1.20". */
export function formatCost(microUsd: number): string {
  if (microUsd === 0) return 'free';
  const dollars = microUsd / 1_000_000;
  if (dollars < 0.001) return 'under $0.001';
  return `$${dollars.toFixed(dollars < 1 ? 3 : 2)}`;
}

/** Formats bytes as "640 B", "88 kB", "1.7 MB" or "2.1 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 999_500_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** Formats a local date with the given parts, in the order of British English, such as "3 December 2026". */
export function formatDate(at: number | Date, parts: Intl.DateTimeFormatOptions): string {
  return new Date(at).toLocaleDateString('en-GB', parts);
}

/** Formats a local day as "3 December", with the year unless it is the current one. */
export function formatDay(at: number, now: number = Date.now()): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatDate(at, { day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) });
}

/** Formats a local month as "March 2024". */
export function formatMonth(at: number | Date): string {
  return formatDate(at, { month: 'long', year: 'numeric' });
}

/** Formats a local time as "3 December 2026 at 14:05". */
export function formatTime(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}
