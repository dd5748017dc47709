// The first thing in the sheet where this computer can make pictures: without a key, free, and private.
import { MonitorDown } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { offerSummary } from '../../state/engine/engine-text';
import { useThisComputer } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import styles from './ThisComputerCard.module.css';

export function ThisComputerCard({ onChoose }: { onChoose: () => void }) {
  const { isOffered, offer } = useThisComputer();
  if (!isOffered) return null;
  return (
    <section className={styles['card']} aria-label={t('engine.this_computer')}>
      <MonitorDown className={styles['icon']} size={18} strokeWidth={1.75} aria-hidden />
      <div className={styles['words']}>
        <strong>{t('engine.card_title')}</strong>
        <p>{offer ? offerSummary(offer) : t('engine.card_model_here')}</p>
      </div>
      <Button tone="primary" onClick={onChoose}>
        {t('engine.use_this_computer')}
      </Button>
    </section>
  );
}
