// Arranges compared pictures in the number of columns that makes them largest.

type Size = { width: number; height: number };

/** CSS pixels, also in Compare.module.css. */
const compareGap = 12;
/** Padding of a pane (CSS pixels), also in Compare.module.css. */
const panePadding = 8;
/**
 * Widths (CSS pixels) from which, in this order, the buttons are in one row, the button that keeps the picture has its full
 * label, and the text is beside the buttons.
 */
const [narrowFrom, mediumFrom, wideFrom] = [270, 400, 760];

/** How a picture's text and buttons share the space under it. */
export type CaptionShape = 'tight' | 'narrow' | 'medium' | 'wide';

export type CompareLayout = { columns: number; caption: CaptionShape };

/** The lines of text besides model, price and time. */
export type CaptionLines = { hasOwnFacts: boolean; hasOwnPrompts: boolean };

/**
 * Returns the arrangement in which the smallest picture is largest. A single row is preferred if its pictures are hardly
 * smaller, because it is the easiest to compare.
 *
 * @param ratios width divided by height, for each picture.
 * @param room the space for all pictures (CSS pixels).
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

/** Minimum ratio of areas at which one row is preferred; about a tenth of the width. */
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

/** Returns the height in CSS pixels: lines of text, two of them for a prompt, and rows of buttons. */
function captionHeight(caption: CaptionShape, { hasOwnFacts, hasOwnPrompts }: CaptionLines): number {
  const text = 17 + (hasOwnFacts ? 17 : 0) + (hasOwnPrompts ? 34 : 0);
  if (caption === 'wide') return Math.max(32, text);
  return text + 36 + (caption === 'tight' ? 36 : 0);
}
