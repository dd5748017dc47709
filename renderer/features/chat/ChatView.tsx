// The chat view: notices, the conversation, and the composer floating over its end.
import type { ReactNode } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { ChatLightbox } from './ChatLightbox';
import styles from './ChatView.module.css';
import { Composer, type UsageMeterSlot } from './Composer';
import { EmptyChat } from './EmptyChat';
import { ModelNotice } from './ModelNotice';
import { Transcript } from './Transcript';

type Props = {
  hidden: boolean;
  /** Banners above the conversation. */
  notices: ReactNode;
  usageMeter: UsageMeterSlot;
};

export function ChatView({ hidden, notices, usageMeter }: Props) {
  const isEmpty = useChat((state) => state.order.length === 0);
  const currentId = useChat((state) => state.currentId);
  return (
    <main className={styles['view']} hidden={hidden} aria-label="Chat">
      {notices}
      <ModelNotice />
      <Transcript key={isEmpty ? 'empty' : 'open'} conversationId={currentId}>
        {isEmpty && <EmptyChat />}
      </Transcript>
      <Composer hidden={hidden} usageMeter={usageMeter} />
      <ChatLightbox />
    </main>
  );
}
