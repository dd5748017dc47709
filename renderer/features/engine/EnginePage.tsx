// The page "Use this computer" of the sheet: the download, its progress, and then the first picture.

import { useEffect, useRef, useState } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { say } from '../../../shared/languages/sentence';
import { t } from '../../../shared/languages/translate';
import type { Waiting } from '../../state/connect-store';
import { useEngine } from '../../state/engine/engine-store';
import { bestOffer, makePictureWith, readyModels, shownDownload } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import { TestResult } from '../../ui/TestResult';
import { DownloadProgress } from './DownloadProgress';
import styles from './EnginePage.module.css';
import { ModelChoice } from './ModelChoice';
import { MoreWays } from './MoreWays';
import { Offer } from './Offer';
import { Ready } from './Ready';

type Props = {
  onBack: () => void;
  waiting: Waiting | undefined;
  onClose: () => void;
};

export function EnginePage({ onBack, waiting, onClose }: Props) {
  const { status, problem, read, waitFor } = useEngine();

  // The free space may have changed since the last check.
  useEffect(() => {
    void read();
  }, [read]);
  // The prompt outlives the sheet, which the user may close during the download.
  useEffect(() => {
    if (waiting) waitFor(waiting);
  }, [waiting, waitFor]);

  if (!status) {
    return (
      <div className={styles['page']}>
        <TestResult
          state={problem === null ? 'asking' : 'bad'}
          words={problem ?? t('engine.reading_computer')}
        />
        <div className={styles['buttons']}>
          <Button onClick={onBack}>{t('engine.choose_other_service')}</Button>
          {problem !== null && (
            <Button tone="primary" onClick={() => void read()}>
              {t('engine.try_again')}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return <Known status={status} onBack={onBack} onClose={onClose} />;
}

type KnownProps = Pick<Props, 'onBack' | 'onClose'> & { status: EngineStatus };

function Known({ status, onBack, onClose }: KnownProps) {
  const [chosen, setChosen] = useState<EngineItemId | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const waiting = useEngine((state) => state.waiting);
  const waitFor = useEngine((state) => state.waitFor);
  const finished = useEngine((state) => state.finished);
  // Keeps the model that the page was opened with, so that its next step is not that of another model.
  const [first] = useState(() => finished ?? firstModel(status));
  // A model from an address no longer exists after its download was cancelled.
  const model = [chosen, first].find((id) => id !== null && isKnown(status, id)) ?? firstModel(status);
  const download = status.downloads.find((candidate) => candidate.model === model);
  const ready = readyModels(status).find(({ id }) => id === model);
  const offer = status.offers.find((candidate) => candidate.model === model);
  const phase = download ? `download ${download.state}` : ready ? 'ready' : offer ? 'offer' : 'none';
  useKeptFocus(page, phase);

  const back = <Button onClick={onBack}>{t('engine.choose_other_service')}</Button>;
  return (
    <div ref={page} className={styles['page']}>
      {download ? (
        <DownloadProgress
          download={download}
          back={back}
          onLeave={onClose}
          onChooseOther={() =>
            page.current?.querySelector<HTMLElement>('[type="radio"]:not(:checked)')?.focus()
          }
        />
      ) : ready ? (
        <Ready
          ready={ready}
          offer={offer ?? null}
          back={back}
          onMakePicture={() => {
            onClose();
            waitFor(null);
            void makePictureWith(ready, waiting?.send ?? null);
          }}
        />
      ) : offer ? (
        <Offer offer={offer} back={back} onLeave={onClose} />
      ) : (
        <>
          <p className={styles['text']}>
            {status.unavailable ? say(status.unavailable) : t('engine.none_offered')}
          </p>
          <div className={styles['buttons']}>{back}</div>
        </>
      )}
      <ModelChoice offers={status.offers} model={model} onChoose={setChosen} />
      <MoreWays status={status} onAdded={setChosen} />
    </div>
  );
}

/** Returns the initial model: one that is downloading, an installed one, or the best one to download. */
function firstModel(status: EngineStatus): EngineItemId | null {
  return (
    shownDownload(status)?.model ??
    readyModels(status)[0]?.id ??
    bestOffer(status)?.model ??
    status.offers[0]?.model ??
    null
  );
}

/** Returns whether there is anything to show about a model. */
function isKnown(status: EngineStatus, id: EngineItemId): boolean {
  return (
    [...status.downloads, ...status.offers].some(({ model }) => model === id) ||
    readyModels(status).some((ready) => ready.id === id)
  );
}

/** Focuses the button of the next step if the focused one disappears with its step. */
function useKeptFocus(page: { readonly current: HTMLElement | null }, phase: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each phase, which has different buttons.
  useEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === document.body || activeElement instanceof HTMLDialogElement;
    if (isLost) page.current?.querySelector<HTMLElement>('[data-next] button')?.focus();
  }, [page, phase]);
}
