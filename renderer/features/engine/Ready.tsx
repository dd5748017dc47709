// Shown when a model is installed: offers to make the first picture.
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { EngineOffer } from '../../../shared/domain/engine';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { aboutTime } from '../../state/engine/engine-text';
import type { ReadyModel } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import styles from './EnginePage.module.css';

type Props = { ready: ReadyModel; offer: EngineOffer | null; back: ReactNode; onMakePicture: () => void };

export function Ready({ ready, offer, back, onMakePicture }: Props) {
  const { finished, acknowledge } = useEngine();
  useEffect(() => {
    if (finished === ready.id) acknowledge();
  }, [finished, ready.id, acknowledge]);

  const isTimed = offer !== null && offer.suitability !== 'no';
  return (
    <section className={styles['step']} aria-label={ready.label}>
      <p className={styles['ready']} role="status">
        <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
        {t('engine.ready_here', { label: ready.label })}
      </p>
      <p className={styles['text']}>
        {isTimed
          ? t('engine.ready_note_with_time', { time: aboutTime(offer.secondsPerPicture) })
          : t('engine.ready_note')}
      </p>
      <div className={styles['buttons']}>
        {back}
        <span data-next>
          <Button tone="primary" onClick={onMakePicture}>
            {t('engine.make_picture')}
          </Button>
        </span>
      </div>
    </section>
  );
}
