// A model is on this computer: the next thing is a picture.
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { EngineOffer } from '../../../shared/domain/engine';
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

  const time = offer && offer.suitability !== 'no' ? `, each in ${aboutTime(offer.secondsPerPicture)}` : '';
  return (
    <section className={styles['step']} aria-label={ready.label}>
      <p className={styles['ready']} role="status">
        <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
        Ready. {ready.label} is on this computer.
      </p>
      <p className={styles['text']}>
        It makes pictures without the internet{time}. They are free, and nothing leaves this computer.
      </p>
      <div className={styles['buttons']}>
        {back}
        <span data-next>
          <Button tone="primary" onClick={onMakePicture}>
            Make a picture
          </Button>
        </span>
      </div>
    </section>
  );
}
