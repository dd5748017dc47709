// One message: the person's in a soft bubble, an answer without one, a picture with its line below.
import { memo } from 'react';
import type { Message } from '../../shared/ipc';
import { useChat } from './chat-store';
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
      <Content message={message} />
    </article>
  );
});

function Content({ message }: { message: Message }) {
  if (message.kind === 'image') return <PictureAnswer message={message} />;
  if (message.role === 'assistant') return <TextAnswer message={message} />;
  return <p className={styles['text']}>{message.text}</p>;
}

/** A model that only asked for a picture has said nothing: its picture is the answer. */
function saysNothing(message: Message): boolean {
  return message.kind === 'text' && message.status === 'ready' && message.text === '';
}
