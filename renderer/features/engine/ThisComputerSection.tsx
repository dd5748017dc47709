// The settings of "This computer": the engine, its models, downloads, and the user's own engine.

import { useEffect } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import { t } from '../../../shared/languages/translate';
import { useConnect } from '../../state/connect-store';
import { useEngine } from '../../state/engine/engine-store';
import { machineText, serverText } from '../../state/engine/engine-text';
import { canUseThisComputer, explainNotOffered } from '../../state/engine/this-computer';
import { useServices } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { DownloadProgress } from './DownloadProgress';
import { InstalledItems } from './InstalledItems';
import { MoreWays } from './MoreWays';
import styles from './ThisComputerSection.module.css';

export function ThisComputerSection() {
  const { status, problem, read } = useEngine();
  useEffect(() => {
    void read();
  }, [read]);
  return (
    <section
      className={styles['section']}
      data-setting="thisComputer"
      aria-label={t('engine.section')}
      aria-busy={status === null && problem === null}
    >
      <h3>{t('engine.this_computer')}</h3>
      {status ? (
        <Known status={status} />
      ) : problem === null ? (
        <p className={styles['note']}>{t('engine.reading_computer')}</p>
      ) : (
        <p role="alert">
          {problem} <Button onClick={() => void read()}>{t('engine.try_again')}</Button>
        </p>
      )}
    </section>
  );
}

function Known({ status }: { status: EngineStatus }) {
  const open = useConnect((state) => state.open);
  const isFromEnvironment = useServices((state) => state.isFromEnvironment);
  const { downloads, installed, machine, ownEngine, server, unavailable } = status;
  const canUse = canUseThisComputer(status, isFromEnvironment);
  const hasEngine = ownEngine !== null || installed.some(({ kind }) => kind === 'engine');
  // The user's own engine without a model needs one that is added below.
  const isReady = canUse || (hasEngine && unavailable === null && !isFromEnvironment);
  const reason = isReady ? null : explainNotOffered(status, isFromEnvironment);
  const note = reason ?? t('engine.makes_pictures');
  return (
    <>
      <p className={styles['note']}>
        {t('engine.note_and_computer', { note, computer: machineText(machine) })}
      </p>
      {downloads.map((download) => (
        <DownloadProgress key={download.model} download={download} />
      ))}
      <InstalledItems items={installed} server={hasEngine ? serverText(server) : null} />
      {canUse && (
        <div className={styles['buttons']}>
          <Button
            tone={installed.length === 0 && downloads.length === 0 ? 'primary' : 'plain'}
            onClick={() => open({ isThisComputer: true })}
          >
            {t(installed.length === 0 ? 'engine.use_this_computer' : 'engine.download_model')}
          </Button>
        </div>
      )}
      {!isFromEnvironment && <MoreWays status={status} onAdded={noop} isPlain />}
    </>
  );
}

/** Does nothing, because an added model appears in the list anyway. */
function noop(): void {}
