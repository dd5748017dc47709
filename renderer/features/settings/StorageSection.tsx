// Disk usage, and what can be freed.
import { type CSSProperties, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { StorageUsage } from '../../../shared/contract/trash';
import { request } from '../../ipc';
import { showView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { formatBytes, formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './StorageSection.module.css';

type Part = keyof Pick<
  StorageUsage,
  'originals' | 'previews' | 'trash' | 'backups' | 'database' | 'recovery' | 'unclaimed'
>;

const parts: readonly { part: Part; label: string }[] = [
  { part: 'originals', label: 'Pictures' },
  { part: 'previews', label: 'Previews' },
  { part: 'trash', label: 'Trash' },
  { part: 'backups', label: 'Backups' },
  { part: 'database', label: 'Database' },
  { part: 'recovery', label: 'Recovery folder' },
  { part: 'unclaimed', label: 'Unknown files' },
];

/** Renders the button that empties Trash. */
export type EmptyTrashSlot = (props: { disabled: boolean; onEmptied: () => void }) => ReactNode;

export function StorageSection({ emptyTrash }: { emptyTrash: EmptyTrashSlot }) {
  const [usage, setUsage] = useState<StorageUsage | null>(null);
  const [failed, setFailed] = useState<string | null>(null);

  const read = useCallback(async () => {
    const reply = await request('storage:read', {});
    if (reply.ok) setUsage(reply.value);
    setFailed(reply.ok ? null : reply.message);
  }, []);

  // Measured only when the section is opened.
  useEffect(() => {
    void read();
  }, [read]);

  return (
    <section
      className={styles['storage']}
      aria-label="Storage"
      data-setting="usage"
      aria-busy={usage === null && failed === null}
    >
      <h3>Disk usage</h3>
      {failed !== null && <p role="alert">{failed}</p>}
      {usage === null && failed === null && <p className={styles['note']}>Measuring…</p>}
      {usage && <Usage usage={usage} emptyTrash={emptyTrash} onChanged={() => void read()} />}
    </section>
  );
}

type UsageProps = { usage: StorageUsage; emptyTrash: EmptyTrashSlot; onChanged: () => void };

function Usage({ usage, emptyTrash, onChanged }: UsageProps) {
  const shown = parts.filter(({ part }) => part !== 'unclaimed' || usage.unclaimed > 0);
  const total = shown.reduce((sum, { part }) => sum + usage[part], 0);
  return (
    <>
      <p className={styles['total']}>{formatBytes(total)} on this computer</p>
      <div className={styles['bar']} aria-hidden>
        {shown
          .filter(({ part }) => usage[part] > 0)
          .map(({ part }) => (
            <span key={part} data-part={part} style={{ flexGrow: usage[part] } satisfies CSSProperties} />
          ))}
      </div>
      <dl className={styles['parts']}>
        {shown.map(({ part, label }) => (
          <div key={part} data-part={part}>
            <dt>{label}</dt>
            <dd className={styles['bytes']}>{formatBytes(usage[part])}</dd>
            <dd className={styles['reclaim']}>
              <Reclaim part={part} usage={usage} emptyTrash={emptyTrash} onChanged={onChanged} />
            </dd>
          </div>
        ))}
      </dl>
      {usage.missingPictures > 0 && (
        <p className={styles['note']}>
          The files of {formatCount(usage.missingPictures, 'picture')} are missing. The gallery marks them,
          and you can locate their files there.{' '}
          <Button onClick={() => showView('gallery')}>Open the gallery</Button>
        </p>
      )}
    </>
  );
}

function Reclaim({ part, usage, emptyTrash, onChanged }: UsageProps & { part: Part }) {
  if (part === 'trash') {
    return (
      <>
        <a className={styles['link']} href="#/trash">
          Open Trash
        </a>
        {emptyTrash({ disabled: usage.trash === 0, onEmptied: onChanged })}
      </>
    );
  }
  if (part === 'recovery' && usage.recoveryFiles > 0) {
    return (
      <>
        <span>{formatCount(usage.recoveryFiles, 'unknown file')}</span>
        <Button onClick={() => void showRecovery()}>Show in folder</Button>
      </>
    );
  }
  return null;
}

async function showRecovery(): Promise<void> {
  const reply = await request('storage:show-recovery', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
