// Shows what a message would ask for, before it is sent.
import type { RequestInput } from '../../../shared/contract';
import type { PromptPreview } from '../../../shared/contract/chat';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxCombinations } from '../../../shared/domain/pattern-combinations';
import { parsePattern } from '../../../shared/domain/prompt-patterns';
import type { ChatContext } from './chat-context';
import { withChosenModels } from './chosen-model';
import { paramsFor } from './params-for';
import { fitNegatives, intentOf, promptsOf } from './requested-prompts';

/** Computes the prompts as `sendMessage` does. Nothing is stored, and no random number is taken. */
export function previewPrompts(
  ofSettings: ChatContext,
  input: RequestInput<'chat:preview'>,
): Result<PromptPreview> {
  const chosen = withChosenModels(ofSettings, input);
  if (!chosen.ok) return chosen;
  const [context] = chosen.value;
  const text = input.text.trim();
  const intent = intentOf(context, text, input);
  if (intent.kind === 'text') return success({ prompts: null, negativePrompt: '', drawsWords: false });
  if (!chosen.value.every((each) => fitNegatives(each, input))) return failure('styles_too_long');
  const { count } = parsePattern(text, context.store.settings.read().wordLists);
  const answerCount = input.isPattern === true ? Math.min(count, maxCombinations) : 1;
  const withDraw = (draw: number) =>
    promptsOf({ ...context, random: () => draw }, intent, { ...input, text }, { answerCount, modelCount: 1 });
  const [first, last] = [withDraw(0), withDraw(1 - Number.EPSILON)];
  if (!first.ok) return first;
  const prompts = first.value.map(({ prompt }) => prompt);
  const others = last.ok ? last.value.map(({ prompt }) => prompt) : prompts;
  // Only some of several models may accept it.
  const negativePrompt =
    chosen.value
      .map((each) => paramsFor({ ...each, random: () => 0 }, input, 0).negativePrompt)
      .find((negative) => negative !== undefined) ?? '';
  const drawsWords = prompts.some((prompt, at) => prompt !== others[at]);
  return success({ prompts, negativePrompt, drawsWords });
}
