// A dialog that asks for confirmation of an irreversible action.

import { type ReactNode, useId } from 'react';
import { t } from '../../shared/languages/translate';
import { Button } from './Button';
import styles from './Confirm.module.css';
import { Dialog } from './Dialog';

type Props = {
  title: string;
  children: ReactNode;
  /** The label of the confirming button: a verb. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
};

export function Confirm({ title, children, action, onConfirm, onClose }: Props) {
  const titleId = useId();
  return (
    <Dialog className={styles['confirm']} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      <p>{children}</p>
      <div className={styles['buttons']}>
        {/* First, so that it gets the focus: an accidental Enter deletes nothing. */}
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button
          tone="danger"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
