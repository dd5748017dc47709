// Pure functions on messages: merging versions, and grouping for display.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';

export type MessagesById = Readonly<Record<string, Message>>;

/** Returns the later version of a message: replies and events may arrive in any order. */
export function newer(known: Message | undefined, arrived: Message): Message {
  return known && known.revision > arrived.revision ? known : arrived;
}

export function merge(known: MessagesById, arrived: readonly Message[]): MessagesById {
  const merged: Record<string, Message> = { ...known };
  for (const message of arrived) merged[message.id] = newer(merged[message.id], message);
  return merged;
}

/** Returns the id of the picture that a message shows: its own, or the gallery's picture that was reused. */
export function pictureIdOf({ id, reusedId }: PictureMessage): string {
  return reusedId ?? id;
}

/** Messages that are displayed together: the pictures of one request side by side, everything else alone. */
export type Block = { key: string; ids: string[] };

/** @param order ids, by position. */
export function blocksOf(order: readonly string[], messages: MessagesById): Block[] {
  const blocks: Block[] = [];
  for (const id of order) {
    const message = messages[id];
    if (!message) continue;
    // A group may have the id of the message that requested it, hence the prefix.
    const key = message.kind === 'image' ? `pictures ${message.groupId}` : message.id;
    const last = blocks.at(-1);
    if (last?.key === key) last.ids.push(id);
    else blocks.push({ key, ids: [id] });
  }
  return blocks;
}
