// The disk usage, and buttons that free space.
import { type CSSProperties, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { StorageUsage } from '../../../shared/contract/trash';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { openWholeGallery } from '../../state/collections/whole-gallery';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './StorageSection.module.css';

type Part = keyof Pick<
  StorageUsage,
  | 'originals'
  | 'previews'
  | 'trash'
  | 'models'
  | 'downloads'
  | 'backups'
  | 'database'
  | 'recovery'
  | 'unclaimed'
>;

const parts: readonly { part: Part; label: MessageId }[] = [
  { part: 'originals', label: 'settings.part_originals' },
  { part: 'previews', label: 'settings.part_previews' },
  { part: 'trash', label: 'settings.part_trash' },
  { part: 'models', label: 'settings.part_models' },
  { part: 'downloads', label: 'settings.part_downloads' },
  { part: 'backups', label: 'settings.part_backups' },
  { part: 'database', label: 'settings.part_database' },
  { part: 'recovery', label: 'settings.part_recovery' },
  { part: 'unclaimed', label: 'settings.part_unclaimed' },
];

/** Parts that are hidden if they are empty, because most users have none of them. */
const rare: ReadonlySet<Part> = new Set(['models', 'downloads', 'unclaimed']);

/** Renders the engines and models. `onChanged` is called when one is added or removed. */
export type EngineStorageSlot = (props: { onChanged: () => void }) => ReactNode;

/** Renders the button that empties Trash. */
export type EmptyTrashSlot = (props: { disabled: boolean; onEmptied: () => void }) => ReactNode;

type Props = { emptyTrash: EmptyTrashSlot; engineStorage: EngineStorageSlot };

export function StorageSection({ emptyTrash, engineStorage }: Props) {
  const [usage, setUsage] = useState<StorageUsage | null>(null);
  const [failed, setFailed] = useState<string | null>(null);

  const read = useCallback(async () => {
    const reply = await request('storage:read', {});
    if (reply.ok) setUsage(reply.value);
    setFailed(reply.ok ? null : reply.message);
  }, []);

  const readAgain = useCallback(() => void read(), [read]);

  // Measured only when the section is opened.
  useEffect(readAgain, [readAgain]);

  return (
    <>
      <section
        className={styles['storage']}
        aria-label={t('settings.storage')}
        data-setting="usage"
        aria-busy={usage === null && failed === null}
      >
        <h3>{t('settings.disk_usage')}</h3>
        {failed !== null && <p role="alert">{failed}</p>}
        {usage === null && failed === null && <p className={styles['note']}>{t('settings.measuring')}</p>}
        {usage && <Usage usage={usage} emptyTrash={emptyTrash} onChanged={readAgain} />}
      </section>
      {engineStorage({ onChanged: readAgain })}
    </>
  );
}

type UsageProps = { usage: StorageUsage; emptyTrash: EmptyTrashSlot; onChanged: () => void };

function Usage({ usage, emptyTrash, onChanged }: UsageProps) {
  const shown = parts.filter(({ part }) => !rare.has(part) || usage[part] > 0);
  const total = shown.reduce((sum, { part }) => sum + usage[part], 0);
  return (
    <>
      <p className={styles['total']}>{t('settings.used_in_total', { size: formatBytes(total) })}</p>
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
            <dt>{t(label)}</dt>
            <dd className={styles['bytes']}>{formatBytes(usage[part])}</dd>
            <dd className={styles['reclaim']}>
              <Reclaim part={part} usage={usage} emptyTrash={emptyTrash} onChanged={onChanged} />
            </dd>
          </div>
        ))}
      </dl>
      {usage.linked > 0 && (
        <p className={styles['note']}>{t('settings.in_your_folders', { size: formatBytes(usage.linked) })}</p>
      )}
      {usage.missingPictures > 0 && (
        <p className={styles['note']}>
          {t('settings.missing_files', { count: usage.missingPictures })}{' '}
          <Button onClick={openWholeGallery}>{t('settings.open_gallery')}</Button>
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
          {t('settings.open_trash')}
        </a>
        {emptyTrash({ disabled: usage.trash === 0, onEmptied: onChanged })}
      </>
    );
  }
  if (part === 'recovery' && usage.recoveryFiles > 0) {
    return (
      <>
        <span>{t('settings.unknown_files', { count: usage.recoveryFiles })}</span>
        <Button onClick={() => void showRecovery()}>{t('settings.show_in_folder')}</Button>
      </>
    );
  }
  return null;
}

async function showRecovery(): Promise<void> {
  const reply = await request('storage:show-recovery', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
