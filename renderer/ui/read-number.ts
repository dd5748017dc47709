// Reads a number that a user typed, without guessing what a separator means.

/**
 * Returns the number; null for an empty text; NaN for anything that is no plain number. A comma or a point before
 * exactly three digits is refused: "1,000" is a thousand to one reader and one to another.
 */
export function readNumber(text: string): number | null {
  const plain = text.trim();
  if (plain === '') return null;
  if (!/^\d{1,12}([.,]\d{1,9})?$/.test(plain) || /[.,]\d{3}$/.test(plain)) return Number.NaN;
  return Number(plain.replace(',', '.'));
}
