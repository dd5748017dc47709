// Updates the chat's models after the user has chosen among the pictures of several models.
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { chosenModels, isAmong } from './chosen-models';
import { useDraft } from './draft-store';

/**
 * Removes the models whose pictures were not kept from the chosen ones. Models that made none of the pictures stay.
 *
 * @returns the models that are now chosen; null if nothing changes.
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
