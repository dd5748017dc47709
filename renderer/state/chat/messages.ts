// Pure functions on messages: which of two is newer, and how they stand together on screen.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';

export type MessagesById = Readonly<Record<string, Message>>;

/** Replies and events travel separately: whichever was written last holds. */
export function newer(known: Message | undefined, arrived: Message): Message {
  return known && known.updatedAt > arrived.updatedAt ? known : arrived;
}

export function merge(known: MessagesById, arrived: readonly Message[]): MessagesById {
  const merged: Record<string, Message> = { ...known };
  for (const message of arrived) merged[message.id] = newer(merged[message.id], message);
  return merged;
}

/** @returns the id of the picture that a message shows: its own, unless one of the gallery answered. */
export function pictureIdOf({ id, reusedId }: PictureMessage): string {
  return reusedId ?? id;
}

/** Messages that stand together: the pictures of one request side by side, everything else alone. */
export type Block = { key: string; ids: string[] };

/** @param order ids, oldest first. */
export function blocksOf(order: readonly string[], messages: MessagesById): Block[] {
  const blocks: Block[] = [];
  for (const id of order) {
    const message = messages[id];
    if (!message) continue;
    // A group may be named for the message that asked for it: only pictures stand side by side.
    const key = message.kind === 'image' ? `pictures ${message.groupId}` : message.id;
    const last = blocks.at(-1);
    if (last?.key === key) last.ids.push(id);
    else blocks.push({ key, ids: [id] });
  }
  return blocks;
}
