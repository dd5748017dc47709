// The About dialog: name, versions and licence, which can be copied for a bug report.
import type { About } from '../../../shared/contract/desktop';
import { request } from '../../ipc';
import { useAbout } from '../../state/about-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { passing } from '../../ui/dialogs';
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
    <Dialog {...passing} className={styles['about']} aria-label="About Afterimage" onClose={onClose}>
      <WordMark size="large" />
      <p className={styles['version']}>Version {about.versions.app}</p>
      <div className={styles['rows']}>
        <FactList rows={rows} isCompact />
      </div>
      <p>
        Free software under the MIT licence.
        {about.hasNotices && (
          <button type="button" className={styles['link']} onClick={() => void showNotices()}>
            Third-party licences
          </button>
        )}
      </p>
      <div className={styles['buttons']}>
        <Button onClick={() => void copy(about)}>Copy for a bug report</Button>
        <Button onClick={onClose}>Close</Button>
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
    ['System', system],
  ];
}

async function copy(about: About): Promise<void> {
  const lines = [['Afterimage', about.versions.app], ...rowsOf(about)];
  await navigator.clipboard.writeText(lines.map(([name, value]) => `${name}: ${value}`).join('\n'));
  toast('Versions copied');
}

async function showNotices(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
