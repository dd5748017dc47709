// The buttons at the end of the composer: Send, and Stop while something is being made in this chat. With nothing to send,
// Stop has Send's place.

import { ArrowUp, Square } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { stopNewest, useStoppable } from '../../state/chat/stop-answers';
import { PlainButton } from '../../ui/PlainButton';
import { shortcutText } from '../../ui/shortcut';
import { useIsDelayed } from '../../ui/use-is-delayed';
import styles from './SendOrStop.module.css';

/** An answer that is there at once needs no Stop (ms). */
const stopDelayMs = 400;

type Props = {
  /** Whether there is nothing to send. */
  isEmpty: boolean;
  isDisabled: boolean;
  /** Called after the user has stopped something, to move the focus into the message. */
  onStopped: () => void;
};

export function SendOrStop({ isEmpty, isDisabled, onStopped }: Props) {
  const isMaking = useStoppable().length > 0;
  const isStoppable = useIsDelayed(isMaking, stopDelayMs);
  const stop = {
    'aria-label': t('chat.stop'),
    'aria-keyshortcuts': 'Escape',
    title: t('picture.action_and_keys', { action: t('chat.stop'), keys: shortcutText('Escape') }),
    onClick(event: { preventDefault: () => void }) {
      // By then the button may be Send, which would send what was written meanwhile.
      event.preventDefault();
      stopNewest();
      onStopped();
    },
  } as const;
  const isOnlyStop = isStoppable && isEmpty;
  return (
    <span className={styles['buttons']}>
      {isStoppable && !isEmpty && (
        <PlainButton className={styles['stop']} {...stop}>
          <StopIcon />
        </PlainButton>
      )}
      {/* The same element, so that the focus stays when one takes the place of the other. */}
      {isOnlyStop ? (
        <PlainButton key="end" className={styles['stop']} {...stop}>
          <StopIcon />
        </PlainButton>
      ) : (
        <PlainButton
          key="end"
          type="submit"
          className={styles['send']}
          aria-label={t('composer.send')}
          title={t('composer.send')}
          disabled={isDisabled}
        >
          <ArrowUp size={18} strokeWidth={2} aria-hidden />
        </PlainButton>
      )}
    </span>
  );
}

function StopIcon() {
  return <Square size={12} strokeWidth={2} fill="currentColor" aria-hidden />;
}
