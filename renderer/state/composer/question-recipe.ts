// The choices with which a question was sent, read from its answers.
import type { Message, TextMessage } from '../../../shared/domain/conversations';
import type { Edit } from '../../../shared/domain/edits';
import { nearestRatio } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { request } from '../../ipc';
import { useChat } from '../chat/chat-store';
import { countAsked } from '../chat/messages';
import { useSettings } from '../settings/settings-store';
import { chosenProvider } from './chosen-provider';

export type QuestionRecipe = {
  mode: 'auto' | 'picture';
  /** Null: the shape from the settings. */
  aspectRatio: AspectRatio | null;
  count: number;
  /** Ids of the attached pictures. */
  references: string[];
  /** Which part of the first of them is to change. */
  edit?: Edit;
};

const wordsOnly: QuestionRecipe = { mode: 'auto', aspectRatio: null, count: 1, references: [] };

/**
 * Returns the choices of a question. Pictures that a model requested have choices of its own, which are not the user's.
 *
 * @param following the messages after the question.
 */
export function recipeFrom(following: readonly Message[]): QuestionRecipe {
  const [first] = following;
  if (first?.kind !== 'image') return wordsOnly;
  const other = following.findIndex(
    (message) => message.kind !== 'image' || message.groupId !== first.groupId,
  );
  const { aspectRatio, references = [], edit } = first.params;
  const count = countAsked(other < 0 ? following : following.slice(0, other));
  return { mode: 'picture', aspectRatio, count, references: [...references], ...(edit && { edit }) };
}

/** More than the pictures of one request. */
const maxAnswers = 8;

/** Returns the choices of a question of the open conversation, whose answers may not be loaded. */
export async function recipeOf({ id, conversationId, seq }: TextMessage): Promise<QuestionRecipe> {
  const { order, messages, newer } = useChat.getState();
  const after = order.slice(order.indexOf(id) + 1, order.indexOf(id) + 1 + maxAnswers);
  // The loaded messages may end within the pictures of one request.
  if (after.length === maxAnswers || newer === 0)
    return recipeFrom(after.flatMap((other) => messages[other] ?? []));
  const reply = await request('messages:list-after', { conversationId, after: seq, limit: maxAnswers });
  return reply.ok ? recipeFrom(reply.value.messages) : wordsOnly;
}

/** Returns the shape that the model of the open chat makes of a recipe's. */
export function ratioFor({ aspectRatio }: Pick<QuestionRecipe, 'aspectRatio'>): AspectRatio {
  const { settings } = useSettings.getState();
  const { id, pictureModel } = chosenProvider();
  return nearestRatio(id, pictureModel, aspectRatio ?? settings.aspectRatio);
}
