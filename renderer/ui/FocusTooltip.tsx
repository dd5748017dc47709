// The tooltip of what the keyboard has focused: the platform shows a title under the pointer only.
import { useEffect, useRef } from 'react';
import styles from './FocusTooltip.module.css';

/** Whoever only passes through with Tab sees none (ms). */
const delayMs = 300;
/** From the element, and from the edges of the window (CSS pixels). */
const gapPx = 6;

/** Once in the app. It is above dialogs, too. */
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
      // A field keeps its title for the pointer: the focus stays there for long.
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
  // The style draws the text, which the element that has the focus says already.
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
