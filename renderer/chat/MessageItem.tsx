// One message: the person's in a soft bubble, an answer without one, a picture with its line below.
import { memo } from 'react';
import type { TextMessage } from '../../shared/ipc';
import { Button } from '../ui/Button';
import { useChat } from './chat-store';
import styles from './MessageItem.module.css';
import { PictureAnswer } from './PictureAnswer';

export const MessageItem = memo(function MessageItem({ id }: { id: string }) {
  const message = useChat((state) => state.messages[id]);
  if (!message) return null;
  return (
    <article
      className={styles['message']}
      aria-label={message.role === 'user' ? 'You' : 'Afterimage'}
      data-message-id={message.id}
      data-role={message.role}
      data-kind={message.kind}
      data-status={message.status}
    >
      {message.kind === 'image' ? <PictureAnswer message={message} /> : <Text message={message} />}
    </article>
  );
});

function Text({ message }: { message: TextMessage }) {
  const retry = useChat((state) => state.retry);
  if (message.error) {
    return (
      <div className={styles['problem']} role="alert">
        <p>{message.error.message}</p>
        <Button onClick={() => void retry(message.id)}>Retry</Button>
      </div>
    );
  }
  if (message.status !== 'ready' && message.text === '') {
    return <p className={styles['waiting']}>One moment</p>;
  }
  return <p className={styles['text']}>{message.text}</p>;
}
