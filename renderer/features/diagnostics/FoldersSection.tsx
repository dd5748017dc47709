// Logs, crash reports and versions, for a bug report.
import type { ShownFolder } from '../../../shared/contract/desktop';
import { request } from '../../ipc';
import { useAbout } from '../../state/about-store';
import { Button } from '../../ui/Button';
import { toast } from '../../ui/toasts';
import styles from './DiagnosticsView.module.css';

const folders: readonly { folder: ShownFolder; label: string; words: string }[] = [
  {
    folder: 'logs',
    label: 'Logs',
    words:
      'Errors and their times, without your prompts and keys. At most two files of 1 MB. They are never sent.',
  },
  {
    folder: 'crashes',
    label: 'Crash reports',
    words:
      'When Afterimage crashes, part of its memory is saved, which may contain what you were writing. The last ten reports stay on this computer. Share them only with people you trust. None are saved while a key comes from the environment.',
  },
];

export function FoldersSection() {
  const openAbout = useAbout((state) => state.open);
  return (
    <section className={styles['section']}>
      <h2>For a bug report</h2>
      <dl className={styles['folders']}>
        {folders.map(({ folder, label, words }) => (
          <div key={folder}>
            <dt>{label}</dt>
            <dd>{words}</dd>
            <dd>
              <Button
                aria-label={`Open the folder of ${label.toLowerCase()}`}
                onClick={() => void show(folder)}
              >
                Open folder
              </Button>
            </dd>
          </div>
        ))}
        <div>
          <dt>Versions</dt>
          <dd>Version information to copy.</dd>
          <dd>
            <Button onClick={() => void openAbout()}>About Afterimage</Button>
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
