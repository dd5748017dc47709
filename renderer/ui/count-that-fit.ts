// How many items of a row fit beside a button for the others.

/** Of the rows that fold, in CSS pixels: see FoldingRow.module.css and IconButton.module.css. */
const gapPx = 4;
const morePx = 32;

/**
 * @param widths of all items, in CSS pixels; 0 for one that is not shown.
 * @param room for the row, in CSS pixels.
 * @returns the number of items that stay; all of them if they fit without the button.
 */
export function countThatFit(widths: readonly number[], room: number): number {
  const ends: number[] = [];
  let end = 0;
  for (const width of widths) {
    if (width > 0) end += (end > 0 ? gapPx : 0) + width;
    ends.push(end);
  }
  // Rooms are whole pixels, widths may not be.
  if (end <= room + 1) return widths.length;
  const left = room - morePx - gapPx;
  const first = ends.findIndex((each) => each > left);
  return first < 0 ? widths.length : first;
}
