// A text answer, streamed or complete, or its error, with a line of facts below.

import { Copy, RefreshCw } from 'lucide-react';
import { isUnfinished, type TextMessage } from '../../../shared/domain/conversations';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { splitThought } from '../../../shared/domain/thoughts';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { copyMessage } from '../../state/chat/copy-message';
import { makePictureOf } from '../../state/composer/request-pictures';
import { formatCost } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { PlainButton } from '../../ui/PlainButton';
import { FailureButtons } from './failures/FailureButtons';
import { FailureSentence } from './failures/FailureSentence';
import { Markdown } from './markdown/Markdown';
import styles from './TextAnswer.module.css';
import { Thought } from './Thought';
import { VersionSwitch } from './VersionSwitch';

export function TextAnswer({ message }: { message: TextMessage }) {
  const isArriving = isUnfinished(message);
  const { thought, text } = splitThought(message.text);
  return (
    <div className={styles['answer']} aria-busy={isArriving}>
      {thought !== null && <Thought text={thought} isArriving={isArriving && text === ''} />}
      {text !== '' && <Markdown text={text} isArriving={isArriving} />}
      {isArriving && message.text === '' && <p className={styles['waiting']}>{t('chat.one_moment')}</p>}
      {message.error && (
        <div className={styles['problem']}>
          <FailureSentence error={message.error} />
          <FailureButtons message={message} />
        </div>
      )}
      {!isArriving && <Facts message={message} />}
      {isArriving && message.versions && (
        <div className={styles['line']}>
          <VersionSwitch message={message} />
        </div>
      )}
    </div>
  );
}

/** The line below a finished answer. It always has room for the buttons that appear on hover. */
function Facts({ message }: { message: TextMessage }) {
  const { id, text, status } = message;
  const regenerate = useChat((state) => state.regenerate);
  const facts = factsOf(message);
  return (
    <div className={styles['line']}>
      <VersionSwitch message={message} />
      {facts !== '' && <span>{facts}</span>}
      {status === 'ready' && message.model !== null && (
        <PlainButton className={styles['link']} onClick={() => void makePictureOf(id)}>
          {t('chat.make_picture')}
        </PlainButton>
      )}
      <span className={styles['actions']}>
        {text !== '' && (
          <IconButton
            icon={Copy}
            label={t('chat.copy_text')}
            size={16}
            onClick={() => void copyMessage(text)}
          />
        )}
        {status === 'ready' && (
          <IconButton
            icon={RefreshCw}
            label={t('chat.regenerate')}
            size={16}
            onClick={() => void regenerate(id)}
          />
        )}
      </span>
    </div>
  );
}

function factsOf({ provider, model, costMicroUsd, status }: TextMessage): string {
  if (model === null) return '';
  const mayHaveCost = status === 'ready' || status === 'interrupted';
  const cost = costMicroUsd === null ? mayHaveCost && t('chat.cost_unknown') : formatCost(costMicroUsd);
  return [labelOfModel(model, provider ?? undefined), cost].filter(Boolean).join(' · ');
}
