// A menu of actions at a point of the window or beside a button: icons, names and shortcuts, with the keys of a menu.
// https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
import type { LucideIcon } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
} from 'react';
import { leftOfAligned } from './direction';
import styles from './Menu.module.css';
import { ariaShortcut, matchesShortcut, type Shortcut, shortcutText } from './shortcut';

export type MenuItem = {
  name: string;
  icon: LucideIcon;
  label: string;
  shortcut?: Shortcut;
  hint?: string;
  /** The formatted price of the action. */
  price?: string;
  isEnabled: boolean;
  /** Whether a toggle is on; undefined for other items. */
  isOn?: boolean | undefined;
  run: () => void;
};

/** In CSS pixels of the window. */
export type MenuPlace = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

type Props = {
  /** Accessible name. */
  name: string;
  sections: readonly (readonly MenuItem[])[];
  place: MenuPlace;
  onClose: () => void;
};

/** Distance to the button and to the edges of the window (CSS pixels). */
const gapPx = 6;

export function Menu({ name, sections, place, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const focusedBefore = useRef<Element | null>(null);

  /** Closes the menu and restores the focus. */
  function close(): void {
    const { current: before } = focusedBefore;
    if (before instanceof HTMLElement && menu.current?.contains(document.activeElement)) {
      before.focus({ preventScroll: true });
    }
    onClose();
  }

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    focusedBefore.current = document.activeElement;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const isPoint = place.left === place.right;
    const below = place.bottom + (isPoint ? 0 : gapPx);
    const above = place.top - height - (isPoint ? 0 : gapPx);
    const top = below + height <= innerHeight - gapPx || above < gapPx ? below : above;
    element.style.left = `${within(leftOfAligned(place, width), innerWidth - width)}px`;
    element.style.top = `${within(top, innerHeight - height)}px`;
    element.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [place]);
  useCloseOutside(menu, close);

  function choose(item: MenuItem): void {
    // Closes first, because the action may move the focus.
    close();
    item.run();
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // The view behind the menu must not handle the same keys.
    event.stopPropagation();
    const item = shortcutItem(event.nativeEvent, sections.flat());
    if (item) {
      event.preventDefault();
      if (!event.repeat) choose(item);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
    const { activeElement } = document;
    const at = activeElement instanceof HTMLElement ? items.indexOf(activeElement) : -1;
    const next = nextItem(event.key, items, at);
    if (next) next.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={menu}
      className={styles['menu']}
      // An automatic popover that opens on a right click would close when the button is released.
      popover="manual"
      role="menu"
      aria-label={name}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        // The row that the menu is in would open it again, at the pointer.
        event.stopPropagation();
      }}
    >
      {sections.map((items) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a menu.
        <div key={items[0]?.name} className={styles['section']} role="group">
          {items.map((item) => (
            <Item key={item.name} item={item} onChoose={() => choose(item)} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Item({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const { icon: Icon, label, shortcut, hint, price, isEnabled, isOn } = item;
  return (
    <button
      type="button"
      {...(isOn === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': isOn })}
      aria-label={label}
      aria-description={price}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
      className={styles['item']}
      title={hint}
      tabIndex={-1}
      disabled={!isEnabled}
      onClick={onChoose}
      // Hovering focuses an item, so that only one item is highlighted at a time.
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles['label']}>{label}</span>
      {price !== undefined && <span className={styles['price']}>{price}</span>}
      {shortcut !== undefined && <kbd className={styles['shortcut']}>{shortcutText(shortcut)}</kbd>}
    </button>
  );
}

/** Closes the menu when the user presses or scrolls elsewhere, or leaves the window. */
function useCloseOutside(menu: RefObject<HTMLElement | null>, onClose: () => void): void {
  const closeUnlessInside = useEffectEvent((event: Event) => {
    if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose();
  });
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const listener = (event: Event) => closeUnlessInside(event);
    for (const name of ['pointerdown', 'blur', 'resize']) window.addEventListener(name, listener, { signal });
    // Scrolling from before the menu opened is reported in the next frame, before this callback runs.
    const frame = requestAnimationFrame(() => {
      window.addEventListener('scroll', listener, { capture: true, signal });
    });
    return () => {
      cancelAnimationFrame(frame);
      listeners.abort();
    };
  }, []);
}

/** Returns the item whose shortcut is pressed. Enter chooses the item that has the focus. */
function shortcutItem(press: globalThis.KeyboardEvent, items: readonly MenuItem[]): MenuItem | undefined {
  if (press.key === 'Enter') return undefined;
  return items.find(({ shortcut, isEnabled }) => {
    return isEnabled && shortcut !== undefined && matchesShortcut(press, shortcut);
  });
}

/** Returns the item that a key moves to: by arrow keys, Home and End, or by the first letter. */
function nextItem(key: string, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items[(Math.max(at, 0) - 1 + items.length) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
  }
  if (key.length !== 1 || key === ' ') return undefined;
  const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return rest.find((item) => item.ariaLabel?.toLowerCase().startsWith(key.toLowerCase()));
}

function within(length: number, max: number): number {
  return Math.max(gapPx, Math.min(length, max - gapPx));
}
