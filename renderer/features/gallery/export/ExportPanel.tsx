// How far an export is, with a way to stop it. It stays on screen in every view.

import { useExport } from '../../../state/pictures/export-store';
import { Button } from '../../../ui/Button';
import styles from './ExportPanel.module.css';

export function ExportPanel() {
  const progress = useExport((state) => state.progress);
  const cancel = useExport((state) => state.cancel);
  if (!progress) return null;
  const { done, total } = progress;
  const number = new Intl.NumberFormat('en');
  return (
    <section className={styles['panel']} aria-label="Export">
      <p>
        Exporting {number.format(done)} of {number.format(total)}
      </p>
      <progress aria-label="Exported pictures" value={done} max={total} />
      <Button onClick={cancel}>Cancel</Button>
    </section>
  );
}
