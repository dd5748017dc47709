// The list of unfinished downloads, with their size on disk and a button that deletes them.
import { useState } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { downloadStateText } from '../../state/engine/engine-text';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { formatBytes } from '../../ui/format';
import styles from './InstalledItems.module.css';

type Row = {
  id: EngineItemId;
  label: string;
  bytes: number;
  words: string;
  /** The text of the confirmation before it is deleted. */
  warning: string;
  remove: (id: EngineItemId) => Promise<void>;
};

export function UnfinishedDownloads({ status }: { status: EngineStatus }) {
  const { cancel, remove } = useEngine();
  const [removing, setRemoving] = useState<Row | null>(null);
  const rows: Row[] = [
    ...status.downloads.map(({ model: id, label, state, storedBytes: bytes }) => ({
      ...{ id, label, bytes, remove: cancel },
      words: downloadStateText({ state }),
      warning: t('engine.delete_download_text', { size: formatBytes(bytes), label }),
    })),
    ...status.abandoned.map(({ id, label, bytes }) => ({
      ...{ id, label, bytes, remove },
      words: t('engine.abandoned'),
      warning: t('engine.delete_abandoned_text', { size: formatBytes(bytes), label }),
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <>
      <h4 className={styles['heading']}>{t('engine.unfinished')}</h4>
      <ul className={styles['list']} aria-label={t('engine.unfinished')}>
        {rows.map((row) => (
          <li key={row.id} className={styles['row']} data-unfinished={row.id}>
            <span className={styles['words']}>
              <span className={styles['name']}>{row.label}</span>
              <small>{row.words}</small>
            </span>
            <span className={styles['bytes']}>{formatBytes(row.bytes)}</span>
            <Button
              aria-label={t('engine.delete_download_of', { label: row.label })}
              onClick={() => setRemoving(row)}
            >
              {t('engine.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {removing && (
        <Confirm
          title={t('engine.delete_download_title')}
          action={t('engine.delete_download')}
          onConfirm={() => void removing.remove(removing.id)}
          onClose={() => setRemoving(null)}
        >
          {removing.warning}
        </Confirm>
      )}
    </>
  );
}
