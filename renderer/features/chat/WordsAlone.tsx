// The line under the newest pictures if they were made from words alone although there was a picture before them: what was
// meant as a change of that one is sent again with it.

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
import styles from './WordsAlone.module.css';

export function WordsAlone() {
  const { pictureId, isKnown } = useChat(
    useShallow((state) => {
      const over = passedOver(state);
      return { pictureId: over && pictureIdOf(over.picture), isKnown: over?.isKnown === true };
    }),
  );
  const models = useChosenModels();
  // How many pictures a model takes follows from its service's list.
  useProviders((state) => state.offered);
  if (pictureId === null) return null;
  const unable = models.find(({ serviceId, model }) => maxReferencesOf(serviceId, model) === 0);
  // Nothing can be done about it here, so once in a chat is enough.
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

/** Returns what the button does, and what it costs if one model is asked. */
function changeHint(modelCount: number): string {
  const hint = t('chat.change_before_hint');
  const answers = passedOver(useChat.getState())?.answers ?? [];
  const [first] = answers;
  if (!first || modelCount > 1) return hint;
  const { id, prompt, params } = first;
  const recipe = { id, prompt, aspectRatio: params.aspectRatio };
  return hintWithPrice(hint, repeatPrice(recipe, countRequested(answers)));
}
