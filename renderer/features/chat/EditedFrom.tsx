// The line above an edited picture that links to its source.

import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { Text } from '../../ui/Text';
import styles from './EditedFrom.module.css';

export function EditedFrom({ id, count }: { id: string; count: number }) {
  const prompt = useChat(({ messages: { [id]: parent } }) =>
    parent?.kind === 'image' ? parent.prompt : null,
  );
  const showMessage = useChat((state) => state.showMessage);
  if (count > 1) return <p className={styles['line']}>{t('chat.made_from', { count })}</p>;
  return (
    <p className={styles['line']}>
      <Text
        id="chat.edited_from"
        values={{
          picture: prompt ?? t('chat.earlier_picture'),
          link: (parts) => (
            <button
              type="button"
              className={styles['link']}
              title={t('chat.show_picture')}
              onClick={() => void showMessage(id)}
            >
              {parts}
            </button>
          ),
        }}
      />
    </p>
  );
}
