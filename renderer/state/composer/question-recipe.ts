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

/** A change of a picture without a prompt, and the dialog in which the user chooses it. */
export type WordlessQuestion = { imageId: string; chosenIn: 'upscale' | 'editor' };

export type QuestionRecipe = {
  mode: 'auto' | 'picture';
  /** Null: the shape from the settings. */
  aspectRatio: AspectRatio | null;
  /** Number of pictures for each prompt and model. */
  count: number;
  /** Several models that were asked at once; else empty. */
  models: ChosenModel[];
  /** Ids of the attached pictures. */
  references: string[];
  /** The part of the first attached picture to change. */
  edit?: Edit;
  /** Present if the picture was changed without a prompt, so that no model got the text. */
  wordless?: WordlessQuestion;
  /** The styles at the time of sending. */
  styles?: UsedStyle[];
};

const wordsOnly: QuestionRecipe = { mode: 'auto', aspectRatio: null, count: 1, models: [], references: [] };

/**
 * Returns the choices of a question. Pictures that a model requested are ignored, because their choices are not the user's.
 *
 * @param following the messages after the question.
 * @param text the question's text, which may be a pattern.
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

/** Reopens the dialog in which the user chose the change. */
export function reopenDialog({ imageId, chosenIn }: WordlessQuestion): void {
  if (chosenIn === 'upscale') useUpscale.getState().open(imageId);
  else useEditor.getState().open(imageId, 'crop');
}

/** Returns the models of a request in their order if several were asked; otherwise an empty list. */
function modelsOf(pictures: readonly Message[]): ChosenModel[] {
  const models = pictures.flatMap((picture) => ownModelField(picture)?.model ?? []);
  return models.filter((model, at) => models.findIndex((other) => isSameModel(other, model)) === at);
}

/** Returns the number of prompts of the pictures' pattern; 1 without a pattern. */
function combinationsOf(pictures: readonly Message[], text: string): number {
  const isPattern = pictures.some((picture) => picture.kind === 'image' && picture.tile?.words);
  if (!isPattern) return 1;
  return Math.max(1, parsePattern(text, useSettings.getState().settings.wordLists).count);
}

/** Maximum number of answers to read: more than the pictures of one request. */
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

/** Returns the shape of a recipe that the model of the open chat supports. Each of several models uses its nearest one. */
export function ratioFor({
  aspectRatio,
  models = [],
}: Pick<QuestionRecipe, 'aspectRatio'> & { models?: readonly ChosenModel[] }): AspectRatio {
  const wanted = aspectRatio ?? chosenShape();
  if (models.length > 1) return wanted;
  const { id, pictureModel } = chosenProvider();
  return nearestRatio(id, pictureModel, wanted);
}
