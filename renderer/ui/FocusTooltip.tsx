// Shows the tooltip of the element that the keyboard has focused, because the platform only shows titles on hover.
import { useEffect, useRef } from 'react';
import styles from './FocusTooltip.module.css';

/** Delay before the tooltip appears, so that passing through with Tab shows none (ms). */
const delayMs = 300;
/** Distance from the element and from the edges of the window (CSS pixels). */
const gapPx = 6;

/** Rendered once in the app. It is also above dialogs. */
export function FocusTooltip() {
  const tooltip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = tooltip.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      if (element.matches(':popover-open')) element.hidePopover();
    };
    const onFocusIn = ({ target }: FocusEvent) => {
      hide();
      // Not for fields, which keep the focus for a long time.
      if (!(target instanceof HTMLElement) || !target.matches(':is(a, button, summary)[title]:focus-visible'))
        return;
      timer = setTimeout(() => target === document.activeElement && show(element, target), delayMs);
    };
    const listeners = new AbortController();
    const options = { capture: true, signal: listeners.signal };
    document.addEventListener('focusin', onFocusIn, options);
    for (const event of ['focusout', 'pointerdown', 'keydown', 'scroll', 'wheel'] as const) {
      document.addEventListener(event, hide, { ...options, passive: true });
    }
    window.addEventListener('resize', hide, options);
    return () => {
      listeners.abort();
      clearTimeout(timer);
    };
  }, []);
  // The style draws the text, because screen readers already read it with the focused element.
  return <div ref={tooltip} popover="manual" className={styles['tooltip']} aria-hidden />;
}

function show(element: HTMLElement, target: HTMLElement): void {
  // Not shown: the name of an attribute.
  element.setAttribute('data-text', target.title);
  element.showPopover();
  const [place, own] = [target.getBoundingClientRect(), element.getBoundingClientRect()];
  const middle = place.left + place.width / 2 - own.width / 2;
  const isRoomAbove = place.top - own.height - gapPx >= 0;
  const x = Math.max(gapPx, Math.min(middle, innerWidth - own.width - gapPx));
  const y = isRoomAbove ? place.top - own.height - gapPx : place.bottom + gapPx;
  // Not shown: CSS.
  element.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
}
