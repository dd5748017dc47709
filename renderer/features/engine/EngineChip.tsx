// The line about a download at the bottom of the sidebar, which reopens the sheet.
import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react';
import type { EngineDownload } from '../../../shared/domain/engine';
import { explain } from '../../../shared/domain/errors';
import { t } from '../../../shared/languages/translate';
import { useConnect } from '../../state/connect-store';
import { useEngine } from '../../state/engine/engine-store';
import {
  downloadAmount,
  downloadFacts,
  downloadStateText,
  downloadTitle,
  downloadValueText,
  fractionOf,
} from '../../state/engine/engine-text';
import { shownDownload } from '../../state/engine/this-computer';
import { PlainButton } from '../../ui/PlainButton';
import styles from './EngineChip.module.css';

/** @param isOpen whether the sidebar has room for labels. */
export function EngineChip({ isOpen }: { isOpen: boolean }) {
  const status = useEngine((state) => state.status);
  const finished = useEngine((state) => state.finished);
  const download = status && shownDownload(status);
  if (download) return <Chip isOpen={isOpen} {...ofDownload(download)} />;
  const label = status?.installed.find(({ id, isDamaged }) => id === finished && !isDamaged)?.label;
  if (label === undefined) return null;
  return (
    <Chip
      isOpen={isOpen}
      icon={<CircleCheck size={18} strokeWidth={1.75} aria-hidden />}
      name={t('engine.is_ready', { label })}
      words={label}
      figure={t('engine.ready')}
      title={t('engine.ready_to_make_pictures', { label })}
    />
  );
}

type ChipProps = {
  icon: React.ReactNode;
  /** Accessible name. */
  name: string;
  words: string;
  figure: string;
  title: string;
};

function ofDownload(download: EngineDownload): ChipProps {
  const { label, state, failure } = download;
  return {
    icon:
      state === 'failed' ? (
        <TriangleAlert size={18} strokeWidth={1.75} aria-hidden />
      ) : state === 'paused' ? (
        <CirclePause size={18} strokeWidth={1.75} aria-hidden />
      ) : (
        <Ring fraction={fractionOf(download) ?? 0} />
      ),
    name: t('engine.chip_name', {
      title: downloadTitle(download),
      progress: downloadValueText(download),
    }),
    words: label,
    figure: download.state === 'downloading' ? downloadAmount(download) : downloadStateText(download),
    title: `${downloadTitle(download)} · ${failure ? explain(failure) : downloadFacts(download)}`,
  };
}

function Chip({ isOpen, icon, name, words, figure, title }: ChipProps & { isOpen: boolean }) {
  const open = useConnect((state) => state.open);
  const waiting = useEngine((state) => state.waiting);
  return (
    <PlainButton
      className={styles['chip']}
      aria-label={name}
      aria-haspopup="dialog"
      title={title}
      onClick={() => open({ isThisComputer: true, ...(waiting && { waiting }) })}
    >
      {icon}
      {isOpen && <span className={styles['words']}>{words}</span>}
      {isOpen && <span className={styles['figure']}>{figure}</span>}
    </PlainButton>
  );
}

/** In CSS pixels, in the box of an icon of 18. */
const radius = 7;
const length = 2 * Math.PI * radius;

function Ring({ fraction }: { fraction: number }) {
  return (
    <svg className={styles['ring']} viewBox="0 0 18 18" aria-hidden="true">
      <circle className={styles['track']} cx="9" cy="9" r={radius} />
      <circle
        className={styles['done']}
        cx="9"
        cy="9"
        r={radius}
        strokeDasharray={length}
        strokeDashoffset={length * (1 - fraction)}
      />
    </svg>
  );
}
