// The line in the composer for a model that needs a picture, while none is attached.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { t } from '../../../shared/languages/translate';
import { modelName } from '../../state/composer/chosen-models';
import { openModelList } from '../../state/models/model-list-request';
import { PlainButton } from '../../ui/PlainButton';
import styles from './ComposerNote.module.css';

export function NeedsPicture({ id, model }: { id: string; model: ChosenModel }) {
  return (
    <div className={styles['notes']}>
      <p id={id} role="status">
        {t('composer.needs_picture', { model: modelName(model) })}{' '}
        <PlainButton className={styles['link']} onClick={openModelList}>
          {t('composer.other_model')}
        </PlainButton>
      </p>
    </div>
  );
}
