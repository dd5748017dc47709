// A panel that a button opens: positioned beside the button, closed by Escape or by a click outside, both by the
// platform. https://developer.mozilla.org/docs/Web/API/Popover_API
import { type CSSProperties, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import styles from './Popover.module.css';

export type PopoverTrigger = {
  popoverTarget: string;
  'aria-expanded': boolean;
  'aria-haspopup'?: 'dialog';
};

type Props = {
  /** Renders the button; it spreads these props. */
  trigger: (props: PopoverTrigger) => ReactNode;
  /** Accessible name of the panel, which makes it a dialog. Absent: the content names itself. */
  name?: string;
  side?: 'above' | 'below';
  align?: 'start' | 'center';
  className?: string | undefined;
  /** Selector of the element that gets the focus on opening. Content that is only rendered then uses `focusWhenShown`. */
  initialFocus: string;
  /** Called just before the panel is shown. */
  onOpen?: () => void;
  /**
   * Moves the focus just before the panel is hidden, unless another element has it. Absent: the button gets the focus.
   * Required if the content is only rendered while the panel is open, because it is gone before the platform restores the
   * focus.
   */
  onClose?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  children: (close: () => void, isOpen: boolean) => ReactNode;
};

export function Popover(props: Props) {
  const { trigger, name, side = 'above', align = 'start', className = '', children } = props;
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** Whether the focus has moved to an element outside the panel. */
  const isLeft = useRef(false);
  // A unique name for each popover, because `anchor-scope`, which separates equal names, came with Chromium 131.
  const anchor: CSSProperties & Record<'--anchor', string> = {
    '--anchor': `--popover-${id.replace(/\W/g, '')}`,
  };
  return (
    <div className={styles['anchor']} style={anchor}>
      {trigger({
        popoverTarget: id,
        'aria-expanded': isOpen,
        ...(name !== undefined && { 'aria-haspopup': 'dialog' }),
      })}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the panel is a dialog or contains a group; its keys move the focus. */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        {...(name !== undefined && { role: 'dialog', 'aria-label': name })}
        className={`${styles['panel']} ${className}`}
        data-side={side}
        data-align={align}
        // Not the `toggle` event, which fires in a later task: keys pressed before it would go to the button, and code that
        // reads the state would get the previous one.
        onBeforeToggle={({ target, newState }) => {
          // Events of a panel inside this one arrive here too.
          if (target !== panel.current) return;
          setOpen(newState === 'open');
          if (newState === 'open') {
            fitBesideTrigger(panel.current);
            for (const before of panel.current.querySelectorAll('[autofocus]'))
              before.removeAttribute('autofocus');
            focusWhenShown(panel.current.querySelector<HTMLElement>(props.initialFocus));
            props.onOpen?.();
          } else {
            // An element outside that already has the focus keeps it.
            if (!isLeft.current) {
              if (props.onClose && isFocusHere(panel.current, id)) props.onClose();
              else if (!props.onClose && panel.current.contains(document.activeElement)) focusTrigger(id);
            }
            // Moving the focus from here does not count as leaving.
            isLeft.current = false;
          }
        }}
        // A press outside the panel first hides it, and then removes the focus.
        onToggle={({ target, newState }) => {
          if (target !== panel.current || newState === 'open') return;
          if (document.activeElement === document.body) props.onClose?.();
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          // Tab moves on to another element, which a panel that stays open would cover.
          if (!relatedTarget || currentTarget.parentElement?.contains(relatedTarget)) return;
          isLeft.current = currentTarget.matches(':popover-open');
          currentTarget.hidePopover();
        }}
        onKeyDown={props.onKeyDown}
      >
        {children(() => panel.current?.hidePopover(), isOpen)}
      </div>
    </div>
  );
}

/** CSS pixels between the button and the panel, and between the panel and the edge of the window. */
const gapsPx = 18;

/** Limits the panel to the larger space above or below its button, which may be anywhere in a row that wraps. */
function fitBesideTrigger(panel: HTMLElement): void {
  const trigger = document.querySelector(`[popovertarget="${panel.id}"]`);
  if (!trigger) return;
  const { top, bottom } = trigger.getBoundingClientRect();
  panel.style.setProperty('--room', `${Math.max(top, innerHeight - bottom) - gapsPx}px`);
}

/** The platform also focuses the button, but not after a press outside the panel. */
function focusTrigger(id: string): void {
  document.querySelector<HTMLElement>(`[popovertarget="${id}"]`)?.focus({ preventScroll: true });
}

/** Returns whether no element outside the panel and its button has the focus. A click elsewhere may have moved it. */
function isFocusHere(panel: HTMLElement, id: string): boolean {
  const { activeElement, body } = document;
  return (
    !activeElement ||
    activeElement === body ||
    panel.contains(activeElement) ||
    activeElement.getAttribute('popovertarget') === id
  );
}

/**
 * Focuses an element when its panel is shown, or now if it is already shown. Can be used as a `ref`.
 * https://html.spec.whatwg.org/multipage/popover.html#popover-focusing-steps
 */
export function focusWhenShown(element: HTMLElement | null): void {
  if (!element) return;
  // React's `autoFocus` does not set this attribute.
  element.setAttribute('autofocus', '');
  element.focus({ preventScroll: true });
}

/** Moves the focus among the buttons and fields of a panel with the arrow keys, for `onKeyDown`. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all: Element[] = [...event.currentTarget.querySelectorAll('button, input')];
  const at = document.activeElement ? all.indexOf(document.activeElement) : -1;
  const next = all[(at + by + all.length) % all.length];
  if (next instanceof HTMLElement) next.focus();
}
