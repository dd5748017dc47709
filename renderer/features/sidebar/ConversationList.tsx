// The list of conversations, with rename, pin and delete.
import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type Conversation, maxTitleLength } from '../../../shared/domain/conversations';
import { useChat } from '../../state/chat/chat-store';
import { showView } from '../../state/navigation';
import { AfterPaint } from '../../ui/AfterPaint';
import { IconButton } from '../../ui/IconButton';
import { NameField } from '../../ui/NameField';
import styles from './ConversationList.module.css';
import { DraftMark } from './DraftMark';

export function ConversationList() {
  const conversations = useChat((state) => state.conversations);
  const hasMore = useChat((state) => state.hasMoreConversations);
  const loadMore = useChat((state) => state.loadMoreConversations);
  const pinned = conversations.filter((conversation) => conversation.pinned);
  const recent = conversations.filter((conversation) => !conversation.pinned);
  return (
    <nav className={styles['list']} aria-label="Conversations">
      {pinned.length > 0 && <Section title="Pinned" conversations={pinned} />}
      {recent.length > 0 && <Section title="Recent" conversations={recent} />}
      {hasMore && (
        <button type="button" className={styles['more']} onClick={() => void loadMore()}>
          Show older conversations
        </button>
      )}
    </nav>
  );
}

function Section({ title, conversations }: { title: string; conversations: Conversation[] }) {
  return (
    <section aria-label={title}>
      <h2 className={styles['title']}>{title}</h2>
      <ul>
        {conversations.map((conversation) => (
          <Item key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </section>
  );
}

function Item({ conversation }: { conversation: Conversation }) {
  const { id, title, pinned } = conversation;
  const isCurrent = useChat((state) => state.currentId === id);
  const open = useChat((state) => state.open);
  const pin = useChat((state) => state.pin);
  const remove = useChat((state) => state.remove);
  const rename = useChat((state) => state.rename);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <NameField
        label="Title"
        name={title}
        maxLength={maxTitleLength}
        onKeep={(changed) => void rename(id, changed)}
        onDone={() => setRenaming(false)}
      />
    );
  }
  return (
    <li className={styles['item']}>
      <button
        type="button"
        className={styles['open']}
        aria-current={isCurrent || undefined}
        title={title}
        onClick={() => {
          void open(id);
          showView('chat');
        }}
        onDoubleClick={() => setRenaming(true)}
      >
        {title}
      </button>
      <DraftMark conversationId={id} />
      <span className={styles['actions']}>
        <AfterPaint>
          <IconButton icon={Pencil} size={16} label="Rename" onClick={() => setRenaming(true)} />
          <IconButton
            icon={pinned ? PinOff : Pin}
            size={16}
            label={pinned ? 'Unpin' : 'Pin'}
            onClick={() => void pin(id, !pinned)}
          />
          <IconButton icon={Trash2} size={16} label="Delete" onClick={() => void remove(id)} />
        </AfterPaint>
      </span>
    </li>
  );
}
