// The rendered rows under their dates. Each section's element covers only the part near the viewport.
import { memo } from 'react';
import { colourAt, idAt, type PictureIndex } from '../../../state/gallery/picture-index';
import { useDay } from '../../../ui/day';
import type { RowRange } from './find-row';
import { type Layout, sectionKey } from './layout';
import { sectionName } from './sections';
import { Tile } from './Tile';
import styles from './Timeline.module.css';
import type { View } from './view';

/** Step in which a section's element moves (CSS pixels). Large, so that rows rarely move within it. */
const cutStepPx = 20_000;

type Props = {
  index: PictureIndex;
  view: View;
  rows: RowRange;
  /** Which thumbnails may load now. */
  mayLoad: 'all' | 'screen' | 'none';
  /** Whether scrolling has stopped. */
  isResting: boolean;
  /** The index of the picture that Tab reaches, and its row, which is rendered even outside the viewport. */
  focusAt: number;
  focusRow: number;
};

export function Sections({ index, view, rows, mayLoad, isResting, focusAt, focusRow }: Props) {
  const { layout, y, scrollTop, height } = view;
  const shift = y - scrollTop;
  const cutTop = Math.floor((y - cutStepPx / 2) / cutStepPx) * cutStepPx;
  const cutBottom = cutTop + 3 * cutStepPx + height;
  const isFocusAway = focusRow < rows.first || focusRow > rows.last;
  const day = useDay();
  const blocks = [];
  for (let row = rows.first; row <= rows.last; ) {
    const section = layout.rowSection[row] ?? 0;
    const first = row;
    while (row <= rows.last && layout.rowSection[row] === section) row += 1;
    const top = Math.max(layout.sectionTop[section] ?? 0, cutTop);
    // The date scrolls away with the section's last row, and does not stay over the following gap.
    const end =
      section + 1 < layout.sections
        ? (layout.sectionTop[section + 1] ?? 0) - layout.options.sectionGap
        : layout.height;
    const start = layout.sectionStart[section] ?? 0;
    const name = sectionName(start, layout.options.grouping, day);
    blocks.push(
      // biome-ignore lint/a11y/useSemanticElements: the grid is not a table.
      <div
        key={sectionKey(layout, section)}
        role="rowgroup"
        className={styles['section']}
        aria-label={name || undefined}
        style={{ top: top - shift, height: Math.min(end, cutBottom) - top }}
      >
        {name !== '' && (
          <div className={styles['date']} aria-hidden>
            {name}
          </div>
        )}
        {rowsBetween(first, row).map((at) => (
          <Row
            key={idAt(index, layout.rowFirst[at] ?? 0)}
            index={index}
            layout={layout}
            row={at}
            top={(layout.rowTop[at] ?? 0) - top}
            mayLoad={mayLoad === 'all' || (mayLoad === 'screen' && isOnScreen(view, at))}
            isResting={isResting}
            focusAt={at === focusRow ? focusAt : -1}
          />
        ))}
      </div>,
    );
  }
  return (
    <>
      {blocks}
      {isFocusAway && focusAt >= 0 && (
        <Row
          key={`away ${idAt(index, focusAt)}`}
          index={index}
          layout={layout}
          row={focusRow}
          // Just outside the viewport on the correct side: farther away it would make the page longer.
          top={scrollTop + (focusRow < rows.first ? -3 : 3) * height}
          mayLoad={false}
          isResting={isResting}
          focusAt={focusAt}
          isAlone
        />
      )}
    </>
  );
}

function isOnScreen({ layout, y, height }: View, row: number): boolean {
  return (layout.rowTop[row] ?? 0) < y + height;
}

function rowsBetween(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}

type RowProps = {
  index: PictureIndex;
  layout: Layout;
  row: number;
  top: number;
  mayLoad: boolean;
  isResting: boolean;
  focusAt: number;
  /** Renders only the focused picture. */
  isAlone?: boolean;
};

const Row = memo(function Row({
  index,
  layout,
  row,
  top,
  mayLoad,
  isResting,
  focusAt,
  isAlone = false,
}: RowProps) {
  const first = layout.rowFirst[row] ?? 0;
  const places = rowsBetween(first, layout.rowFirst[row + 1] ?? first);
  const height = layout.rowHeight[row] ?? 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid is not a table, and its cells get the focus.
    <div role="row" className={styles['row']} aria-rowindex={row + 1} style={{ top, height }}>
      {places.map((at) => {
        const id = idAt(index, at);
        if (id === undefined || (isAlone && at !== focusAt)) return null;
        return (
          <Tile
            key={id}
            id={id}
            column={at - first + 1}
            left={layout.left[at] ?? 0}
            width={layout.width[at] ?? 0}
            height={height}
            colour={colourAt(index, at)}
            mayLoad={mayLoad}
            isResting={isResting}
            isFocusStop={at === focusAt}
          />
        );
      })}
    </div>
  );
});
