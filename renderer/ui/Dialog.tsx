// A modal dialog. Everything outside it is inert, so the dialog shows the notices itself.
import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { useDialogs } from './dialogs';
import { Toasts } from './Toasts';

export function Dialog({ children, onClose, ...rest }: Omit<ComponentProps<'dialog'>, 'ref'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [key] = useState(() => Symbol());
  useEffect(() => {
    dialog.current?.showModal();
    return useDialogs.getState().open(key);
  }, [key]);
  return (
    <dialog
      ref={dialog}
      // React passes the event of a dialog within this one on, which the platform does not.
      onClose={(event) => event.target === event.currentTarget && onClose?.(event)}
      {...rest}
    >
      {children}
      <Toasts within={key} />
    </dialog>
  );
}
