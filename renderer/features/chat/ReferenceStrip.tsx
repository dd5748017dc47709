// The pictures attached to the draft, and a note if the model does not accept them.

import { X } from 'lucide-react';
import { findModel } from '../../../shared/domain/model-lookup';
import { imageUrl } from '../../../shared/domain/pictures';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { useDraft } from '../../state/composer/draft-store';
import styles from './ReferenceStrip.module.css';

export function ReferenceStrip() {
  const ids = useDraft((state) => state.references);
  const remove = useDraft((state) => state.detach);
  const { id: provider, pictureModel } = useChosenProvider();
  if (ids.length === 0) return null;
  return (
    <div className={styles['strip']}>
      <ul className={styles['pictures']} aria-label="Attached pictures">
        {ids.map((id, index) => (
          <li key={id} className={styles['picture']}>
            <img src={imageUrl(id, '256')} alt={`Reference ${index + 1}`} draggable={false} />
            <button
              type="button"
              className={styles['remove']}
              aria-label={`Remove reference ${index + 1}`}
              title="Remove"
              onClick={() => remove(id)}
            >
              <X size={12} strokeWidth={2} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <p className={styles['note']} role="status">
        {noteFor(ids.length, provider, pictureModel)}
      </p>
    </div>
  );
}

function noteFor(count: number, provider: ServiceId, pictureModel: string): string | null {
  const model = findModel(pictureModel);
  const max = model?.references ?? count;
  if (max >= count) return null;
  const name = model && !serviceOf(provider).local ? model.label : serviceOf(provider).name;
  return max === 0
    ? `${name} takes no reference pictures. Remove them, or choose another provider in Settings.`
    : `${name} takes at most ${max === 1 ? 'one reference picture' : `${max} reference pictures`}. Remove some.`;
}
