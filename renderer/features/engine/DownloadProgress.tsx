// A download: its progress, the remaining time, and its actions.
import { type ReactNode, useState } from 'react';
import type { EngineDownload } from '../../../shared/domain/engine';
import { explain } from '../../../shared/domain/errors';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
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
  /** Opens the choice of other models; absent if there are none. */
  onChooseOther?: () => void;
  /** Closes the sheet, so that something outside it can be shown. */
  onLeave?: () => void;
};

/** Maximum download that is deleted without confirmation (bytes). */
const maxUnconfirmedBytes = 1_000_000;

const labels: Readonly<Record<DownloadAction, MessageId>> = {
  pause: 'engine.pause',
  resume: 'engine.resume',
  cancel: 'engine.cancel',
  retry: 'engine.try_again',
  'free-space': 'engine.free_space',
  'choose-other': 'engine.choose_other_model',
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
    <section className={styles['step']} aria-label={t('engine.download_of', { label })}>
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
          {explain(failure)}
        </p>
      ) : (
        <p className={progress['facts']}>{downloadFacts(download)}</p>
      )}
      <div className={styles['buttons']}>
        {back ?? <span />}
        {others.map((action) => (
          <Button key={action} onClick={runs[action]}>
            {t(labels[action])}
          </Button>
        ))}
        <span data-next>
          <Button
            // Pausing is possible, but rarely what users want next.
            tone={next === 'pause' ? 'plain' : 'primary'}
            onClick={runs[next]}
          >
            {t(labels[next])}
          </Button>
        </span>
      </div>
      {isCancelling && (
        <Confirm
          title={t('engine.delete_download_title')}
          action={t('engine.delete_download')}
          onConfirm={() => run(() => engine.cancel(model))}
          onClose={() => setCancelling(false)}
        >
          {t('engine.delete_download_text', { size: formatBytes(receivedBytes), label })}
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
      aria-label={t('engine.download_of', { label: download.label })}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(fraction !== null && { 'aria-valuenow': Math.floor(fraction * 100) })}
      aria-valuetext={downloadValueText(download)}
    >
      <div className={progress['done']} style={{ transform: `scaleX(${fraction ?? 0})` }} />
    </div>
  );
}
