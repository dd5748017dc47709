// One message: the user's in a soft bubble, an answer without one, a picture with its line below.
import { memo } from 'react';
import type { Message } from '../../../shared/domain/conversations';
import { useChat } from '../../state/chat/chat-store';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import styles from './MessageItem.module.css';
import { PictureAnswer } from './PictureAnswer';
import { TextAnswer } from './TextAnswer';

export const MessageItem = memo(function MessageItem({ id }: { id: string }) {
  const message = useChat((state) => state.messages[id]);
  if (!message || saysNothing(message)) return null;
  return (
    <article
      className={styles['message']}
      aria-label={message.role === 'user' ? 'You' : 'Afterimage'}
      data-message-id={message.id}
      data-role={message.role}
      data-kind={message.kind}
      data-status={message.status}
    >
      <ErrorBoundary fallback={<Unshown message={message} />}>
        <Content message={message} />
      </ErrorBoundary>
    </article>
  );
});

function Content({ message }: { message: Message }) {
  if (message.kind === 'image') return <PictureAnswer message={message} />;
  if (message.role === 'assistant') return <TextAnswer message={message} />;
  return (
    <p className={styles['text']} dir="auto">
      {message.text}
    </p>
  );
}

/** What is known of a message all the same. */
function Unshown({ message }: { message: Message }) {
  return <p className={styles['text']}>{message.kind === 'text' ? message.text : message.prompt}</p>;
}

/** A model that only asked for a picture has said nothing: its picture is the answer. */
function saysNothing(message: Message): boolean {
  return message.kind === 'text' && message.status === 'ready' && message.text === '';
}
