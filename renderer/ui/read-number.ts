// Reads a number that a user typed, without guessing the meaning of a separator.

/**
 * Returns the number; null for an empty text; NaN for anything other than a plain number. A comma or a point before
 * exactly three digits is refused, because "1,000" means a thousand to some users and one to others.
 */
export function readNumber(text: string): number | null {
  const plain = text.trim();
  if (plain === '') return null;
  if (!/^\d{1,12}([.,]\d{1,9})?$/.test(plain) || /[.,]\d{3}$/.test(plain)) return Number.NaN;
  return Number(plain.replace(',', '.'));
}
