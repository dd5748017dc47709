// Updates the chat's models when the user has chosen one of several models' pictures.
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { chosenModels, isAmong } from './chosen-models';
import { useDraft } from './draft-store';

/**
 * Goes on without the models whose pictures were not kept. Of those that are asked, one that made none of the pictures
 * stays.
 *
 * @returns the models that are asked now; null if nothing changes.
 */
export function continueWith(
  kept: ChosenModel,
  left: readonly ChosenModel[],
): { models: readonly ChosenModel[]; undo: () => void } | null {
  const { conversationId, model, models, change, changeIn } = useDraft.getState();
  const asked = chosenModels();
  if (!isAmong(asked, kept)) return null;
  const after = asked.filter((each) => isSameModel(each, kept) || !isAmong(left, each));
  const [first = kept] = after;
  if (after.length === asked.length) return null;
  change({ model: first, models: after.length > 1 ? after : [] });
  return { models: after, undo: () => changeIn(conversationId, { model, models }) };
}
