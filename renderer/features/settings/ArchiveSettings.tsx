// Moving to another computer: writing a full export, and importing one.
import { t } from '../../../shared/languages/translate';
import { useExport } from '../../state/pictures/export-store';
import { Button } from '../../ui/Button';
import styles from './Choice.module.css';

export function ArchiveSettings() {
  const { progress, startEverything, importArchive } = useExport();
  return (
    <section className={styles['setting']} data-setting="archive" aria-labelledby="archiveTitle">
      <h3 id="archiveTitle">{t('settings.archive')}</h3>
      <div className={styles['options']}>
        <Button disabled={progress !== null} onClick={() => void startEverything()}>
          {t('settings.export_everything')}
        </Button>
        <Button disabled={progress !== null} onClick={() => void importArchive()}>
          {t('settings.import_export')}
        </Button>
      </div>
      <p className={styles['note']}>{t('settings.archive_note')}</p>
    </section>
  );
}
