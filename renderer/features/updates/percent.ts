// A fraction as people read it.
const format = new Intl.NumberFormat(undefined, { style: 'percent' });

/** @param fraction 0 to 1. */
export function percent(fraction: number): string {
  return format.format(Math.floor(fraction * 100) / 100);
}
