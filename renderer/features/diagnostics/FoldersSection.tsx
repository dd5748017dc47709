// What is written down when something goes wrong, and where a user finds it.
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
      'What went wrong and when, without your prompts and keys. Two files of about 1 MB at most. Nothing sends them.',
  },
  {
    folder: 'crashes',
    label: 'Crash reports',
    words:
      'When a part of Afterimage crashes, a piece of its memory is kept, which can hold what you were writing. The last ten stay, on this computer only. Pass one on only to somebody you trust. None are kept while a key comes from the environment.',
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
          <dd>Of Afterimage and of what it runs on, to copy.</dd>
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
