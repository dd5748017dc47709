// The first card in the sheet. It offers free and private pictures from this computer, or explains why it cannot make any.
import { MonitorDown } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../../shared/languages/translate';
import { offerSummary } from '../../state/engine/engine-text';
import { useThisComputer } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import styles from './ThisComputerCard.module.css';

export function ThisComputerCard({ onChoose }: { onChoose: () => void }) {
  const { isOffered, reason, offer } = useThisComputer();
  const noteId = useId();
  if (!isOffered && reason === null) return null;
  return (
    <section className={styles['card']} aria-label={t('engine.this_computer')}>
      <MonitorDown className={styles['icon']} size={18} strokeWidth={1.75} aria-hidden />
      <div className={styles['words']}>
        <strong>{t(isOffered ? 'engine.card_title' : 'engine.this_computer')}</strong>
        <p id={noteId}>{reason ?? (offer ? offerSummary(offer) : t('engine.card_model_here'))}</p>
      </div>
      {isOffered && (
        <Button tone="primary" aria-describedby={noteId} onClick={onChoose}>
          {t('engine.use_this_computer')}
        </Button>
      )}
    </section>
  );
}
