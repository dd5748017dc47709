// Why there is no answer. What the user has stopped is no failure: it says so calmly, and raises no alarm.
import type { Message } from '../../../../shared/domain/conversations';
import { explain } from '../../../../shared/domain/errors';
import { isStopped } from '../../../../shared/domain/failure-actions';
import { joinSentences, t } from '../../../../shared/languages/translate';
import styles from './FailureSentence.module.css';

export function FailureSentence({ error }: { error: NonNullable<Message['error']> }) {
  if (isStopped(error.code)) {
    const mayCost = error.code === 'cancelled_late';
    return (
      <p className={styles['stopped']}>
        {joinSentences([t('chat.stopped'), mayCost && t('chat.stopped_late')])}
      </p>
    );
  }
  // `Announcer` announces that there is a failure, once.
  return (
    <p role="alert" aria-live="off">
      {explain(error)}
    </p>
  );
}
