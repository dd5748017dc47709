// Expands a message into its pictures, each with its own prompt and model.

import type { NewMessage, PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import type { Edit } from '../../../shared/domain/edits';
import { type Failure, failure, type Result, success } from '../../../shared/domain/errors';
import { findModelOf } from '../../../shared/domain/model-lookup';
import { maxCombinations } from '../../../shared/domain/pattern-combinations';
import { fillPattern, parsePattern } from '../../../shared/domain/prompt-patterns';
import { serviceOf } from '../../../shared/domain/service-directory';
import { sentence } from '../../../shared/languages/sentence';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { type Mode, readIntent } from './intent';
import { createPlaceholders, type WantedPictures } from './placeholders';
import { checkChange, checkEdit, checkReferences, type WantedChange } from './references';

/** A prompt of a message, and how many of its pictures came before it: a chosen seed counts up with them. */
export type TilePrompt = { prompt: string; words: string[]; seedOffset: number };

/**
 * Returns the prompts of a pattern, each as often as wanted. A prompt that does not ask for a picture by itself is
 * used as written, because the user has written a pattern.
 *
 * @param modelCount how many models are asked.
 */
export function promptsOfPattern(
  { store, random }: Pick<ChatContext, 'store' | 'random'>,
  text: string,
  { mode, answerCount, modelCount }: { mode: Mode; answerCount: number; modelCount: number },
): Result<TilePrompt[]> {
  const { wordLists } = store.settings.read();
  const pattern = parsePattern(text, wordLists);
  if (pattern.count > maxCombinations) return failure('too_many_combinations');
  const times = answerCount / (pattern.count * modelCount);
  // The composer counts them in the same way.
  if (!Number.isInteger(times)) return failure('bad_request');
  const filled = fillPattern(pattern, times, wordLists, random);
  return success(
    filled.map(({ prompt, words }, index) => {
      const intent = readIntent(prompt, mode);
      return {
        prompt: intent.kind === 'picture' ? intent.prompt : prompt,
        words,
        seedOffset: index % times,
      };
    }),
  );
}

type Tiles = Omit<WantedPictures, 'prompt' | 'groupId' | 'tile' | 'seedOffset'> & {
  prompts: readonly TilePrompt[];
};

/**
 * Returns the rows of all pictures, as one group: for each prompt, one for each model. Pictures that differ by their words
 * or by their model have the same chosen seed, so that nothing else differs.
 *
 * @param contexts one for each model.
 */
export function createTiles(
  contexts: readonly ChatContext[],
  conversationId: string,
  { prompts, ids, ...wanted }: Tiles,
  at: number,
): NewMessage<PictureMessage>[] {
  const groupId = newId();
  const asked = prompts.flatMap((prompt) => contexts.map((context) => ({ ...prompt, context })));
  return asked.flatMap(({ context, prompt, words, seedOffset }, index) => {
    const tile: PictureTile = {
      ...(words.length > 0 && { words }),
      ...(contexts.length > 1 && { ofSeveral: true }),
    };
    const id = ids[index];
    if (id === undefined) return [];
    const hasTile = Object.keys(tile).length > 0;
    const picture = { ...wanted, prompt, seedOffset, groupId, ids: [id], ...(hasTile && { tile }) };
    return createPlaceholders(context, conversationId, picture, at);
  });
}

/**
 * Returns why a prompt cannot go to one of the models, with these pictures or without any; null if it can. Of several,
 * the sentence names the model.
 */
export function checkReferencesOfAll(
  contexts: readonly ChatContext[],
  wanted: WantedChange & { edit?: Edit | undefined },
): Failure | null {
  for (const context of contexts) {
    const { id, pictureModel } = context.activeProvider();
    const problem =
      checkEdit(context, wanted) ??
      checkReferences(context, wanted.references ?? [], id, pictureModel) ??
      checkChange(context, wanted);
    if (problem && contexts.length > 1) return ofModel(problem, id, pictureModel);
    if (problem) return problem;
  }
  return null;
}

function ofModel(problem: Failure, service: string, model: string): Failure {
  const name = findModelOf(service, model)?.label ?? serviceOf(service).name;
  if (problem.code === 'no_references') {
    return failure(problem.code, sentence('services.named_model_takes_no_references', { model: name }));
  }
  if (problem.code === 'reference_needed') {
    return failure(problem.code, sentence('services.named_model_needs_reference', { model: name }));
  }
  if (problem.code === 'too_many_references') {
    return failure(problem.code, sentence('services.named_model_takes_fewer_references', { model: name }));
  }
  return problem;
}
