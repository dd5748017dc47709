// The chat: what was said and made, and the composer floating over its end.

import { useChat } from '../../state/chat/chat-store';
import { Notices } from '../notices/Notices';
import styles from './ChatView.module.css';
import { Composer } from './Composer';
import { EmptyChat } from './EmptyChat';
import { ModelNotice } from './ModelNotice';
import { Transcript } from './Transcript';

export function ChatView({ hidden }: { hidden: boolean }) {
  const isEmpty = useChat((state) => state.order.length === 0);
  const currentId = useChat((state) => state.currentId);
  return (
    <main className={styles['view']} hidden={hidden} aria-label="Chat">
      <Notices />
      <ModelNotice />
      <Transcript key={currentId === null ? 'new' : 'open'} conversationId={currentId}>
        {isEmpty && <EmptyChat />}
      </Transcript>
      <Composer hidden={hidden} />
    </main>
  );
}
