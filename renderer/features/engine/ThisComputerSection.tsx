// The settings of this computer: the engine, its models, what is on its way, and an engine of the user's own.
import { useEffect } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import { useConnect } from '../../state/connect-store';
import { useEngine } from '../../state/engine/engine-store';
import { machineText, serverText } from '../../state/engine/engine-text';
import { canUseThisComputer } from '../../state/engine/this-computer';
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
      aria-label="Models on this computer"
      aria-busy={status === null && problem === null}
    >
      <h3>This computer</h3>
      {status ? (
        <Known status={status} />
      ) : problem === null ? (
        <p className={styles['note']}>Looking at this computer…</p>
      ) : (
        <p role="alert">
          {problem} <Button onClick={() => void read()}>Try again</Button>
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
  return (
    <>
      <p className={styles['note']}>
        {isFromEnvironment
          ? 'The services of this run come from AFTERIMAGE_SERVICES. Start without it to use this computer.'
          : (unavailable ??
            (canUse || hasEngine
              ? 'Makes pictures without a key and without the internet.'
              : 'It has too little memory for the models that Afterimage offers.'))}{' '}
        {machineText(machine)}.
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
            {installed.length === 0 ? 'Use this computer' : 'Download a model'}
          </Button>
        </div>
      )}
      {!isFromEnvironment && <MoreWays status={status} onAdded={noop} isPlain />}
    </>
  );
}

/** What was added appears in the list. */
function noop(): void {}
