// Lets navigation keys move the focus into the pictures from outside, without a click.
import { useEffect, useEffectEvent } from 'react';
import { keyAlongLine } from '../../../ui/direction';

/** Focused elements that use these keys themselves. Links and plain buttons do not. */
const usesKeys = 'input, textarea, select, [role], [contenteditable], [popover]';

const arrows: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const jumps: readonly string[] = ['Home', 'End', 'PageUp', 'PageDown'];

/**
 * @param enter focuses the picture that Tab reaches.
 * @param jump moves on from that picture with a key. @returns whether it could.
 */
export function useEnterKeys(
  grid: { readonly current: HTMLElement | null },
  enter: () => void,
  jump: (event: KeyboardEvent) => boolean,
): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open], :popover-open') || grid.current?.closest('[inert]')) return;
    if (document.activeElement?.closest(usesKeys)) return;
    if (arrows.includes(keyAlongLine(event.key))) enter();
    else if (!jumps.includes(event.key) || !jump(event)) return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
