// Hides labels of a full row, one after the other, so that it stays a single row in every language.
import { type RefObject, useLayoutEffect } from 'react';

/** Labels that can be hidden, because they have an icon or a tooltip, in the order in which they are hidden. */
const spareWords = [
  'limits',
  'service',
  'styles',
  'options',
  'picture-only',
  'shape',
  'changed-options',
  'ratio',
] as const;

/** Width at which a name is still recognisable (CSS pixels). Labels are hidden until the name has it. */
const minNamePx = 144;

/** Marks a label that is hidden if it does not fit into the row. */
export function spare(word: (typeof spareWords)[number]) {
  return { 'data-spare': word };
}

/** Marks a name that is truncated if it does not fit into the row. Its tooltip has the whole name. */
export const truncatable = { 'data-truncatable': true };

/**
 * Shows as many labels as fit into a row. While the row is measured it has `data-measured`, so that styles can
 * reserve room for parts that come and go.
 */
export function useFittingLabels(row: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return;
    let width = 0;

    const update = () => hideOverflowing(element);
    const resized = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      update();
    });
    // Runs before the next paint. The row must not change while one of its lists is open.
    const changed = new MutationObserver((records) => {
      const isOfRow = ({ target }: MutationRecord) => !parentOf(target)?.closest('[popover]');
      if (!element.querySelector(':popover-open') && records.some(isOfRow)) update();
    });
    const onToggle = ({ newState }: ToggleEvent) => newState === 'closed' && update();
    resized.observe(element);
    changed.observe(element, { childList: true, characterData: true, subtree: true });
    // Does not bubble.
    element.addEventListener('toggle', onToggle, { capture: true });
    document.fonts.addEventListener('loadingdone', update);
    return () => {
      resized.disconnect();
      changed.disconnect();
      element.removeEventListener('toggle', onToggle, { capture: true });
      document.fonts.removeEventListener('loadingdone', update);
    };
  }, [row]);
}

function parentOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

function hideOverflowing(row: HTMLElement): void {
  // Not on screen.
  if (row.clientWidth === 0) return;
  row.toggleAttribute('data-measured', true);
  const words = spareWords.flatMap((word) => [...row.querySelectorAll(`[data-spare="${word}"]`)]);
  for (const word of words) word.removeAttribute('data-left-out');
  for (const word of words) {
    if (hasRoom(row)) break;
    word.setAttribute('data-left-out', '');
  }
  row.removeAttribute('data-measured');
}

function hasRoom(row: HTMLElement): boolean {
  const names = [...row.querySelectorAll('[data-truncatable]')];
  return (
    row.scrollWidth <= row.clientWidth &&
    names.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth || clientWidth >= minNamePx)
  );
}
