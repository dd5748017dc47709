// A modal dialog. Everything outside it is inert, so the dialog shows the notices itself.
import { type ComponentProps, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useDialogs } from './dialogs';
import { hasModifier } from './shortcut';
import { Toasts } from './Toasts';
import { useToasts } from './toasts';

type Props = Omit<ComponentProps<'dialog'>, 'ref' | 'onClose'> & {
  /** Called when the dialog has closed and the previously focused element no longer exists. */
  onFocusLost?: () => void;
  /** Called when the user presses Enter on a radio button or checkbox, where Enter does nothing by default. */
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
   * Closes the element, which restores the focus, and then updates the state. The `close` event would be too late, because
   * it fires in a later task: keys that the user presses before it would meet a dialog that is still open in the state.
   */
  function close(): void {
    if (isClosed.current) return;
    isClosed.current = true;
    if (dialog.current) {
      closeElement(dialog.current);
      releaseFocus(dialog.current);
    }
    onClose();
  }
  const closeLatest = useEffectEvent(close);

  /** An element in a closed dialog keeps the focus until the next frame if the focus cannot be restored. */
  function releaseFocus(closed: HTMLDialogElement): void {
    const { activeElement } = document;
    if (activeElement === document.body || closed.contains(activeElement)) onFocusLost?.();
  }
  const giveFocusLatest = useEffectEvent(releaseFocus);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    // A dialog over the whole window would hide them.
    const isSmall = element.offsetWidth < innerWidth;
    const noticesBehind = new Set(isSmall ? useToasts.getState().toasts.map(({ id }) => id) : []);
    return useDialogs.getState().open({ key, element, close: () => closeLatest(), noticesBehind });
  }, [key]);

  // Closes the dialog before the element is removed, because only a closed dialog restores the focus.
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
        // The platform closes the dialog if its event is prevented twice in a row. Elements in the dialog send the same event.
        if (event.target === event.currentTarget && !event.nativeEvent.defaultPrevented) close();
      }}
      // React bubbles the event of a nested dialog, which the platform does not.
      onClose={(event) => event.target === event.currentTarget && close()}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (!onConfirm || event.key !== 'Enter' || hasModifier(event) || !isChoice(event.target)) return;
        // Otherwise the same key would press the element that gets the focus.
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

/** Closes a dialog and those within it, from the inside out, because each restores the focus in the one below. */
function closeElements(element: HTMLDialogElement): void {
  const within = [...element.querySelectorAll<HTMLDialogElement>('dialog[open]')];
  for (const dialog of [element, ...within].reverse()) closeElement(dialog);
}

/**
 * Moves the focus from a scrolling region to the beginning of the view. The region only got it from a click, and closing a
 * dialog with the keyboard would draw a focus ring around the whole page.
 */
function leaveScrollRegion(): void {
  const { activeElement: region } = document;
  if (!(region instanceof HTMLElement) || !region.matches('[data-region]')) return;
  const home = region.closest('main')?.querySelector<HTMLElement>('[data-focus-home]');
  if (home) home.focus({ preventScroll: true });
}

/** Restores the caret too. Chromium restores the focus of a field without its caret, so that typing would do nothing. */
function closeElement(dialog: HTMLDialogElement): void {
  if (!dialog.open) return;
  dialog.close();
  leaveScrollRegion();
  const { activeElement: field } = document;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  const { selectionStart, selectionEnd, selectionDirection } = field;
  if (selectionStart !== null) {
    field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? 'none');
  }
}
