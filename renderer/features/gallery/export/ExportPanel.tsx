// The progress of an export, with a Cancel button. Stays visible in every view.
import { useExport } from '../../../state/pictures/export-store';
import { Button } from '../../../ui/Button';
import { formatNumber } from '../../../ui/format';
import styles from './ExportPanel.module.css';

export function ExportPanel() {
  const progress = useExport((state) => state.progress);
  const cancel = useExport((state) => state.cancel);
  if (!progress) return null;
  const { done, total, isImport = false } = progress;
  return (
    <section className={styles['panel']} aria-label={isImport ? 'Import of an export' : 'Export'}>
      <p>
        {isImport ? 'Bringing in' : 'Exporting'} {formatNumber(done)} of {formatNumber(total)}
      </p>
      <progress aria-label={isImport ? 'Brought in' : 'Exported pictures'} value={done} max={total} />
      <Button onClick={cancel}>Cancel</Button>
    </section>
  );
}
