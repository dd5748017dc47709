// The line under the newest pictures if they were made from a prompt alone although an earlier picture exists. If the user
// meant to change that one, the prompt can be sent again with it.

import { useShallow } from 'zustand/react/shallow';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { joinFacts } from '../../picture/join-facts';
import { useChat } from '../../state/chat/chat-store';
import { pictureIdOf } from '../../state/chat/messages';
import { passedOver } from '../../state/chat/passed-over';
import { modelName, useChosenModels } from '../../state/composer/chosen-models';
import { useDraft } from '../../state/composer/draft-store';
import { recipeFrom } from '../../state/composer/question-recipe';
import { versionPrice } from '../../state/composer/repeat-price';
import { changePictureBefore } from '../../state/composer/send-version';
import { openModelList } from '../../state/models/model-list-request';
import { useProviders } from '../../state/settings/providers-store';
import { useSettings } from '../../state/settings/settings-store';
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
          <ChangeButton pictureId={pictureId} />
        </>
      )}
    </p>
  );
}

/** Its name has the price, because the key that presses it in passing sends the message at once. */
function ChangeButton({ pictureId }: { pictureId: string }) {
  // Renders again when the values that the price depends on change.
  useDraft((state) => state.options);
  useSettings((state) => state.settings);
  useProviders((state) => state.keys);
  const price = changePrice();
  return (
    <PlainButton
      className={styles['change']}
      title={t('chat.change_before_hint')}
      onClick={() => void changePictureBefore()}
    >
      <img src={imageUrl(pictureId, '256')} alt="" draggable={false} />
      <span>{price === null ? t('chat.change_before') : joinFacts([t('chat.change_before'), price])}</span>
    </PlainButton>
  );
}

/** Returns the price of the pictures that the button requests; null if they are free. */
function changePrice(): string | null {
  const found = passedOver(useChat.getState());
  if (!found) return null;
  const { question, picture, answers } = found;
  const recipe = recipeFrom(answers, question.text);
  return versionPrice(question.text, { ...recipe, aspectRatio: picture.params.aspectRatio });
}
