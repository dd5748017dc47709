// The line under the newest pictures if they were made from a prompt alone although an earlier picture exists. If the user
// meant to change that one, the prompt can be sent again with it.

import { useShallow } from 'zustand/react/shallow';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { countRequested, pictureIdOf } from '../../state/chat/messages';
import { passedOver } from '../../state/chat/passed-over';
import { modelName, useChosenModels } from '../../state/composer/chosen-models';
import { hintWithPrice, repeatPrice } from '../../state/composer/repeat-price';
import { changePictureBefore } from '../../state/composer/send-version';
import { openModelList } from '../../state/models/model-list-request';
import { useProviders } from '../../state/settings/providers-store';
import { PlainButton } from '../../ui/PlainButton';
import styles from './PassedOverNote.module.css';

export function PassedOverNote() {
  const { pictureId, isKnown } = useChat(
    useShallow((state) => {
      const over = passedOver(state);
      return { pictureId: over && pictureIdOf(over.picture), isKnown: over?.isKnown === true };
    }),
  );
  const models = useChosenModels();
  // Renders again when lists arrive, because they have the number of pictures that a model takes.
  useProviders((state) => state.offered);
  if (pictureId === null) return null;
  const unable = models.find(({ serviceId, model }) => maxReferencesOf(serviceId, model) === 0);
  // The user cannot do anything about it here, so it is shown once per chat.
  if (unable && isKnown) return null;
  return (
    <p className={styles['line']} data-testid="words-alone">
      {unable ? (
        <>
          <span>{t('chat.words_alone_with', { model: modelName(unable) })}</span>
          <PlainButton className={styles['link']} onClick={openModelList}>
            {t('composer.other_model')}
          </PlainButton>
        </>
      ) : (
        <>
          <span>{t('chat.words_alone')}</span>
          <PlainButton
            className={styles['change']}
            title={changeHint(models.length)}
            onClick={() => void changePictureBefore()}
          >
            <img src={imageUrl(pictureId, '256')} alt="" draggable={false} />
            <span>{t('chat.change_before')}</span>
          </PlainButton>
        </>
      )}
    </p>
  );
}

/** Returns the description of the button, with the cost if only one model is asked. */
function changeHint(modelCount: number): string {
  const hint = t('chat.change_before_hint');
  const answers = passedOver(useChat.getState())?.answers ?? [];
  const [first] = answers;
  if (!first || modelCount > 1) return hint;
  const { id, prompt, params } = first;
  const recipe = { id, prompt, aspectRatio: params.aspectRatio };
  return hintWithPrice(hint, repeatPrice(recipe, countRequested(answers)));
}
