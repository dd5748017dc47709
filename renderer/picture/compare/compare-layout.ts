// How compared pictures are arranged: in as many columns as make them largest.

type Size = { width: number; height: number };

/** CSS pixels, also in Compare.module.css. */
const compareGap = 12;
/** Around what is in a pane (CSS pixels), also in Compare.module.css. */
const panePadding = 8;
/**
 * From these widths on (CSS pixels), the buttons are in one row, the one that keeps the picture names all of what it does,
 * and the words are beside the buttons.
 */
const [narrowFrom, mediumFrom, wideFrom] = [270, 400, 760];

/** How what is said about a picture and its buttons share the space under it. */
export type CaptionShape = 'tight' | 'narrow' | 'medium' | 'wide';

export type CompareLayout = { columns: number; caption: CaptionShape };

/** What is said about the pictures besides their model, price and time. */
export type CaptionLines = { hasOwnFacts: boolean; hasOwnPrompts: boolean };

/**
 * Returns the arrangement in which the smallest picture is largest. One row is preferred, if its pictures are hardly
 * smaller, because nothing is easier to compare.
 *
 * @param ratios width divided by height, for each picture.
 * @param room for all of them (CSS pixels).
 */
export function compareLayout(ratios: readonly number[], room: Size, lines: CaptionLines): CompareLayout {
  const layouts = ratios.flatMap((_, index) => {
    const columns = index + 1;
    // A single picture in the second row would look left over.
    const isLeftOver = columns > 2 && ratios.length % columns === 1;
    return isLeftOver ? [] : layoutOf(columns, ratios, room, lines);
  });
  const best = Math.max(...layouts.map(({ area }) => area));
  const good = layouts.filter(({ area }) => area >= best * rowPreference);
  const { columns, caption } = good.at(-1) ?? layoutOf(1, ratios, room, lines);
  return { columns, caption };
}

/** As areas; about a tenth of the width. */
const rowPreference = 0.8;

function layoutOf(
  columns: number,
  ratios: readonly number[],
  { width, height }: Size,
  lines: CaptionLines,
): CompareLayout & { area: number } {
  const rows = Math.ceil(ratios.length / columns);
  const paneWidth = (width - compareGap * (columns - 1)) / columns - 2 * panePadding;
  const caption = captionShape(paneWidth);
  const around = captionHeight(caption, lines) + 3 * panePadding;
  const paneHeight = (height - compareGap * (rows - 1)) / rows - around;
  const areas = ratios.map((ratio) => {
    const shown = Math.max(0, Math.min(paneWidth, paneHeight * ratio));
    return shown ** 2 / ratio;
  });
  return { columns, caption, area: Math.min(...areas) };
}

function captionShape(width: number): CaptionShape {
  if (width < narrowFrom) return 'tight';
  if (width < mediumFrom) return 'narrow';
  return width < wideFrom ? 'medium' : 'wide';
}

/** In CSS pixels: lines of text, of which prompts have two, and rows of buttons. */
function captionHeight(caption: CaptionShape, { hasOwnFacts, hasOwnPrompts }: CaptionLines): number {
  const text = 17 + (hasOwnFacts ? 17 : 0) + (hasOwnPrompts ? 34 : 0);
  if (caption === 'wide') return Math.max(32, text);
  return text + 36 + (caption === 'tight' ? 36 : 0);
}
