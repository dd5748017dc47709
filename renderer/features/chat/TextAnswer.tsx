// A text answer, streamed or complete, or its error, with a line of facts below.
import { Square } from 'lucide-react';
import { isUnfinished, type TextMessage } from '../../../shared/domain/conversations';
import { findModel } from '../../../shared/domain/model-lookup';
import { splitThought } from '../../../shared/domain/thoughts';
import { useChat } from '../../state/chat/chat-store';
import { makePictureOf } from '../../state/composer/composer-actions';
import { Button } from '../../ui/Button';
import { formatCost } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import { ConnectButton } from './ConnectButton';
import { Markdown } from './markdown/Markdown';
import styles from './TextAnswer.module.css';
import { Thought } from './Thought';

export function TextAnswer({ message }: { message: TextMessage }) {
  const isArriving = isUnfinished(message);
  const { thought, text } = splitThought(message.text);
  return (
    <div className={styles['answer']} aria-busy={isArriving}>
      {thought !== null && <Thought text={thought} isArriving={isArriving && text === ''} />}
      {text !== '' && <Markdown text={text} isArriving={isArriving} />}
      {isArriving && message.text === '' && <p className={styles['waiting']}>One moment</p>}
      {message.error && <Problem message={message} />}
      {isArriving ? <Stop id={message.id} /> : <Facts message={message} />}
    </div>
  );
}

function Problem({ message }: { message: TextMessage }) {
  const retry = useChat((state) => state.retry);
  return (
    <div className={styles['problem']} role="alert" aria-live="off">
      <p>{message.error?.message}</p>
      <ConnectButton message={message} />
      <Button onClick={() => void retry(message.id)}>Retry</Button>
    </div>
  );
}

function Stop({ id }: { id: string }) {
  const cancel = useChat((state) => state.cancel);
  return (
    <button type="button" className={styles['stop']} onClick={() => void cancel(id)}>
      <Square size={12} strokeWidth={2} aria-hidden />
      Stop
    </button>
  );
}

function Facts({ message }: { message: TextMessage }) {
  const { id, model, costMicroUsd, status } = message;
  if (model === null) return null;
  const mayHaveCost = status === 'ready' || status === 'interrupted';
  const cost = costMicroUsd === null ? mayHaveCost && 'cost unknown' : formatCost(costMicroUsd);
  const facts = [findModel(model)?.label ?? model, cost];
  return (
    <p className={styles['line']}>
      {facts.filter(Boolean).join(' · ')}
      {status === 'ready' && (
        <PlainButton className={styles['link']} onClick={() => void makePictureOf(id)}>
          Make a picture of this
        </PlainButton>
      )}
    </p>
  );
}
