// Finds the replacement of a retired or removed model, and requests the message again from it.

import type { Message } from '../../../../shared/domain/conversations';
import type { ReplacementNeed } from '../../../../shared/domain/failure-actions';
import { findModelOf, labelOfModel } from '../../../../shared/domain/model-lookup';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { t } from '../../../../shared/languages/translate';
import { useChat } from '../../../state/chat/chat-store';
import { useChosenProvider } from '../../../state/composer/chosen-provider';
import { selectModel, selectOfferedModel } from '../../../state/settings/model-lifecycle';

export type Replacement = { label: string; need: ReplacementNeed; use: () => void };

/** Returns null if there is no replacement, or if it is already in use. */
export function useReplacement(message: Message): Replacement | null {
  const retry = useChat((state) => state.retry);
  const { id: service, pictureModel } = useChosenProvider();
  if (message.kind === 'text') return null;
  const life = findModelOf(message.provider, message.model)?.life;
  const isGone = message.error?.code === 'model_gone' && pictureModel === message.model;
  // The models of a user's own server have no known replacements.
  if (isGone && (!life || life.state === 'available' || serviceOf(service).free)) {
    return {
      label: t('models.use_offered'),
      need: 'needed',
      use: () =>
        void selectOfferedModel(service, pictureModel).then((isThere) =>
          isThere ? retry(message.id, true) : undefined,
        ),
    };
  }
  if (!life || life.state === 'available' || pictureModel === life.replacement) return null;
  const { replacement } = life;
  return {
    label: t('models.use', { model: labelOfModel(replacement, message.provider) }),
    need: life.state === 'shut-down' ? 'needed' : 'possible',
    use: () =>
      void selectModel(replacement, service).then((isThere) =>
        isThere ? retry(message.id, true) : undefined,
      ),
  };
}
