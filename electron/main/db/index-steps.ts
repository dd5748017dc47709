// How much is added to a full-text index in one step, so that the main process stays responsive.

/** Rows that have hardly any words. */
export const maxPerStep = 8;
/** Characters of all texts of a step; a longer text is a step by itself. They take a few milliseconds. */
const maxCharacters = 1200;

/** Returns the first rows that fill a step, at least one if there is any. */
export function takeStep<Row>(rows: readonly Row[], lengthOf: (row: Row) => number): Row[] {
  let characters = 0;
  const end = rows.findIndex((row, index) => {
    characters += lengthOf(row);
    return index > 0 && characters > maxCharacters;
  });
  return end < 0 ? [...rows] : rows.slice(0, end);
}
