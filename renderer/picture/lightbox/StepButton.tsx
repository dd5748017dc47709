// The button that opens the previous or the next picture.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import type { Position } from '../../state/gallery/picture-index';
import { PlainButton } from '../../ui/PlainButton';
import styles from './StepButton.module.css';

export type PictureSteps = {
  hasPrevious: boolean;
  hasNext: boolean;
  position: Position | null;
  onStep: (by: 1 | -1) => void;
};

type Props = Omit<PictureSteps, 'position'> & {
  by: 1 | -1;
  /** Whether it is in the row of actions, where it keeps its place if there is no such picture. Otherwise beside the picture. */
  isInRow?: boolean;
};

/** The width of the window determines which of the two kinds is shown. */
export function StepButton({ by, isInRow = false, hasPrevious, hasNext, onStep }: Props) {
  const isThere = by === 1 ? hasNext : hasPrevious;
  if (!isThere && !isInRow) return null;
  const Icon = by === 1 ? ChevronRight : ChevronLeft;
  const label = t(by === 1 ? 'picture.next' : 'picture.previous');
  return (
    <PlainButton
      isRepeatable
      className={styles['step']}
      data-place={isInRow ? 'row' : 'side'}
      data-side={by === 1 ? 'end' : 'start'}
      aria-label={label}
      title={label}
      disabled={!isThere}
      onClick={() => onStep(by)}
    >
      <Icon size={isInRow ? 18 : 24} strokeWidth={1.75} aria-hidden />
    </PlainButton>
  );
}
