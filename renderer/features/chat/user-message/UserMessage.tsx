// A user's message: its text, or the field in which it is edited, and its actions.

import { Copy, Pencil, Redo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { TextMessage } from '../../../../shared/domain/conversations';
import { t } from '../../../../shared/languages/translate';
import { copyMessage } from '../../../state/chat/copy-message';
import { reusePrompt } from '../../../state/composer/reuse-prompt';
import { IconButton } from '../../../ui/IconButton';
import { UsedStyles } from '../styles/UsedStyles';
import { VersionSwitch } from '../VersionSwitch';
import { EditMessage } from './EditMessage';
import { useEdits } from './edit-store';
import { FoldedText } from './FoldedText';
import styles from './UserMessage.module.css';

export function UserMessage({ message }: { message: TextMessage }) {
  const isEditing = useEdits((state) => state.editing[message.id] !== undefined);
  const isKept = useEdits((state) => state.kept[message.id] !== undefined);
  const begin = useEdits((state) => state.begin);
  const actions = useRef<HTMLSpanElement>(null);
  const isLeft = useRef(false);
  useEffect(() => {
    // Restores an unfinished edit, as the composer restores its draft.
    if (isKept) void begin(message, true);
  }, [isKept, begin, message]);
  useEffect(() => {
    // The button that started the edit is rendered again.
    if (!isEditing && isLeft.current) actions.current?.querySelector('button')?.focus();
    isLeft.current = false;
  }, [isEditing]);
  if (isEditing) {
    return (
      <EditMessage
        message={message}
        onCancel={() => {
          isLeft.current = true;
        }}
      />
    );
  }
  return (
    <div className={styles['message']}>
      {message.styles && (
        <div className={styles['styles']}>
          <UsedStyles styles={message.styles} />
        </div>
      )}
      {message.text !== '' && <FoldedText id={message.id} text={message.text} />}
      <div className={styles['line']}>
        <span ref={actions} className={styles['actions']}>
          <IconButton icon={Pencil} label={t('chat.edit')} size={16} onClick={() => void begin(message)} />
          <IconButton
            icon={Redo2}
            label={t('chat.reuse_prompt')}
            size={16}
            onClick={() => void reusePrompt(message)}
          />
          {message.text !== '' && (
            <IconButton
              icon={Copy}
              label={t('chat.copy_text')}
              size={16}
              onClick={() => void copyMessage(message.text)}
            />
          )}
        </span>
        <VersionSwitch message={message} />
      </div>
    </div>
  );
}
