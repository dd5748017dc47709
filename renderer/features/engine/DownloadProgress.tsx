// A download: how far it is, how long it still takes, and what can be done with it.
import { type ReactNode, useState } from 'react';
import type { EngineDownload } from '../../../shared/domain/engine';
import { type DownloadAction, downloadButtons } from '../../state/engine/download-actions';
import { useEngine } from '../../state/engine/engine-store';
import {
  downloadAmount,
  downloadFacts,
  downloadTitle,
  downloadValueText,
  fractionOf,
} from '../../state/engine/engine-text';
import { openSettings } from '../../state/settings/open-settings';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { formatBytes } from '../../ui/format';
import progress from './DownloadProgress.module.css';
import styles from './EnginePage.module.css';
import { useOnce } from './use-once';

type Props = {
  download: EngineDownload;
  /** The button that leads back. */
  back?: ReactNode;
  /** Leads to the other models; absent where there are none. */
  onChooseOther?: () => void;
  /** Closes the sheet, because something outside it is shown. */
  onLeave?: () => void;
};

/** So little is deleted without a question (bytes). */
const maxUnconfirmedBytes = 1_000_000;

const labels: Readonly<Record<DownloadAction, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Try again',
  'free-space': 'Free disk space',
  'choose-other': 'Choose another model',
};

export function DownloadProgress({ download, back, onChooseOther, onLeave }: Props) {
  const { model, label, receivedBytes, failure } = download;
  const engine = useEngine();
  const run = useOnce();
  const [isCancelling, setCancelling] = useState(false);
  const runs: Record<DownloadAction, () => void> = {
    pause: () => run(() => engine.pause(model)),
    resume: () => run(() => engine.download(model)),
    retry: () => run(() => engine.download(model)),
    cancel: () =>
      receivedBytes > maxUnconfirmedBytes ? setCancelling(true) : run(() => engine.cancel(model)),
    'free-space': () => {
      onLeave?.();
      openSettings('storage', 'usage');
    },
    'choose-other': () => onChooseOther?.(),
  };
  const { next, others } = downloadButtons(download, onChooseOther !== undefined);
  return (
    <section className={styles['step']} aria-label={`Download of ${label}`}>
      <div className={progress['head']}>
        <p className={styles['title']} role="status">
          {downloadTitle(download)}
        </p>
        <span className={progress['percent']} aria-hidden>
          {downloadAmount(download)}
        </span>
      </div>
      <ProgressBar download={download} />
      {failure ? (
        <p className={styles['problem']} role="alert">
          {failure.message}
        </p>
      ) : (
        <p className={progress['facts']}>{downloadFacts(download)}</p>
      )}
      <div className={styles['buttons']}>
        {back ?? <span />}
        {others.map((action) => (
          <Button key={action} onClick={runs[action]}>
            {labels[action]}
          </Button>
        ))}
        <span data-next>
          <Button
            // Pausing is possible, but nothing that most users want next.
            tone={next === 'pause' ? 'plain' : 'primary'}
            onClick={runs[next]}
          >
            {labels[next]}
          </Button>
        </span>
      </div>
      {isCancelling && (
        <Confirm
          title="Delete this download?"
          action="Delete download"
          onConfirm={() => run(() => engine.cancel(model))}
          onClose={() => setCancelling(false)}
        >
          The {formatBytes(receivedBytes)} of {label} that are here are deleted. If you pause it instead, they
          stay for later.
        </Confirm>
      )}
    </section>
  );
}

/** The bar alone, for the sheet and for the settings. */
export function ProgressBar({ download }: { download: EngineDownload }) {
  const fraction = fractionOf(download);
  return (
    <div
      className={progress['bar']}
      data-state={download.state}
      role="progressbar"
      aria-label={`Download of ${download.label}`}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(fraction !== null && { 'aria-valuenow': Math.floor(fraction * 100) })}
      aria-valuetext={downloadValueText(download)}
    >
      <div className={progress['done']} style={{ transform: `scaleX(${fraction ?? 0})` }} />
    </div>
  );
}
