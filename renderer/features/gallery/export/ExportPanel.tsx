// The progress of an export, with a Cancel button. Stays visible in every view.
import { t } from '../../../../shared/languages/translate';
import { useExport } from '../../../state/pictures/export-store';
import { Button } from '../../../ui/Button';
import strip from '../../../ui/strip.module.css';

export function ExportPanel() {
  const progress = useExport((state) => state.progress);
  const cancel = useExport((state) => state.cancel);
  if (!progress) return null;
  const { done, total, isImport = false } = progress;
  return (
    <section
      className={strip['strip']}
      aria-label={t(isImport ? 'gallery.import_of_export' : 'gallery.export')}
    >
      <div className={strip['words']}>
        <p className={strip['text']}>
          {t(isImport ? 'gallery.bringing_in' : 'gallery.exporting', { done, total })}
        </p>
      </div>
      <div className={strip['actions']}>
        <Button onClick={cancel}>{t('gallery.cancel')}</Button>
      </div>
      <progress
        className={strip['bar']}
        aria-label={t(isImport ? 'gallery.archive_imported' : 'gallery.exported')}
        value={done}
        max={total}
      />
    </section>
  );
}
