// The About dialog: name, versions and licence, which can be copied for a bug report.

import type { About } from '../../../shared/contract/desktop';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useAbout } from '../../state/about-store';
import { Button } from '../../ui/Button';
import { writeClipboard } from '../../ui/clipboard';
import { Dialog } from '../../ui/Dialog';
import { closesOnNavigation } from '../../ui/dialogs';
import { FactList } from '../../ui/FactList';
import { toast } from '../../ui/toasts';
import { WordMark } from '../../ui/WordMark';
import styles from './AboutPanel.module.css';

export function AboutPanel() {
  const { about, close } = useAbout();
  return about && <Panel about={about} onClose={close} />;
}

function Panel({ about, onClose }: { about: About; onClose: () => void }) {
  const rows = rowsOf(about);
  return (
    <Dialog {...closesOnNavigation} className={styles['about']} aria-label={t('app.about')} onClose={onClose}>
      <WordMark size="large" />
      <p className={styles['version']}>{t('app.about_version', { version: about.versions.app })}</p>
      <div className={styles['rows']}>
        <FactList rows={rows} isCompact />
      </div>
      <p>
        {t('app.about_licence')}{' '}
        {about.hasNotices && (
          <button type="button" className={styles['link']} onClick={() => void showNotices()}>
            {t('app.about_third_party_licences')}
          </button>
        )}
      </p>
      <div className={styles['buttons']}>
        <Button onClick={() => void copy(about)}>{t('app.about_copy')}</Button>
        <Button onClick={onClose}>{t('app.close')}</Button>
      </div>
    </Dialog>
  );
}

function rowsOf({ versions, system }: About): [string, string][] {
  return [
    ['Electron', versions.electron],
    ['Chromium', versions.chromium],
    ['Node.js', versions.node],
    ['SQLite', versions.sqlite],
    [t('app.about_system'), system],
  ];
}

async function copy(about: About): Promise<void> {
  const lines = [['Afterimage', about.versions.app], ...rowsOf(about)];
  const isCopied = await writeClipboard(lines.map(([name, value]) => `${name}: ${value}`).join('\n'));
  if (isCopied) toast(t('app.about_copied'), { ofView: 'current' });
}

async function showNotices(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
