// Requests pictures without the composer: from a starter prompt, or repeating an earlier request.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { Edit } from '../../../shared/domain/edits';
import type { AspectRatio, PictureParams } from '../../../shared/domain/models';
import {
  optionsOf,
  optionsOfAll,
  type PictureOptions,
  pictureOptionsSchema,
} from '../../../shared/domain/picture-options';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';
import type { OutgoingMessage } from '../chat/chat-state';
import { useChat } from '../chat/chat-store';
import { once } from '../chat/once';
import { showView } from '../navigation';
import { askedFields } from './asked-fields';
import { chosenModels, severalField } from './chosen-models';
import { chosenFields, chosenProvider } from './chosen-provider';
import { chosenStyles, stylesField, stylesProblem } from './chosen-styles';
import { useDraft } from './draft-store';
import { chosenShape } from './last-choice';
import { recipeFrom } from './question-recipe';

/** Sends a starter prompt to the open conversation. */
export async function sendStarter(prompt: string, aspectRatio: AspectRatio): Promise<void> {
  const models = chosenModels();
  const styles = chosenStyles();
  const problem = stylesProblem(prompt, styles);
  if (problem !== null) return toast(problem, { tone: 'problem' });
  // Not shown: an intent.
  await sendPrompt(`start with ${prompt}`, {
    ...{ text: prompt, aspectRatio, count: models.length },
    ...severalField(models),
    ...stylesField(styles),
  });
}

/** The parts of a picture's recipe that can be requested again. */
export type RepeatableRecipe = {
  /** The id of the picture. */
  id: string;
  prompt: string;
  /** Absent: the chosen shape of the open chat. */
  aspectRatio?: AspectRatio | null | undefined;
  references?: string[] | undefined;
  /** The part of the first attached picture that was changed. */
  edit?: Edit | undefined;
  /** The options that it was made with; absent: those of new pictures. */
  options?: PictureOptions | undefined;
  /** The picture's negative prompt. It is the only option of a picture from another tool that has the same meaning here. */
  negativePrompt?: string | undefined;
  /** Its own model, if several were asked; absent: the model of the chat. */
  model?: ChosenModel | undefined;
};

/**
 * Requests pictures of the same prompt, shape and options, with random seeds, always from the provider instead of the
 * gallery. Sends the request to the open conversation and shows it.
 *
 * @param model replaces the picture's own model and that of the chat, which does not change.
 */
export async function requestAgain(
  recipe: RepeatableRecipe,
  count: number,
  model: ChosenModel | undefined = recipe.model,
): Promise<void> {
  const { id, prompt, references, edit, options = optionsOfNew(recipe) } = recipe;
  const aspectRatio = recipe.aspectRatio ?? chosenShape();
  showView('chat');
  await sendPrompt(`again ${count} ${id} ${model ? `${model.serviceId} ${model.model}` : ''}`, {
    ...{ text: prompt, aspectRatio, count, fresh: true, repeats: id },
    ...(options && { options }),
    ...(references && { references }),
    ...(edit && references && { edit }),
    ...(model && { model }),
  });
}

/** Returns the options of new pictures with what a recipe avoids; undefined if it avoids nothing. */
function optionsOfNew({ negativePrompt }: RepeatableRecipe): PictureOptions | undefined {
  return negativePrompt === undefined ? undefined : { ...useDraft.getState().options, negativePrompt };
}

/**
 * Requests the pictures of one request again: the same pattern, from the same models.
 *
 * @param pictures all of its pictures.
 */
export async function requestGroupAgain(pictures: readonly PictureMessage[]): Promise<void> {
  const [first] = pictures;
  const question = first && questionBefore(first.id);
  if (!first || !question) return showNotLoaded();
  const { models, count } = recipeFrom(pictures, question.text);
  const { text, styles } = question;
  const { aspectRatio, references, edit } = first.params;
  const hasWords = pictures.some(({ tile }) => tile?.words);
  showView('chat');
  await sendPrompt(`again ${first.groupId}`, {
    ...{ text: hasWords ? text : first.prompt, aspectRatio, fresh: true },
    ...askedFields({ text: hasWords ? text : '', mode: 'picture', count }, models),
    // The options already contain the negative prompts of the styles, which are not added twice.
    options: optionsOfGroup(pictures),
    ...(hasWords && stylesField(styles)),
    ...(references && { references }),
    ...(edit && references && { edit }),
  });
}

/** Returns the user's message that an answer belongs to, if it is loaded. */
export function questionBefore(answerId: string): TextMessage | undefined {
  const { order, messages } = useChat.getState();
  const before = order.slice(0, order.indexOf(answerId)).map((id) => messages[id]);
  const question = before.findLast((message) => message?.role === 'user');
  return question?.kind === 'text' ? question : undefined;
}

/** Shows a notice that `questionBefore` has found no question. */
export function showNotLoaded(): void {
  toast(t('chat.question_not_loaded'), { tone: 'problem', ofView: 'current' });
}

/** The strength of the change for similar pictures, from 0 to 1. */
const nearStrength = 0.4;

/** Requests pictures that are similar to another one, from the model of the open chat: see `takesStrength`. */
export async function requestNear(recipe: RepeatableRecipe, count: number): Promise<void> {
  // Does not use the picture's own model, which may not support the strength.
  const { id, edit: _edit, model: _model, options = optionsOfNew(recipe), ...rest } = recipe;
  const near = { ...rest, id, references: [id], options: { ...options, strength: nearStrength } };
  await requestAgain(near, count);
}

/** Returns whether the model of the open chat can make pictures that are similar to another one. */
export function takesStrength(): boolean {
  const { id, pictureModel } = chosenProvider();
  return optionsOf(id, pictureModel).includes('strength');
}

/** Returns the options of a picture, with its own resolution instead of that of the settings. */
export function optionsOfPicture(params: PictureParams): PictureOptions {
  return { ...pictureOptionsSchema.parse(params), resolution: params.resolution ?? '1K' };
}

/** Returns the options of the pictures of one request, which several models may have made. See `optionsOfPicture`. */
export function optionsOfGroup(pictures: readonly PictureMessage[]): PictureOptions {
  const made = pictures.map(({ provider: service, model, params }) => ({
    ...{ service, model, options: pictureOptionsSchema.parse(params) },
  }));
  return { resolution: '1K', ...optionsOfAll(made) };
}

/** Returns the references for making a similar picture. A picture that was changed without a prompt uses its original's. */
export function referencesOfPicture({ references, upscale, change }: PictureParams): string[] | undefined {
  return upscale || change ? undefined : references;
}

/** Requests the picture of a message again. */
export function makeAnother({ id, prompt, params }: PictureMessage, model?: ChosenModel): Promise<void> {
  const { aspectRatio, edit } = params;
  const references = referencesOfPicture(params);
  const recipe = { id, prompt, aspectRatio, references, edit, options: optionsOfPicture(params) };
  return requestAgain(recipe, 1, model);
}

/** Requests a picture for the message that a reply answers, because the user meant it as a prompt. */
export async function makePictureOf(answerId: string): Promise<void> {
  const question = questionBefore(answerId);
  if (!question) return showNotLoaded();
  const { text, styles } = question;
  // Not shown: an intent.
  await sendPrompt(`picture of ${answerId}`, { text, aspectRatio: chosenShape(), ...stylesField(styles) });
}

type Prompt = Pick<
  OutgoingMessage,
  | 'text'
  | 'aspectRatio'
  | 'fresh'
  | 'repeats'
  | 'options'
  | 'styles'
  | 'references'
  | 'edit'
  | 'model'
  | 'models'
  | 'isPattern'
> & { count?: number };

async function sendPrompt(intent: string, prompt: Prompt): Promise<void> {
  const { currentId, send } = useChat.getState();
  const problem = await once(`${currentId} ${intent}`, (questionId) =>
    send({ ...chosenFields(), count: 1, ...prompt, questionId, mode: 'picture', isDraft: false }),
  );
  if (problem) toast(problem.message, { tone: 'problem' });
}
