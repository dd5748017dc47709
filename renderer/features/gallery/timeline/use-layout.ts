// Lays out the timeline for the available space and the loaded order.
import { useMemo, useRef } from 'react';
import { isFiltered } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';
import { spansMonths } from './axis';
import { type Density, groupingFor, rowHeightFor } from './density';
import { type Layout, type LayoutOptions, layOut } from './layout';

/** CSS pixels. */
const gap = 8;
/** Margins beside the rows, as in the style sheet: on both sides, without and with the scrubber. */
const [marginsPx, scrubberMarginsPx] = [24 + 24, 24 + 68];
export const headHeight = 44;
const sectionGap = 20;

/**
 * Lays the gallery's pictures out.
 *
 * @param width of the rows with the margins beside them, in CSS pixels
 * @param height of the viewport, in CSS pixels
 */
export function useTimelineLayout(width: number, height: number, density: Density) {
  const { index, isComplete, query } = useGallery();
  const isByDate = query.sort === 'newest' || query.sort === 'oldest';
  const isFound = isFiltered(query);
  const { alone, besideScrubber } = useMemo(() => {
    const grouping = groupingFor(density, isByDate, isFound);
    const optionsFor = (margins: number): LayoutOptions => {
      const room = Math.max(100, width - margins);
      return {
        width: room,
        rowHeight: rowHeightFor(density, room, height),
        gap,
        headHeight,
        sectionGap,
        grouping,
      };
    };
    return { alone: optionsFor(marginsPx), besideScrubber: optionsFor(scrubberMarginsPx) };
  }, [density, isByDate, isFound, width, height]);
  const previous = useRef<Layout | null>(null);
  const layout = useMemo(() => {
    // The scrubber is shown only if it is useful: with pictures of another month, several screens away.
    if (isByDate && (!isComplete || spansMonths(index))) {
      const laidOut = layOut(index, besideScrubber, previous.current);
      if (laidOut.height > 2 * height) return laidOut;
    }
    return layOut(index, alone, previous.current);
  }, [index, isComplete, isByDate, alone, besideScrubber, height]);
  previous.current = layout;
  return { layout, hasScrubber: layout.options === besideScrubber };
}
