// Reads what a message requests: a reply, or pictures of these prompts with the chosen styles.
import type { RequestInput } from '../../../shared/contract';
import { applyNegatives, applyStyles, isCompletePrompt } from '../../../shared/domain/apply-styles';
import { maxTextLength } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxNegativePromptLength } from '../../../shared/domain/models';
import { optionsOf, optionsOfSettings } from '../../../shared/domain/picture-options';
import { parsePattern } from '../../../shared/domain/prompt-patterns';
import type { UsedStyle } from '../../../shared/domain/styles';
import type { ChatContext } from './chat-context';
import { type Intent, modeOf, readIntent } from './intent';
import { refersToEarlier } from './refers-to-earlier';
import { promptsOfPattern, type TilePrompt } from './requested-tiles';

type Reading = Pick<ChatContext, 'activeProvider' | 'random' | 'store'>;
type Input = RequestInput<'chat:send'>;
type Asked = Pick<Input, 'conversationId' | 'mode' | 'isPattern' | 'references' | 'styles'>;
type Worded = Pick<Input, 'text' | 'mode' | 'isPattern' | 'styles'>;

/**
 * Text with references is a prompt. So is a pattern, and any text if there is no text model. Text that refers to an
 * earlier picture goes to a text model, which can tell which one. A template needs no text.
 */
export function intentOf({ store, activeProvider }: Reading, text: string, asked: Asked): Intent {
  const { conversationId, references = [], styles = [] } = asked;
  if (text === '' && isCompletePrompt(styles)) return { kind: 'picture', prompt: '' };
  const isPattern = asked.isPattern === true && parsePattern(text, store.settings.read().wordLists).isPattern;
  const mode =
    references.length > 0 || isPattern ? 'picture' : modeOf(asked.mode, activeProvider().textModel);
  const intent = readIntent(text, mode);
  if (intent.kind === 'text' || mode === 'picture' || !refersToEarlier(text)) return intent;
  return store.messages.hasPicture(conversationId) ? { kind: 'text' } : intent;
}

/**
 * Returns the prompts of the pictures, one for each model that is asked, as they are sent: this is the only place where
 * styles are joined with the words of a message. They are literal, so that they never change the number of pictures.
 */
export function promptsOf(
  context: Reading,
  { prompt }: Intent & { kind: 'picture' },
  { text, mode, isPattern, styles = [] }: Worded,
  { answerCount, modelCount }: { answerCount: number; modelCount: number },
): Result<TilePrompt[]> {
  const times = answerCount / modelCount;
  if (!isPattern && !Number.isInteger(times)) return failure('bad_request');
  const plain = isPattern
    ? promptsOfPattern(context, text, { mode, answerCount, modelCount })
    : success(Array.from({ length: times }, (_, seedOffset) => ({ prompt, words: [], seedOffset })));
  return plain.ok ? withStyles(plain.value, styles) : plain;
}

function withStyles(plain: readonly TilePrompt[], styles: readonly UsedStyle[]): Result<TilePrompt[]> {
  const styled: TilePrompt[] = [];
  for (const tile of plain) {
    const prompt = applyStyles(tile.prompt, styles, maxTextLength);
    if (prompt === null) return failure('styles_too_long');
    if (prompt.trim() === '') return failure('empty_message');
    styled.push({ ...tile, prompt });
  }
  return success(styled);
}

/** Returns whether the negative prompts fit into a request to the context's model. */
export function fitNegatives(
  { store, activeProvider }: Pick<Reading, 'store' | 'activeProvider'>,
  { options, styles = [] }: Pick<Input, 'options' | 'styles'>,
): boolean {
  const { id, pictureModel } = activeProvider();
  if (!optionsOf(id, pictureModel).includes('negativePrompt')) return true;
  const own = options?.negativePrompt ?? optionsOfSettings(id, store.settings.read()).negativePrompt ?? '';
  return applyNegatives(own, styles, maxNegativePromptLength) !== null;
}
