// How compared pictures are arranged: in as many columns as make them largest.

type Size = { width: number; height: number };

/** CSS pixels, also in Compare.module.css. */
export const compareGap = 12;
/** From this width on, a pane has its words and its actions in one row. */
const wideFrom = 540;
/** The height of what is under a picture: words of three lines, and the actions beside or below them. */
const captionHeights = { wide: 60, narrow: 100 };

export type CompareLayout = {
  columns: number;
  /** The height that is kept for what is under each picture (CSS pixels). */
  caption: number;
  isNarrow: boolean;
};

/**
 * Returns the arrangement in which the smallest picture is largest. One row is preferred, if its pictures are hardly
 * smaller, because nothing is easier to compare.
 *
 * @param ratios width divided by height, for each picture.
 * @param room for all of them (CSS pixels).
 */
export function compareLayout(ratios: readonly number[], room: Size): CompareLayout {
  const layouts = ratios.flatMap((_, index) => {
    const columns = index + 1;
    // A single picture in the second row would look left over.
    const isLeftOver = columns > 2 && ratios.length % columns === 1;
    return isLeftOver ? [] : layoutOf(columns, ratios, room);
  });
  const best = Math.max(...layouts.map(({ area }) => area));
  const good = layouts.filter(({ area }) => area >= best * rowPreference);
  const { columns, caption, isNarrow } = good.at(-1) ?? layoutOf(1, ratios, room);
  return { columns, caption, isNarrow };
}

/** As areas; about a tenth of the width. */
const rowPreference = 0.8;

function layoutOf(columns: number, ratios: readonly number[], { width, height }: Size) {
  const rows = Math.ceil(ratios.length / columns);
  const paneWidth = (width - compareGap * (columns - 1)) / columns;
  const isNarrow = paneWidth < wideFrom;
  const caption = isNarrow ? captionHeights.narrow : captionHeights.wide;
  const paneHeight = (height - compareGap * (rows - 1)) / rows - caption;
  const areas = ratios.map((ratio) => {
    const shown = Math.max(0, Math.min(paneWidth, paneHeight * ratio));
    return shown ** 2 / ratio;
  });
  return { columns, caption, isNarrow, area: Math.min(...areas) };
}
