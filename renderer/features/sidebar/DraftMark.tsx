// Marks a conversation, or New chat, that has an unsent message.
import { t } from '../../../shared/languages/translate';
import { hasHiddenDraft, useDraft } from '../../state/composer/draft-store';
import styles from './DraftMark.module.css';

export function DraftMark({ conversationId }: { conversationId: string }) {
  const isThere = useDraft((state) => hasHiddenDraft(state, conversationId));
  return isThere ? <span className={styles['mark']}>{t('sidebar.draft')}</span> : null;
}
