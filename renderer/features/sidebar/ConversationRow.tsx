// One conversation of the list: its newest picture, its title, and its actions.

import { MessageSquare, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { type Conversation, maxTitleLength } from '../../../shared/domain/conversations';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { openInNewWindow } from '../../state/windows';
import { AfterPaint } from '../../ui/AfterPaint';
import { formatTime } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { NameField } from '../../ui/NameField';
import { opensNewWindow } from '../../ui/opens-new-window';
import styles from './ConversationList.module.css';
import { foundMessage, useChatList } from './chat-list-store';
import { useCovers } from './covers-store';
import { DraftMark } from './DraftMark';
import { ElsewhereMark } from './ElsewhereMark';

type Props = {
  conversation: Conversation;
  /** Whether Tab reaches this row. The arrow keys reach the others. */
  isFocusStop: boolean;
  /** Called when the field for the title has closed. */
  onRenamed: (id: string) => void;
};

export const ConversationRow = memo(function ConversationRow({
  conversation,
  isFocusStop,
  onRenamed,
}: Props) {
  const { id, title, pinned, updatedAt } = conversation;
  const isCurrent = useChat((state) => state.currentId === id);
  const { pin, remove, rename } = useChat.getState();
  const open = useChatList((state) => state.open);
  const setRenaming = useChatList((state) => state.rename);
  const excerpt = useChatList(({ text, found }) =>
    text.trim() === '' ? undefined : foundMessage(found, id)?.excerpt,
  );
  const isRenaming = useChatList((state) => state.renamingId === id);
  if (isRenaming) {
    return (
      <NameField
        label={t('sidebar.title')}
        name={title}
        maxLength={maxTitleLength}
        onKeep={(changed) => void rename(id, changed)}
        onDone={() => {
          setRenaming(null);
          onRenamed(id);
        }}
      />
    );
  }
  const tabIndex = isFocusStop ? 0 : -1;
  return (
    <li className={styles['item']} data-conversation-id={id}>
      <button
        type="button"
        className={styles['open']}
        aria-current={isCurrent || undefined}
        title={[title, excerpt, formatTime(updatedAt)].filter(Boolean).join('\n')}
        tabIndex={tabIndex}
        onClick={(event) => {
          if (opensNewWindow(event)) void openInNewWindow({ kind: 'chat', conversationId: id });
          else void open(conversation);
        }}
        onAuxClick={(event) => {
          if (opensNewWindow(event)) void openInNewWindow({ kind: 'chat', conversationId: id });
        }}
        onDoubleClick={(event) => {
          if (!opensNewWindow(event)) setRenaming(id);
        }}
      >
        <Cover id={id} />
        <span className={styles['name']} dir="auto">
          {title}
          {excerpt !== undefined && (
            <span className={styles['excerpt']} dir="auto">
              {excerpt}
            </span>
          )}
        </span>
      </button>
      <DraftMark conversationId={id} />
      <ElsewhereMark conversationId={id} />
      <span className={styles['actions']}>
        <AfterPaint>
          <IconButton
            icon={Pencil}
            size={16}
            label={t('sidebar.rename')}
            tabIndex={tabIndex}
            onClick={() => setRenaming(id)}
          />
          <IconButton
            icon={pinned ? PinOff : Pin}
            size={16}
            label={t(pinned ? 'sidebar.unpin' : 'sidebar.pin')}
            tabIndex={tabIndex}
            onClick={() => void pin(id, !pinned)}
          />
          <IconButton
            icon={Trash2}
            size={16}
            label={t('sidebar.delete')}
            tabIndex={tabIndex}
            onClick={() => void remove(id)}
          />
        </AfterPaint>
      </span>
    </li>
  );
});

function Cover({ id }: { id: string }) {
  const imageId = useCovers(({ covers }) => covers[id]);
  if (imageId == null) {
    return (
      <span className={styles['cover']}>
        {imageId === null && <MessageSquare size={16} strokeWidth={1.75} aria-hidden />}
      </span>
    );
  }
  return (
    <img
      className={styles['cover']}
      src={imageUrl(imageId, '256')}
      alt=""
      decoding="async"
      draggable={false}
    />
  );
}
