// Versions of questions and answers: showing one, and finding the version that it replaces.
import type { MessagePage } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { branchAtEnd, isOnPath, type ShownPath, trunk } from '../../../shared/domain/message-path';
import type { ChatContext } from './chat-context';
import { type Mode, readIntent } from './intent';

/** Messages returned when another version is shown: enough to fill a tall window. */
const versionPage = 40;

/** Returns the first version of the question that is edited; undefined if nothing is, or it is not in the conversation. */
export function findOriginal(
  { store }: ChatContext,
  { edits, conversationId }: { edits?: string | undefined; conversationId: string },
): Message | undefined {
  const originalId = edits === undefined ? undefined : store.messages.original(edits);
  const original = originalId === undefined ? undefined : store.messages.find(originalId);
  return original?.role === 'user' && original.conversationId === conversationId ? original : undefined;
}

/** If the mode of the first version was read from its text, that of the new version is, too. */
export function modeOfVersion(original: Message, { mode }: { mode: Mode }): Mode {
  const decides = original.kind === 'text' && readIntent(original.text, 'auto').kind === 'picture';
  return decides ? 'auto' : mode;
}

/**
 * Switches to another version, inside a transaction. On the branch that is left, waiting work does not begin and a
 * streaming reply ends with its text so far: the user would not see the rest, nor expect its charges.
 *
 * @param original the first version.
 */
export function showVersion({ store }: ChatContext, original: Message, versionId: string): void {
  const { conversationId, seq } = original;
  store.messages.stopReplaced(conversationId, store.messages.shownPath(conversationId).path, seq);
  store.messages.choose(original.id, versionId);
}

/**
 * Returns the branch for rows that follow from a message, such as the further pictures of its answer: they are appended to
 * what is shown if the message itself is shown, also if a later question has another version by now.
 */
export function branchAfter({ store }: ChatContext, message: Message): string {
  const { path } = store.messages.shownPath(message.conversationId);
  return isOnPath(path, message) ? branchAtEnd(path) : (message.branch ?? trunk);
}

/** Adds which versions of the conversation are shown, if any message has another one. */
export function withShownPath<Reply extends { conversation: { id: string } }>(
  { store }: ChatContext,
  reply: Reply,
): Reply & { shown?: ShownPath } {
  const shown = store.messages.shownPath(reply.conversation.id);
  return shown.choice > 0 ? { ...reply, shown } : reply;
}

/** Tells the renderer about originals whose choice has changed: it may show them without having read them again. */
export function announce({ store, broadcast }: ChatContext, originals: Iterable<string>): void {
  for (const id of originals) {
    const original = store.messages.find(id);
    if (original) broadcast('message:updated', original);
  }
}

/** Puts a message on the shown path without stopping anything. Does nothing if it is already on it. */
export function showMessage(context: ChatContext, messageId: string): Result<MessagePage> {
  const { store } = context;
  const message = store.messages.find(messageId);
  if (!message || !store.conversations.find(message.conversationId)) return failure('not_found');
  const { choices, page } = store.transaction(() => {
    const wanted = store.messages.choicesTo(message);
    for (const [original, version] of wanted) store.messages.choose(original, version);
    return {
      choices: wanted,
      page: store.messages.pageAfter(message.conversationId, message.seq - 1, versionPage),
    };
  });
  announce(context, choices.keys());
  return success(page);
}
