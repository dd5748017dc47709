// Where the groups and rows of the list are, and which of them are on screen. Only those are rendered.
import type { Conversation } from '../../../shared/domain/conversations';
import type { ConversationGroup } from './conversation-groups';

/** Heights in CSS pixels, as ConversationList.module.css has them. */
export const rowHeight = 40;
export const headingHeight = 32;
/** Rows beyond the edges that are rendered too, so that a fast scroll finds them. */
const overscanRows = 8;

export type PlacedGroup = ConversationGroup & { top: number; height: number };

export type ListLayout = { groups: readonly PlacedGroup[]; height: number };

/** A group of which some rows are rendered: `skipped` ones come before them. */
export type VisibleGroup = PlacedGroup & { skipped: number; rows: readonly Conversation[] };

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

/** Returns where a conversation's row begins, or null if it is not in the list. */
export function topOf({ groups }: ListLayout, id: string): number | null {
  for (const { top, conversations } of groups) {
    const at = conversations.findIndex((conversation) => conversation.id === id);
    if (at >= 0) return top + headingHeight + at * rowHeight;
  }
  return null;
}

/** Returns the scroll position that shows a row whole and is nearest to the present one. */
export function scrolledTo(top: number, scrollTop: number, height: number): number {
  // The heading above the first row of a group comes into view with it.
  if (top - headingHeight < scrollTop) return Math.max(0, top - headingHeight);
  return Math.max(scrollTop, top + rowHeight - height);
}
