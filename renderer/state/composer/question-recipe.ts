// The choices with which a question was sent, read from its answers.
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import {
  type Message,
  maxPictures,
  maxPicturesOfMessage,
  type PictureMessage,
  type TextMessage,
} from '../../../shared/domain/conversations';
import { type Edit, isOnlyEnlarged } from '../../../shared/domain/edits';
import { type Result, success } from '../../../shared/domain/errors';
import { nearestRatio } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { parsePattern } from '../../../shared/domain/prompt-patterns';
import type { UsedStyle } from '../../../shared/domain/styles';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { countRequested, ownModelField } from '../chat/messages';
import { useEditor } from '../pictures/editor-store';
import { useUpscale } from '../pictures/upscale-store';
import { useSettings } from '../settings/settings-store';
import { chosenProvider } from './chosen-provider';
import { chosenShape } from './last-choice';

/** A change of a picture without words, and where the user says which. */
export type WordlessQuestion = { imageId: string; chosenIn: 'upscale' | 'editor' };

export type QuestionRecipe = {
  mode: 'auto' | 'picture';
  /** Null: the shape from the settings. */
  aspectRatio: AspectRatio | null;
  /** Pictures of each prompt and model. */
  count: number;
  /** Several models that were asked at once; else empty. */
  models: ChosenModel[];
  /** Ids of the attached pictures. */
  references: string[];
  /** Which part of the first of them is to change. */
  edit?: Edit;
  /** The picture that was to be changed without words: the text is none that a model was given. */
  wordless?: WordlessQuestion;
  /** As they were when it was sent. */
  styles?: UsedStyle[];
};

const wordsOnly: QuestionRecipe = { mode: 'auto', aspectRatio: null, count: 1, models: [], references: [] };

/**
 * Returns the choices of a question. Pictures that a model requested have choices of its own, which are not the user's.
 *
 * @param following the messages after the question.
 * @param text the question's own, which may be a pattern.
 */
export function recipeFrom(following: readonly Message[], text = ''): QuestionRecipe {
  const [first] = following;
  if (first?.kind !== 'image') return wordsOnly;
  const other = following.findIndex(
    (message) => message.kind !== 'image' || message.groupId !== first.groupId,
  );
  const { aspectRatio, references = [], edit } = first.params;
  const wordless = wordlessOf(first);
  const pictures = other < 0 ? following : following.slice(0, other);
  const models = modelsOf(pictures);
  const each = countRequested(pictures) / (Math.max(1, models.length) * combinationsOf(pictures, text));
  const count = Math.max(1, Math.min(maxPictures, Math.floor(each)));
  return {
    ...{ mode: 'picture', aspectRatio, count, models, references: [...references] },
    ...(edit && { edit }),
    ...(wordless && { wordless }),
  };
}

function wordlessOf({ params }: PictureMessage): WordlessQuestion | undefined {
  const { references: [imageId] = [], upscale, change } = params;
  if (imageId === undefined || (!upscale && !change)) return undefined;
  return { imageId, chosenIn: !change || isOnlyEnlarged(change) ? 'upscale' : 'editor' };
}

/** Asks once more how a picture is to be changed. */
export function reopenDialog({ imageId, chosenIn }: WordlessQuestion): void {
  if (chosenIn === 'upscale') useUpscale.getState().open(imageId);
  else useEditor.getState().open(imageId, 'crop');
}

/** Returns the models of pictures for which several were asked, in their order; else nothing. */
function modelsOf(pictures: readonly Message[]): ChosenModel[] {
  const models = pictures.flatMap((picture) => ownModelField(picture)?.model ?? []);
  return models.filter((model, at) => models.findIndex((other) => isSameModel(other, model)) === at);
}

/** Returns how many prompts the pictures have by their pattern; 1 if they have none. */
function combinationsOf(pictures: readonly Message[], text: string): number {
  const isPattern = pictures.some((picture) => picture.kind === 'image' && picture.tile?.words);
  if (!isPattern) return 1;
  return Math.max(1, parsePattern(text, useSettings.getState().settings.wordLists).count);
}

/** More than the pictures of one request. */
const maxAnswers = 2 * maxPicturesOfMessage;

/**
 * Returns the choices of a question of the open conversation, whose answers may not be loaded. If they cannot be read, shows
 * a notice and returns null: without its pictures, the question would be another one.
 */
export async function recipeOf(question: TextMessage): Promise<QuestionRecipe | null> {
  const { styles } = question;
  const choices = await choicesOf(question);
  if (choices.ok) return { ...choices.value, ...(styles && { styles }) };
  toast(choices.message, { tone: 'problem' });
  return null;
}

async function choicesOf({ id, conversationId, seq, text }: TextMessage): Promise<Result<QuestionRecipe>> {
  const { order, messages, newer } = useChat.getState();
  const after = order.slice(order.indexOf(id) + 1, order.indexOf(id) + 1 + maxAnswers);
  // The loaded messages may end within the pictures of one request.
  if (after.length === maxAnswers || newer === 0)
    return success(
      recipeFrom(
        after.flatMap((other) => messages[other] ?? []),
        text,
      ),
    );
  const reply = await request('messages:list-after', { conversationId, after: seq, limit: maxAnswers });
  return reply.ok ? success(recipeFrom(reply.value.messages, text)) : reply;
}

/** Returns the shape that the model of the open chat makes of a recipe's. Several models each take their nearest one. */
export function ratioFor({
  aspectRatio,
  models = [],
}: Pick<QuestionRecipe, 'aspectRatio'> & { models?: readonly ChosenModel[] }): AspectRatio {
  const wanted = aspectRatio ?? chosenShape();
  if (models.length > 1) return wanted;
  const { id, pictureModel } = chosenProvider();
  return nearestRatio(id, pictureModel, wanted);
}
