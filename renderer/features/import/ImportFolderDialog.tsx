// Asks how to keep the pictures of a dropped or chosen folder.
import { useId, useState } from 'react';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { t } from '../../../shared/languages/translate';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useImport } from './import-store';
import { ModeChoice } from './ModeChoice';
import styles from './WatchFolderDialog.module.css';

export function ImportFolderDialog() {
  const asked = useImport((state) => state.asked);
  return asked && <Question key={asked.offerId} {...asked} />;
}

function Question({ offerId, folder }: { offerId: string; folder: string }) {
  const { ask, start } = useImport();
  const [mode, setMode] = useState<ImportMode>('copy');
  const titleId = useId();

  function confirm(): void {
    ask(null);
    void start(offerId, mode);
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={() => ask(null)}
      onConfirm={confirm}
    >
      <h2 id={titleId}>{t('import.import_folder_title', { name: folder })}</h2>
      <ModeChoice value={mode} onChange={setMode} />
      <div className={styles['buttons']}>
        <Button onClick={() => ask(null)}>{t('ui.cancel')}</Button>
        <Button tone="primary" onClick={confirm}>
          {t('import.import_folder')}
        </Button>
      </div>
    </Dialog>
  );
}
