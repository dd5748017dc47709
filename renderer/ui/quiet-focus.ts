// A ring belongs to what the keyboard has focused and can act on. After a click somewhere in a region that scrolls, or beside
// the pictures of a grid, the platform would draw one around all of it with the next key.

/** What acts by itself: there the ring says where the next key goes, also after a click. */
const acts =
  'a, button, input, select, textarea, summary, canvas, figure, [role="option"], [role="gridcell"], [role="slider"]';

/** Watches the whole page. */
export function quietFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.matches(acts)) return;
    // Tab, or a key that moves the focus, is what makes it visible at once.
    target.toggleAttribute('data-quiet', !target.matches(':focus-visible'));
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target instanceof HTMLElement) target.removeAttribute('data-quiet');
  });
}
