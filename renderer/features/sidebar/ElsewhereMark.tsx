// Marks a conversation that another window shows. A click goes to that window.
import { AppWindow } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { useElsewhere } from '../../state/windows';
import styles from './ElsewhereMark.module.css';

export function ElsewhereMark({ conversationId }: { conversationId: string }) {
  const isElsewhere = useElsewhere(({ ids }) => ids.has(conversationId));
  const label = t('sidebar.elsewhere');
  return isElsewhere ? (
    <span className={styles['mark']} role="img" aria-label={label} title={label}>
      <AppWindow size={14} strokeWidth={1.75} aria-hidden />
    </span>
  ) : null;
}
