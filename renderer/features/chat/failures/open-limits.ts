// Opens Settings at the limits.
import { showView } from '../../../state/navigation';

/** The heading's id in Settings. */
const headingId = 'limits';
/** How long the view may take to appear (ms). */
const maxWaitMs = 5_000;

export function openLimits(): void {
  showView('settings');
  // The view is there after the address has changed and React has rendered.
  const observer = new MutationObserver(show);
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), maxWaitMs);
  show();

  function show(): void {
    const heading = document.getElementById(headingId);
    if (!heading) return;
    observer.disconnect();
    heading.scrollIntoView({ block: 'start' });
    heading.parentElement?.querySelector('input')?.focus({ preventScroll: true });
  }
}
