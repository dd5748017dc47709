// The reason for a missing answer. An answer that the user stopped is not shown as a failure. `Announcer` announces both.
import type { Message } from '../../../../shared/domain/conversations';
import { explain } from '../../../../shared/domain/errors';
import { isStopped } from '../../../../shared/domain/failure-actions';
import { joinSentences, t } from '../../../../shared/languages/translate';
import styles from './FailureSentence.module.css';

export function FailureSentence({ error }: { error: NonNullable<Message['error']> }) {
  if (!isStopped(error.code)) return <Reason>{explain(error)}</Reason>;
  return <Reason className={styles['stopped']}>{stoppedText(error)}</Reason>;
}

function stoppedText(error: NonNullable<Message['error']>): string {
  // This sentence is more precise than the general one below.
  if (error.sentence?.id === 'chat.stopped_arrived') return explain(error);
  return joinSentences([t('chat.stopped'), error.code === 'cancelled_late' && t('chat.stopped_late')]);
}

type ReasonProps = { className?: string | undefined; children: string };

function Reason({ className, children }: ReasonProps) {
  return (
    <p role="alert" aria-live="off" className={className}>
      {children}
    </p>
  );
}
