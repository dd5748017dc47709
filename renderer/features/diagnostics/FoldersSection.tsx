// Logs, crash reports and versions, for a bug report.
import type { ShownFolder } from '../../../shared/contract/desktop';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useAbout } from '../../state/about-store';
import { Button } from '../../ui/Button';
import { toast } from '../../ui/toasts';
import styles from './DiagnosticsView.module.css';

const folders = [
  {
    folder: 'logs',
    label: 'diagnostics.logs',
    note: 'diagnostics.logs_note',
    action: 'diagnostics.open_logs',
  },
  {
    folder: 'crashes',
    label: 'diagnostics.crash_reports',
    note: 'diagnostics.crash_reports_note',
    action: 'diagnostics.open_crash_reports',
  },
] as const satisfies readonly { folder: ShownFolder; label: MessageId; note: MessageId; action: MessageId }[];

export function FoldersSection() {
  const openAbout = useAbout((state) => state.open);
  return (
    <section className={styles['section']}>
      <h2>{t('diagnostics.bug_report')}</h2>
      <dl className={styles['folders']}>
        {folders.map(({ folder, label, note, action }) => (
          <div key={folder}>
            <dt>{t(label)}</dt>
            <dd>{t(note)}</dd>
            <dd>
              <Button aria-label={t(action)} onClick={() => void show(folder)}>
                {t('diagnostics.open_folder')}
              </Button>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('diagnostics.versions')}</dt>
          <dd>{t('diagnostics.versions_note')}</dd>
          <dd>
            <Button onClick={() => void openAbout()}>{t('diagnostics.about')}</Button>
          </dd>
        </div>
      </dl>
    </section>
  );
}

async function show(folder: ShownFolder): Promise<void> {
  const reply = await request('desktop:show-folder', { folder });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
