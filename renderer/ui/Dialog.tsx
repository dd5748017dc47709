// A modal dialog. Everything outside it is inert, so the dialog shows the notices itself.
import { type ComponentProps, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useDialogs } from './dialogs';
import { hasModifier } from './shortcut';
import { Toasts } from './Toasts';
import { useToasts } from './toasts';

type Props = Omit<ComponentProps<'dialog'>, 'ref' | 'onClose'> & {
  /** Called when the dialog has closed and what had the focus before is gone, so that nothing has it. */
  onFocusLost?: () => void;
  /** Called when the user presses Enter in a choice, where it has no meaning of its own. */
  onConfirm?: () => void;
  /** Called once, as soon as the dialog is closed by Escape or by the platform. Removing the dialog does not call it. */
  onClose: () => void;
};

/** @param onCancel called when the user presses Escape. Preventing the event's default keeps the dialog open. */
export function Dialog(props: Props) {
  const { children, onClose, onCancel, onConfirm, onFocusLost, onKeyDown, ...rest } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const isClosed = useRef(false);
  const [key] = useState(() => Symbol());

  /**
   * Closes the element, which gives the focus back, and then the state. The `close` event is too late for that: it comes
   * in a task of its own, and what the user has pressed in between would meet a dialog that is still open in the state.
   */
  function close(): void {
    if (isClosed.current) return;
    isClosed.current = true;
    if (dialog.current) {
      closeElement(dialog.current);
      giveFocus(dialog.current);
    }
    onClose();
  }
  const closeLatest = useEffectEvent(close);

  /** What is in a closed dialog keeps the focus until the page is drawn, if there is nothing that it could go back to. */
  function giveFocus(closed: HTMLDialogElement): void {
    const { activeElement } = document;
    if (activeElement === document.body || closed.contains(activeElement)) onFocusLost?.();
  }
  const giveFocusLatest = useEffectEvent(giveFocus);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    // A dialog over the whole window would hide them.
    const isSmall = element.offsetWidth < innerWidth;
    const noticesBehind = new Set(isSmall ? useToasts.getState().toasts.map(({ id }) => id) : []);
    return useDialogs.getState().open({ key, element, close: () => closeLatest(), noticesBehind });
  }, [key]);

  // Before the element is removed, because the focus goes back only from a dialog that is closed.
  useLayoutEffect(() => {
    const element = dialog.current;
    isClosed.current = false;
    return () => {
      isClosed.current = true;
      if (!element) return;
      closeElements(element);
      giveFocusLatest(element);
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      onCancel={(event) => {
        onCancel?.(event);
        // The platform ignores a second prevention in a row, and closes. What is in the dialog has such events, too.
        if (event.target === event.currentTarget && !event.nativeEvent.defaultPrevented) close();
      }}
      // React passes the event of a dialog within this one on, which the platform does not.
      onClose={(event) => event.target === event.currentTarget && close()}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (!onConfirm || event.key !== 'Enter' || hasModifier(event) || !isChoice(event.target)) return;
        // What gets the focus back would be pressed by the same key.
        event.preventDefault();
        if (!event.repeat) onConfirm();
      }}
      {...rest}
    >
      {children}
      <Toasts within={key} />
    </dialog>
  );
}

function isChoice(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox');
}

/** Closes a dialog and those within it, from the inside out: each gives the focus to the one below. */
function closeElements(element: HTMLDialogElement): void {
  const within = [...element.querySelectorAll<HTMLDialogElement>('dialog[open]')];
  for (const dialog of [element, ...within].reverse()) closeElement(dialog);
}

/**
 * A region that scrolls has the focus only because of a click somewhere in it. To the keyboard that closes a dialog it
 * would be shown by a frame around the whole page, so the focus goes to where the view begins.
 */
function leaveRegion(): void {
  const { activeElement: region } = document;
  if (!(region instanceof HTMLElement) || !region.matches('[data-region]')) return;
  const home = region.closest('main')?.querySelector<HTMLElement>('[data-focus-home]');
  if (home) home.focus({ preventScroll: true });
}

/** Chromium gives the focus back without the caret of a field, so what is typed next would go nowhere. */
function closeElement(dialog: HTMLDialogElement): void {
  if (!dialog.open) return;
  dialog.close();
  leaveRegion();
  const { activeElement: field } = document;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  const { selectionStart, selectionEnd, selectionDirection } = field;
  if (selectionStart !== null) {
    field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? 'none');
  }
}
