// The chosen styles above the text: their names, the fields for their variables, and the whole prompt.
import { useEffect, useId, useRef, useState } from 'react';
import { variablesOf } from '../../../../shared/domain/apply-styles';
import type { ChosenModel } from '../../../../shared/domain/chosen-model';
import { type ChosenStyle, maxVariableValueLength } from '../../../../shared/domain/styles';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { joinSentences, t } from '../../../../shared/languages/translate';
import { negativeLeftOut, removeStyle, setStyleWord } from '../../../state/composer/chosen-styles';
import { useStyles } from '../../../state/styles/styles-store';
import { PlainButton } from '../../../ui/PlainButton';
import styles from './ChosenStyles.module.css';
import { StyleNames } from './StyleNames';
import { type AskedPrompt, WholePrompt } from './WholePrompt';

type Props = {
  styles: readonly ChosenStyle[];
  models: readonly ChosenModel[];
  /** Why the message cannot be sent with these styles; null if it can. */
  problem: string | null;
  asked: AskedPrompt;
  /** Called to move the focus when the last style is removed. */
  onRemoved: () => void;
};

export function ChosenStyles({ styles: chosen, models, problem, asked, onRemoved }: Props) {
  const [isShown, setShown] = useState(false);
  const previewId = useId();
  useLoadedStyles(chosen.length > 0);
  if (chosen.length === 0) return null;
  return (
    <div className={styles['styles']}>
      <div className={styles['line']}>
        <StyleNames
          label={t('styles.chosen')}
          styles={chosen}
          onRemove={removeStyle}
          onLastRemoved={onRemoved}
        />
        <PlainButton
          className={styles['show']}
          aria-expanded={isShown}
          aria-controls={isShown ? previewId : undefined}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'styles.hide_prompt' : 'styles.show_prompt')}
        </PlainButton>
      </div>
      <Words chosen={chosen} />
      {isShown && <WholePrompt id={previewId} styles={chosen} models={models} asked={asked} />}
      <p className={styles['note']} role="status">
        {joinSentences([problem, negativeLeftOut(chosen, models)])}
      </p>
    </div>
  );
}

/** Loads the styles once some are chosen, so that their current texts are shown. */
function useLoadedStyles(isNeeded: boolean): void {
  const load = useStyles((state) => state.load);
  const isLoaded = useStyles((state) => state.isLoaded);
  const hasAsked = useRef(false);
  useEffect(() => {
    if (!isNeeded || isLoaded || hasAsked.current) return;
    hasAsked.current = true;
    void load();
  }, [isNeeded, isLoaded, load]);
}

/** The variables of all chosen templates. */
function Words({ chosen }: { chosen: readonly ChosenStyle[] }) {
  const fields = chosen.flatMap((style) => variablesOf(style).map((variable) => ({ style, variable })));
  if (fields.length === 0) return null;
  const isSeveral = new Set(fields.map(({ style }) => style.id)).size > 1;
  return (
    <fieldset className={styles['words']} aria-label={t('styles.words')}>
      {fields.map(({ style, variable: { key, name, fallback } }) => {
        const label = isSeveral ? t('styles.word_of', { word: name, style: style.name }) : name;
        return (
          <label key={`${style.id} ${key}`} className={styles['word']}>
            <span dir="auto">{label}</span>
            <input
              type="text"
              className={styles['input']}
              dir="auto"
              autoComplete="off"
              placeholder={fallback}
              aria-invalid={
                lengthProblem(style.values[key] ?? '', maxVariableValueLength) !== null || undefined
              }
              value={style.values[key] ?? ''}
              onChange={(event) => setStyleWord(style.id, key, event.target.value)}
            />
          </label>
        );
      })}
    </fieldset>
  );
}
