// Pure functions on messages: merging versions, and grouping for display.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import {
  isUnfinished,
  type Message,
  maxPicturesOfMessage,
  type PictureMessage,
} from '../../../shared/domain/conversations';
import { isOnPath, type ShownPath } from '../../../shared/domain/message-path';

export type MessagesById = Readonly<Record<string, Message>>;

/** Returns the later version of a message, because replies and events may arrive in any order. */
export function newer(known: Message | undefined, arrived: Message): Message {
  return known && known.revision > arrived.revision ? known : arrived;
}

/** Adds messages to the known ones. If a message is already known, the newer version is kept. */
export function merge(known: MessagesById, arrived: readonly Message[]): MessagesById {
  const merged: Record<string, Message> = { ...known };
  for (const message of arrived) merged[message.id] = newer(merged[message.id], message);
  return merged;
}

/** Returns the id of the picture that a message shows: its own, or the gallery's picture that was reused. */
export function pictureIdOf({ id, reusedId }: PictureMessage): string {
  return reusedId ?? id;
}

/**
 * Returns the pictures of these messages that can be opened, in their order. A picture that was reused is in several messages
 * and returned once, so that each has one place among the others.
 *
 * @param order the loaded ids, by position.
 */
export function openablePictures(
  order: readonly string[],
  messages: MessagesById,
): { messageId: string; pictureId: string }[] {
  const found = new Map<string, string>();
  for (const messageId of order) {
    const message = messages[messageId];
    if (message?.kind !== 'image' || !isThere(message)) continue;
    const pictureId = pictureIdOf(message);
    if (!found.has(pictureId)) found.set(pictureId, messageId);
  }
  return [...found].map(([pictureId, messageId]) => ({ messageId, pictureId }));
}

/** Returns whether a picture is stored, and neither in Trash nor missing. */
export function isThere({ image }: PictureMessage): boolean {
  return image !== null && image.state === undefined;
}

/**
 * Returns the picture to compare a picture with: the one whose pixels or recipe it was made from, or else the previous one in
 * the chat.
 *
 * @param order the loaded ids, by position.
 * @returns null if neither is known.
 */
export function pictureBefore(
  { id, params }: PictureMessage,
  { order, messages }: { order: readonly string[]; messages: MessagesById },
): { id: string; isOriginal: boolean } | null {
  const original = params.references?.[0] ?? params.repeats;
  if (original !== undefined && !isGone(original, messages)) return { id: original, isOriginal: true };
  const before = order
    .slice(0, Math.max(0, order.indexOf(id)))
    .flatMap((each) => messages[each] ?? [])
    .findLast((message) => message.kind === 'image' && isThere(message));
  return before?.kind === 'image' ? { id: pictureIdOf(before), isOriginal: false } : null;
}

/** Returns whether a picture of the loaded messages is in Trash, missing or deleted. */
function isGone(imageId: string, messages: MessagesById): boolean {
  const shown = Object.values(messages).filter(
    (message) => message.kind === 'image' && pictureIdOf(message) === imageId,
  );
  return shown.length > 0 && !shown.some((message) => message.kind === 'image' && isThere(message));
}

/** Returns the number of pictures that the user requested. An answer may have brought more. */
export function countRequested(pictures: readonly Message[]): number {
  const asked = pictures.filter((message) => message.kind === 'image' && message.isPart !== true);
  return Math.max(1, Math.min(maxPicturesOfMessage, asked.length));
}

/** Returns whether a picture was made only from the pixels of another one. */
export function hasNoPrompt({ params }: PictureMessage): boolean {
  return params.upscale !== undefined || params.change !== undefined;
}

/** Returns the picture's own model if retries must use it: several were asked, or the picture has no prompt. */
export function ownModelField(message: Message | undefined): { model: ChosenModel } | undefined {
  if (message?.kind !== 'image') return undefined;
  if (message.tile?.ofSeveral !== true && !hasNoPrompt(message)) return undefined;
  return { model: { serviceId: message.provider, model: message.model } };
}

/** Returns whether a model makes or has made another picture of the same request. */
export function isInGroup(
  { id, groupId }: PictureMessage,
  { serviceId, model }: ChosenModel,
  messages: MessagesById,
): boolean {
  return Object.values(messages).some(
    (other) =>
      other.kind === 'image' &&
      other.groupId === groupId &&
      other.id !== id &&
      other.provider === serviceId &&
      other.model === model,
  );
}

/** Messages that are displayed together: the pictures of one request side by side, everything else alone. */
export type Block = { key: string; ids: string[] };

/**
 * A picture that came later joins its group, even if other messages have been sent since the group began.
 *
 * @param order ids, by position.
 */
export function blocksOf(order: readonly string[], messages: MessagesById): Block[] {
  const blocks = new Map<string, Block>();
  for (const id of order) {
    const message = messages[id];
    if (!message) continue;
    // A group may have the id of the message that requested it, hence the prefix.
    const key = message.kind === 'image' ? `pictures ${message.groupId}` : message.id;
    const block = blocks.get(key);
    if (block) block.ids.push(id);
    else blocks.set(key, { key, ids: [id] });
  }
  return [...blocks.values()];
}

/** The known messages of a conversation: the loaded ones, and unfinished ones elsewhere. */
type Known = { order: readonly string[]; messages: MessagesById; shown: Pick<ShownPath, 'path'> };

/** Returns the ids of the unfinished answers to the newest question that has any, loaded or not. */
export function newestUnfinished({ order, messages, shown }: Known): string[] {
  const loaded = new Set(order);
  const elsewhere = Object.values(messages).filter(
    (message) => !loaded.has(message.id) && isUnfinished(message) && isOnPath(shown.path, message),
  );
  const all = [...order.flatMap((id) => messages[id] ?? []), ...elsewhere].sort((a, b) => a.seq - b.seq);
  const found: Message[] = [];
  for (const message of all.toReversed()) {
    const [next] = found;
    if (message.role === 'user' && next) break;
    if (message.role !== 'assistant' || !isUnfinished(message)) continue;
    const isKnownBetween = next !== undefined && loaded.has(next.id) && loaded.has(message.id);
    if (next && !isKnownBetween && !isNextTo(message, next)) break;
    found.unshift(message);
  }
  return found.map(({ id }) => id);
}

/** Returns whether no question can be between two messages, whose messages in between may not be loaded. */
function isNextTo(message: Message, next: Message): boolean {
  const isSameGroup = message.kind === 'image' && next.kind === 'image' && message.groupId === next.groupId;
  return isSameGroup || message.seq + 1 >= next.seq;
}
