// What engines and models take on the disk, in the storage settings.
import { useEffect } from 'react';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { formatBytes } from '../../ui/format';
import { InstalledItems } from './InstalledItems';
import styles from './ThisComputerSection.module.css';

/** @param onRemoved called after something was removed, so that the disk is measured again. */
export function EngineStorage({ onRemoved }: { onRemoved?: () => void }) {
  const { status, read } = useEngine();
  useEffect(() => {
    void read();
  }, [read]);
  if (!status || (status.installed.length === 0 && status.downloads.length === 0)) return null;
  const { installed, downloads } = status;
  const total = installed.reduce((sum, { bytes }) => sum + bytes, 0);
  const partial = downloads.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  return (
    <section className={styles['section']} aria-label={t('engine.items')}>
      <h3>{t('engine.items')}</h3>
      <p className={styles['note']}>
        {partial > 0
          ? t('engine.disk_usage_with_downloads', { size: formatBytes(total), partial: formatBytes(partial) })
          : t('engine.disk_usage', { size: formatBytes(total) })}
      </p>
      <InstalledItems items={installed} server={null} {...(onRemoved && { onRemoved })} />
    </section>
  );
}
