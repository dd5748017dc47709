// The buttons at the end of the composer: Send, and before it Stop while a text answer is arriving.

import { ArrowUp, Square } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { stopNewest, useIsAnswering } from '../../state/chat/stop-answers';
import { PlainButton } from '../../ui/PlainButton';
import { shortcutText } from '../../ui/shortcut';
import { useIsDelayed } from '../../ui/use-is-delayed';
import styles from './SendAndStop.module.css';

/** Delay before Stop appears, because a fast answer does not need it (ms). */
const stopDelayMs = 400;

type Props = {
  isDisabled: boolean;
  /** Called after the user has stopped an answer, to move the focus into the message. */
  onStopped: () => void;
};

export function SendAndStop({ isDisabled, onStopped }: Props) {
  const isStoppable = useIsDelayed(useIsAnswering(), stopDelayMs);
  return (
    <span className={styles['buttons']}>
      {isStoppable && (
        <PlainButton
          className={styles['stop']}
          aria-label={t('chat.stop')}
          aria-keyshortcuts="Escape"
          title={t('picture.action_and_keys', { action: t('chat.stop'), keys: shortcutText('Escape') })}
          onClick={() => {
            stopNewest();
            onStopped();
          }}
        >
          <Square size={12} strokeWidth={2} fill="currentColor" aria-hidden />
        </PlainButton>
      )}
      <PlainButton
        type="submit"
        className={styles['send']}
        aria-label={t('composer.send')}
        title={t('composer.send')}
        disabled={isDisabled}
      >
        <ArrowUp size={18} strokeWidth={2} aria-hidden />
      </PlainButton>
    </span>
  );
}
