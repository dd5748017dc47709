// Hides focus rings that do not help keyboard users. After a click into a scrolling region, or beside the pictures of a grid,
// the browser would draw a ring around the whole region at the next key.

/** Controls, where the ring shows the target of the next key, even after a click. */
const acts =
  'a, button, input, select, textarea, summary, canvas, figure, [role="option"], [role="gridcell"], [role="slider"]';

/** Watches the whole page. */
export function quietFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.matches(acts)) return;
    // Focus that Tab or another key has moved is visible at once.
    target.toggleAttribute('data-quiet', !target.matches(':focus-visible'));
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target instanceof HTMLElement) target.removeAttribute('data-quiet');
  });
}
