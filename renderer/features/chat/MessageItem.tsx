// One message of the transcript, of either kind and role.

import { memo } from 'react';
import type { Message } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import styles from './MessageItem.module.css';
import { PictureAnswer } from './PictureAnswer';
import { TextAnswer } from './TextAnswer';
import { UserMessage } from './user-message/UserMessage';
import { VersionSwitch } from './VersionSwitch';

type Props = {
  id: string;
  /** Whether the message is one of several pictures of a request. */
  isGrouped?: boolean;
  /** Whether all of them have the requested shape, because some are still to come. */
  keepsRequestedRatio?: boolean;
};

export const MessageItem = memo(function MessageItem({
  id,
  isGrouped = false,
  keepsRequestedRatio = false,
}: Props) {
  const message = useChat((state) => state.messages[id]);
  if (!message || isHidden(message)) return null;
  return (
    <article
      className={styles['message']}
      aria-label={message.role === 'user' ? t('chat.you') : 'Afterimage'}
      data-message-id={message.id}
      data-role={message.role}
      data-kind={message.kind}
      data-status={message.status}
    >
      <ErrorBoundary fallback={<PlainMessage message={message} />}>
        <Content message={message} isGrouped={isGrouped} keepsRequestedRatio={keepsRequestedRatio} />
      </ErrorBoundary>
    </article>
  );
});

type ContentProps = { message: Message; isGrouped: boolean; keepsRequestedRatio: boolean };

function Content({ message, ...place }: ContentProps) {
  if (message.isDismissed || isEmptyReply(message)) return <VersionSwitch message={message} />;
  if (message.kind === 'image') return <PictureAnswer message={message} {...place} />;
  if (message.role === 'assistant') return <TextAnswer message={message} />;
  return <UserMessage message={message} />;
}

/** The fallback for a message that failed to render. */
function PlainMessage({ message }: { message: Message }) {
  return <p className={styles['text']}>{message.kind === 'text' ? message.text : message.prompt}</p>;
}

/** Returns whether there is nothing to show: neither an answer nor a switch to other versions. */
function isHidden(message: Message): boolean {
  return message.versions === undefined && (message.isDismissed === true || isEmptyReply(message));
}

/** Returns whether a model replied with a picture request only, in which case the picture is the answer. */
function isEmptyReply(message: Message): boolean {
  const isEmpty = message.kind === 'text' && message.status === 'ready' && message.text === '';
  return isEmpty && message.role === 'assistant';
}
