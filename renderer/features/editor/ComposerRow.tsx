// The field for the description of the change, with the model and its price.

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { maxTextLength } from '../../../shared/domain/conversations';
import type { AspectRatio } from '../../../shared/domain/models';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { type KeyLack, useKeyLack } from '../../state/settings/service-keys';
import { Button } from '../../ui/Button';
import { shortcutText } from '../../ui/shortcut';
import { useFittingLabels } from '../../ui/use-fitting-labels';
import styles from './ComposerRow.module.css';

/** Parts of other features, passed in by the app. */
export type EditorSlots = {
  modelChip: (props: { keyLack: KeyLack | null; onClose: () => void }) => ReactNode;
  usageMeter: (pictures: { count: number; aspectRatio: AspectRatio }) => ReactNode;
};

type Props = EditorSlots & {
  words: string;
  onWords: (words: string) => void;
  placeholder: string;
  /** The marked area and the new size, in words. */
  status: string;
  /** How the model treats the mask; null if it follows it exactly. */
  note: string | null;
  shape: AspectRatio;
  canApply: boolean;
  onApply: () => void;
  focusStage: () => void;
};

export function ComposerRow(props: Props) {
  const { words, onWords, placeholder, status, note, shape, canApply, onApply, focusStage } = props;
  const provider = useChosenProvider();
  const keyLack = useKeyLack(provider.id);
  const noteId = useId();
  const bar = useRef<HTMLDivElement>(null);
  useFittingLabels(bar);
  const tooLong = lengthProblem(words, maxTextLength);
  const isReady = canApply && tooLong === null;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // Shift+Enter inserts a line break, as in the chat.
    if (event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (isReady && !event.repeat) onApply();
  }

  return (
    <div className={styles['dock']}>
      <div className={styles['composer']}>
        <textarea
          className={styles['field']}
          aria-label={t('editor.words')}
          aria-describedby={noteId}
          aria-invalid={tooLong !== null || undefined}
          placeholder={placeholder}
          rows={1}
          value={words}
          onChange={(event) => onWords(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div id={noteId} className={styles['notes']}>
          {tooLong !== null ? (
            <p className={styles['problem']} role="alert">
              {tooLong}
            </p>
          ) : (
            note !== null && <p>{note}</p>
          )}
        </div>
        <div ref={bar} className={styles['bar']}>
          <output className={styles['status']} aria-label={t('editor.marked')}>
            {status}
          </output>
          {props.modelChip({ keyLack, onClose: focusStage })}
          {keyLack === null && props.usageMeter({ count: 1, aspectRatio: shape })}
          <Button
            tone="primary"
            disabled={!isReady}
            title={t('editor.apply_with_keys', { keys: shortcutText('Mod+Enter') })}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onClick={onApply}
          >
            {t('editor.apply')}
          </Button>
        </div>
      </div>
    </div>
  );
}
