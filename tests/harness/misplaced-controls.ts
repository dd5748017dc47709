// Finds controls that cannot be reached: outside of the window, or clipped by an element that does not scroll.
import type { Page } from '@playwright/test';
import { untilStill } from './until-still';

/** Maximum number of checks. A changed element may be laid out again. */
const maxChecks = 20;

/**
 * Returns the controls that are misplaced after the page has come to rest. Checks all controls that are visible and
 * not inert; under a modal dialog, only those in the dialog. Does not check controls that appear only on hover.
 *
 * @returns a description of each misplaced control.
 */
export async function misplacedControls(page: Page): Promise<string[]> {
  let found: string[] = [];
  for (let checks = 0; checks < maxChecks; checks += 1) {
    await untilStill(page);
    found = await checkOnce(page);
    if (found.length === 0) break;
  }
  return found;
}

function checkOnce(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Range = { from: number; to: number };
    const axes = ['x', 'y'] as const;
    const rangeOf = ({ left, right, top, bottom }: DOMRect, axis: 'x' | 'y'): Range =>
      axis === 'x' ? { from: left, to: right } : { from: top, to: bottom };
    /** Tolerates a rounding error of one pixel. */
    const isWithin = (inner: Range, outer: Range) => inner.from >= outer.from - 1 && inner.to <= outer.to + 1;

    /** Yields the ancestors that may clip an element, innermost first. */
    function* cuttersOf(element: Element): Generator<Element> {
      let current = element;
      let { position } = getComputedStyle(current);
      while (current.parentElement) {
        // The element is in the top layer, or positioned relative to the window.
        if (position === 'fixed' || current.matches(':popover-open, dialog:modal')) return;
        current = current.parentElement;
        const style = getComputedStyle(current);
        const isContainer = style.position !== 'static' || style.containerType !== 'normal';
        if (position === 'absolute' && !isContainer) continue;
        position = style.position;
        if (current !== document.body && current !== document.documentElement) yield current;
      }
    }

    function faultOf(element: Element, axis: 'x' | 'y'): string | null {
      const own = rangeOf(element.getBoundingClientRect(), axis);
      let range = own;
      for (const cutter of cuttersOf(element)) {
        const style = getComputedStyle(cutter);
        const overflow = axis === 'x' ? style.overflowX : style.overflowY;
        if (overflow === 'visible') continue;
        const bounds = rangeOf(cutter.getBoundingClientRect(), axis);
        const isScrolling = overflow === 'auto' || overflow === 'scroll';
        // It can be scrolled into view, so from here on the scroll container's own bounds count.
        if (isScrolling) range = bounds;
        else if (!isWithin(range, bounds)) {
          return `cut off by ${cutter.tagName}.${cutter.className} (${bounds.from}-${bounds.to})`;
        }
      }
      const end = axis === 'x' ? innerWidth : innerHeight;
      return isWithin(range, { from: 0, to: end }) ? null : `outside of the window (0-${end})`;
    }

    const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
    const selector = 'a[href], button, input, textarea, select, summary, [role="slider"], [tabindex="0"]';
    return [...(modal ?? document).querySelectorAll(selector)].flatMap((element) => {
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const { width, height } = element.getBoundingClientRect();
      if (!isShown || element.closest('[inert]') || width === 0 || height === 0) return [];
      return axes.flatMap((axis) => {
        const fault = faultOf(element, axis);
        if (fault === null) return [];
        const { from, to } = rangeOf(element.getBoundingClientRect(), axis);
        const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return [`${element.tagName} “${name.slice(0, 40)}” ${axis} ${from}-${to}: ${fault}`];
      });
    });
  });
}
