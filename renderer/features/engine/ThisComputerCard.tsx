// The first thing in the sheet where this computer can make pictures: without a key, free, and private.
import { MonitorDown } from 'lucide-react';
import { offerSummary } from '../../state/engine/engine-text';
import { useThisComputer } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import styles from './ThisComputerCard.module.css';

export function ThisComputerCard({ onChoose }: { onChoose: () => void }) {
  const { isOffered, offer } = useThisComputer();
  if (!isOffered) return null;
  return (
    <section className={styles['card']} aria-label="This computer">
      <MonitorDown className={styles['icon']} size={18} strokeWidth={1.75} aria-hidden />
      <div className={styles['words']}>
        <strong>Free, private, and without a key</strong>
        <p>{offer ? offerSummary(offer) : 'A model that is on this computer, or on its way.'}</p>
      </div>
      <Button tone="primary" onClick={onChoose}>
        Use this computer
      </Button>
    </section>
  );
}
