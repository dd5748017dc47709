// The choice of models that this computer can run.
import { useId } from 'react';
import type { EngineOffer } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { t } from '../../../shared/languages/translate';
import { goodAtText } from '../../state/engine/catalogue-text';
import { offerFacts } from '../../state/engine/engine-text';
import styles from './ModelChoice.module.css';

type Props = {
  offers: readonly EngineOffer[];
  /** The current model of the page. */
  model: EngineItemId | null;
  onChoose: (model: EngineItemId) => void;
};

export function ModelChoice({ offers, model, onChoose }: Props) {
  const name = useId();
  if (offers.length < 2) return null;
  return (
    <fieldset className={styles['choice']}>
      <legend className={styles['heading']}>{t('engine.models')}</legend>
      {offers.map((offer) => {
        const { size, speed } = offerFacts(offer);
        return (
          <label key={offer.model} className={styles['row']}>
            <input
              type="radio"
              name={name}
              checked={offer.model === model}
              onChange={() => onChoose(offer.model)}
            />
            <span className={styles['words']}>
              <strong>{offer.label}</strong>
              <small>{goodAtText(offer)}</small>
            </span>
            <span className={styles['facts']}>
              <span>{size}</span>
              <span>{speed}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
