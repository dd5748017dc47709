import { expect, test } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversations';
import type { ConversationGroup } from './conversation-groups';
import { headingHeight, layOut, rowHeight, scrolledTo, topOf, visibleGroups } from './list-layout';

function group(title: string, count: number): ConversationGroup {
  const conversations = Array.from(
    { length: count },
    (_, at): Conversation => ({
      ...{ id: `${title} ${at}`, title, pinned: false, createdAt: 0, updatedAt: 0 },
      ...{ activity: 1, revision: 1 },
    }),
  );
  return { title, conversations };
}

const layout = layOut([group('Pinned', 2), group('Today', 30), group('October', 9_968)]);

test('groups follow each other without a gap', () => {
  let bottom = 0;
  for (const { top, height, conversations } of layout.groups) {
    expect(top).toBe(bottom);
    expect(height).toBe(headingHeight + conversations.length * rowHeight);
    bottom += height;
  }
  expect(layout.height).toBe(bottom);
  expect(layOut([])).toEqual({ groups: [], height: 0 });
});

test('every row on screen is rendered, and few others, wherever the list is', () => {
  const screen = 800;
  const tops = layout.groups.flatMap(({ top, conversations }) =>
    conversations.map(({ id }, at) => ({ id, top: top + headingHeight + at * rowHeight })),
  );
  const topById = new Map(tops.map(({ id, top }) => [id, top]));
  for (let from = -screen; from < layout.height + screen; from += 3_170) {
    const visible = visibleGroups(layout, from, from + screen);
    const rendered = visible.flatMap(({ top, skipped, rows }) =>
      rows.map(({ id }, at) => ({ id, top: top + headingHeight + (skipped + at) * rowHeight })),
    );
    expect(rendered.length).toBeLessThan(45);
    for (const { id, top } of rendered) expect(topById.get(id)).toBe(top);
    const ids = new Set(rendered.map(({ id }) => id));
    const missing = tops.filter(
      ({ id, top }) => top < from + screen && top + rowHeight > from && !ids.has(id),
    );
    expect(missing).toEqual([]);
  }
});

test('scrolls only to rows off screen, to the nearest edge', () => {
  expect(scrolledTo(500, 300, 800)).toBe(300);
  expect(scrolledTo(2_000, 300, 800)).toBe(2_000 + rowHeight - 800);
  expect(scrolledTo(500, 900, 800)).toBe(500 - headingHeight);
  expect(scrolledTo(headingHeight, 900, 800)).toBe(0);
});

test('a conversation that is not in the list has no place', () => {
  expect(topOf(layout, 'gone')).toBeNull();
  expect(topOf(layout, 'Today 3')).toBe(
    (layout.groups[1]?.top ?? Number.NaN) + headingHeight + 3 * rowHeight,
  );
});
