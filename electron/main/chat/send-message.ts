// THE SPINE: writes the user's message and its placeholders to the database, then replies.
import type { ReplyOf, RequestInput } from '../../../shared/contract';
import { isCompletePrompt } from '../../../shared/domain/apply-styles';
import { type Conversation, type Message, maxPicturesOfMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { branchAtEnd } from '../../../shared/domain/message-path';
import type { AspectRatio } from '../../../shared/domain/models';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import type { UsedStyle } from '../../../shared/domain/styles';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';
import { withChosenModels } from './chosen-model';
import { pendingReply, questionRow } from './pending-reply';
import { matchingPrefetch } from './prefetch';
import { changeFrom, sizeOfEdit, upscaleFrom } from './references';
import { fitNegatives, intentOf, promptsOf } from './requested-prompts';
import { checkReferencesOfAll, createTiles, type TilePrompt } from './requested-tiles';
import { titleFrom } from './title';
import { announce, findOriginal, modeOfVersion, showVersion, withShownPath } from './versions';

type SendInput = RequestInput<'chat:send'>;
type Sent = ReplyOf<'chat:send'>;

/** An upper bound for the answers to one message: each picture may come with others. */
const maxAnswers = 4 * maxPicturesOfMessage;

/**
 * Stores a message and replies before any work on it starts: one transaction, then the reply. There is no network,
 * file or model access before the reply; generation/dispatcher.ts finds the rows afterwards, also after a crash.
 *
 * Idempotent: for a message that was sent before, the reply is what was stored then.
 */
export function sendMessage(ofSettings: ChatContext, input: SendInput): Result<Sent> {
  const { store } = ofSettings;
  const { questionId, answerIds, references = [], styles = [] } = input;
  const text = input.text.trim();
  if (text === '' && !isCompletePrompt(styles)) return failure('empty_message');
  if (store.messages.find(questionId)) return sentBefore(ofSettings, input);
  const chosen = withChosenModels(ofSettings, input);
  if (!chosen.ok) return chosen;
  const [context, ...others] = chosen.value;
  const contexts = [context, ...others];
  const edited = findOriginal(context, input);
  if (input.edits !== undefined && !edited) return failure('not_found');
  const intent = intentOf(context, text, edited ? { ...input, mode: modeOfVersion(edited, input) } : input);
  const isForPictures = intent.kind === 'picture' || references.length > 0;
  const problem = isForPictures ? checkReferencesOfAll(contexts, input) : null;
  if (problem) return problem;
  const counts = { answerCount: answerIds.length, modelCount: contexts.length };
  const asked =
    intent.kind === 'picture' ? promptsOf(context, intent, { ...input, text }, counts) : success([]);
  if (!asked.ok) return asked;
  const isWordless = input.upscale !== undefined || input.change !== undefined;
  const prompts = isWordless ? promptsOfOriginal(context, references, asked.value) : asked.value;
  if (!contexts.every((each) => fitNegatives(each, input))) return failure('styles_too_long');
  // A picture with references is neither prefetched nor reused.
  const hasReferences = references.length > 0;
  const hasTiles = input.isPattern === true || others.length > 0;
  const [first] = prompts;
  const prefetched =
    first && !hasReferences && !hasTiles
      ? matchingPrefetch(context, first.prompt, { ...input, count: answerIds.length })
      : null;
  const at = context.now();
  const pictures = {
    ...input,
    aspectRatio: shapeFor(context, input),
    upscale: upscaleFrom(context, input),
    change: changeFrom(context, input),
    ...{ ids: answerIds, prompts, references, prefetched },
  };
  if (hasTiles) {
    const refused = context.refusalOf(createTiles(contexts, input.conversationId, pictures, at));
    if (refused) return refused;
  }

  const sent = store.transaction(() => {
    const about = intent.kind === 'picture' ? shownBy(intent.prompt, first) : text;
    const conversation = openConversation(context, input, about, at);
    if (!conversation) return null;
    const question = questionRow(questionId, conversation.id, text, at, styles);
    const branch = edited ? questionId : branchAtEnd(store.messages.shownPath(conversation.id).path);
    const answers =
      intent.kind === 'picture'
        ? createTiles(contexts, conversation.id, pictures, at)
        : [pendingReply(context, answerIds[0] ?? questionId, conversation.id, at)];
    store.messages.insert(question, edited ? { versionOf: edited.id } : { branch });
    if (edited) showVersion(context, edited, questionId);
    const requestId = prefetched?.requestId ?? null;
    for (const answer of answers) {
      store.messages.insert(answer, {
        ...{ requestId, branch, isFresh: input.fresh === true || hasReferences },
        ...(answer.kind === 'text' && {
          choices: {
            ...{ model: input.models?.[0] ?? input.model, options: input.options },
            ...{ aspectRatio: input.aspectRatio, seed: input.seed },
            ...(styles.length > 0 && { styles }),
          },
        }),
      });
      if (requestId !== null) store.charges.assign(requestId, answer.id);
    }
    clearDraft(context, input);
    forgetEdit(context, input, false);
    faultPoint('send: in the transaction');
    const ids = [questionId, ...answers.map(({ id }) => id)];
    return withShownPath(context, {
      conversation,
      messages: ids.flatMap((id) => store.messages.find(id) ?? []),
    });
  });
  if (!sent) return failure('not_found');
  faultPoint('send: committed');
  if (prefetched) context.prefetch.handOver();
  if (edited) announce(context, [edited.id]);
  context.wakeDispatcher();
  return success(sent);
}

/**
 * Replies with a stored message and its answers. Fails if the text or the styles differ: that is a different message
 * with the same id, which would otherwise be lost.
 */
function sentBefore(context: ChatContext, input: SendInput): Result<Sent> {
  const { store } = context;
  const question = store.messages.find(input.questionId);
  if (question?.kind !== 'text' || question.text !== input.text.trim()) return failure('sent_otherwise');
  if (!isSameStyles(question.styles, input.styles)) return failure('sent_otherwise');
  const conversation = store.conversations.find(question.conversationId);
  if (!conversation) return failure('not_found');
  store.transaction(() => {
    clearDraft(context, input);
    forgetEdit(context, input, true);
  });
  return success(
    withShownPath(context, { conversation, messages: [question, ...answersTo(context, question)] }),
  );
}

function isSameStyles(one: readonly UsedStyle[] = [], other: readonly UsedStyle[] = []): boolean {
  const facts = (styles: readonly UsedStyle[]) =>
    JSON.stringify(
      styles.map(({ name, prompt, negativePrompt, values }) => [name, prompt, negativePrompt, values]),
    );
  return facts(one) === facts(other);
}

/**
 * Returns the answers stored with a question: a reply, or the pictures of one request. Later messages may answer an
 * earlier question, such as a picture requested by a slow reply.
 */
function answersTo({ store }: ChatContext, question: Message): Message[] {
  const following = store.messages.after(question, maxAnswers);
  const [first] = following;
  if (first?.kind !== 'image') return first?.role === 'assistant' ? [first] : [];
  const next = following.findIndex(
    (message) => message.kind !== 'image' || message.groupId !== first.groupId,
  );
  return following.slice(0, next < 0 ? undefined : next);
}

/**
 * Clears the draft that was sent. Keeps it if it already belongs to the next message; the same holds for the draft of
 * an edited message.
 */
function clearDraft({ store }: ChatContext, { isDraft, edits, questionId }: SendInput): void {
  if (isDraft || edits !== undefined) store.drafts.removeSent(questionId);
}

/**
 * A change without a prompt gets the prompt of its original, so that search finds it. An imported original may have
 * none.
 */
function promptsOfOriginal(
  { store }: ChatContext,
  [imageId = '']: readonly string[],
  prompts: readonly TilePrompt[],
): TilePrompt[] {
  const original = store.messages.find(imageId);
  const words = original?.kind === 'image' ? original.prompt : store.userImages.find(imageId)?.prompt;
  return prompts.map((tile) => ({ ...tile, prompt: words || tile.prompt }));
}

/**
 * Returns the prompt of the first picture, which describes it better than the text of the request, such as a pattern.
 */
function shownBy(wanted: string, first: TilePrompt | undefined): string {
  const isOfPattern = first !== undefined && first.words.length > 0;
  return (isOfPattern ? '' : wanted) || first?.prompt || '';
}

/** A change of a part keeps its picture's shape, plus the frame. */
function shapeFor({ store }: ChatContext, input: SendInput): AspectRatio {
  const size = sizeOfEdit(store, input);
  return size ? nearestAspectRatio(size) : input.aspectRatio;
}

/** @param isRepeated keeps the draft, which may already be the next change of this picture. */
function forgetEdit(
  { store }: ChatContext,
  { edit, references: [imageId] = [] }: SendInput,
  isRepeated: boolean,
): void {
  if (!edit || imageId === undefined) return;
  if (!isRepeated) store.editDrafts.remove(imageId);
  else store.editDrafts.removeSame({ imageId, mask: edit.mask ?? null, frame: edit.frame ?? null });
}

/** Returns undefined if the conversation is in Trash, or does not exist and is not a new one. */
function openConversation(
  { store: { conversations } }: ChatContext,
  { conversationId: id, isNew }: SendInput,
  about: string,
  at: number,
): Conversation | undefined {
  if (isNew) conversations.insert({ id, title: titleFrom(about), createdAt: at });
  conversations.touch(id, at);
  return conversations.find(id);
}
