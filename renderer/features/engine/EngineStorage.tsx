// The disk usage of engines, models and unfinished downloads, in the storage settings.
import { useEffect, useRef } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { formatBytes } from '../../ui/format';
import { InstalledItems } from './InstalledItems';
import styles from './ThisComputerSection.module.css';
import { UnfinishedDownloads } from './UnfinishedDownloads';

/** @param onChanged called after something was added or removed, so that the disk usage is measured again. */
export function EngineStorage({ onChanged }: { onChanged: () => void }) {
  const { status, read } = useEngine();
  useEffect(() => {
    void read();
  }, [read]);
  useOnContent(status, onChanged);
  if (!status) return null;
  const { installed, downloads, abandoned } = status;
  if (installed.length + downloads.length + abandoned.length === 0) return null;
  const total = installed.reduce((sum, { bytes }) => sum + bytes, 0);
  const partial =
    downloads.reduce((sum, { storedBytes }) => sum + storedBytes, 0) +
    abandoned.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section className={styles['section']} aria-label={t('engine.items')}>
      <h3>{t('engine.items')}</h3>
      <p className={styles['note']}>
        {partial > 0
          ? t('engine.disk_usage_with_downloads', { size: formatBytes(total), partial: formatBytes(partial) })
          : t('engine.disk_usage', { size: formatBytes(total) })}
      </p>
      <InstalledItems items={installed} server={null} />
      <UnfinishedDownloads status={status} />
    </section>
  );
}

/** Calls `onChanged` when something is installed, removed, paused or ended, but not for each byte that arrives. */
function useOnContent(status: EngineStatus | null, onChanged: () => void): void {
  const content =
    status &&
    JSON.stringify([
      status.installed.map(({ id, isDamaged }) => [id, isDamaged]),
      status.downloads.map(({ model, state }) => [model, state]),
      status.abandoned.map(({ id }) => id),
    ]);
  const before = useRef(content);
  useEffect(() => {
    if (before.current !== null && before.current !== content) onChanged();
    before.current = content;
  }, [content, onChanged]);
}
