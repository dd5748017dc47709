// The positions of the list's groups and rows, and the selection of rows to render.
import type { Conversation } from '../../../shared/domain/conversations';
import type { ConversationGroup } from './conversation-groups';

/** Heights in CSS pixels, as in ConversationList.module.css. */
export const rowHeight = 40;
export const headingHeight = 32;
/** Number of rows beyond the edges that are also rendered, for fast scrolling. */
const overscanRows = 8;

export type PlacedGroup = ConversationGroup & { top: number; height: number };

export type ListLayout = { groups: readonly PlacedGroup[]; height: number };

/** A group with its rendered rows. `skipped`: the number of rows before them. */
export type VisibleGroup = PlacedGroup & { skipped: number; rows: readonly Conversation[] };

/** Places groups with their headings and rows below each other. */
export function layOut(groups: readonly ConversationGroup[]): ListLayout {
  let top = 0;
  const placed = groups.map((group) => {
    const height = headingHeight + group.conversations.length * rowHeight;
    const at = top;
    top += height;
    return { ...group, top: at, height };
  });
  return { groups: placed, height: top };
}

/** Returns the part of the list between two distances from its top (CSS pixels), and a few rows more. */
export function visibleGroups({ groups }: ListLayout, from: number, to: number): VisibleGroup[] {
  const [start, end] = [from - overscanRows * rowHeight, to + overscanRows * rowHeight];
  return groups
    .filter(({ top, height }) => top < end && top + height > start)
    .map((group) => {
      const rowsTop = group.top + headingHeight;
      const first = Math.max(0, Math.floor((start - rowsTop) / rowHeight));
      const last = Math.max(first, Math.ceil((end - rowsTop) / rowHeight));
      return { ...group, skipped: first, rows: group.conversations.slice(first, last) };
    });
}

/** Returns the top of a conversation's row, or null if it is not in the list. */
export function topOf({ groups }: ListLayout, id: string): number | null {
  for (const { top, conversations } of groups) {
    const at = conversations.findIndex((conversation) => conversation.id === id);
    if (at >= 0) return top + headingHeight + at * rowHeight;
  }
  return null;
}

/** Returns the scroll position nearest to the current one that shows a whole row. */
export function scrolledTo(top: number, scrollTop: number, height: number): number {
  // Includes the heading above the first row of a group.
  if (top - headingHeight < scrollTop) return Math.max(0, top - headingHeight);
  return Math.max(scrollTop, top + rowHeight - height);
}
