// The stacks of near duplicates that the gallery shows: what lies under which picture. Plain values and functions.

/** The ids of the pictures under another one, in order, by the id of the one on top. */
export type Stacks = ReadonlyMap<string, readonly string[]>;

/** Adds stacks, of each all ids with the one on top first. A list of one is no stack. */
export function addStacks(
  stacks: Map<string, readonly string[]>,
  lists: readonly (readonly string[])[],
): void {
  for (const [top, ...others] of lists) if (top !== undefined && others.length > 0) stacks.set(top, others);
}

/** Returns the stacks after these lists have replaced what is known of their pictures. */
export function restacked(stacks: Stacks, lists: readonly (readonly string[])[]): Stacks {
  const renewed = new Set(lists.flat());
  const isStacked = lists.some(({ length }) => length > 1);
  const isOld = (top: string, others: readonly string[]) =>
    renewed.has(top) || others.some((id) => renewed.has(id));
  const kept = [...stacks].filter(([top, others]) => !isOld(top, others));
  if (!isStacked && kept.length === stacks.size) return stacks;
  const all = new Map(kept);
  addStacks(all, lists);
  return all;
}

/** Removes pictures. @returns what is left, and the pictures of stacks that have lost the one on top */
export function withoutPictures(
  stacks: Stacks,
  ids: readonly string[],
): { stacks: Stacks; uncovered: string[] } {
  const gone = new Set(ids);
  const isChanged = [...stacks].some(([top, others]) => gone.has(top) || others.some((id) => gone.has(id)));
  if (!isChanged) return { stacks, uncovered: [] };
  const left = new Map<string, readonly string[]>();
  const uncovered: string[] = [];
  for (const [top, others] of stacks) {
    const rest = others.filter((id) => !gone.has(id));
    if (gone.has(top)) uncovered.push(...rest);
    else addStacks(left, [[top, ...rest]]);
  }
  return { stacks: left, uncovered };
}

export function countHidden(stacks: Stacks): number {
  let count = 0;
  for (const others of stacks.values()) count += others.length;
  return count;
}

/** Returns the pictures with those that lie under them. */
export function withHidden(stacks: Stacks, ids: readonly string[]): string[] {
  return ids.flatMap((id) => [id, ...(stacks.get(id) ?? [])]);
}

export type SelectedCounts = {
  /** All pictures, also those that lie under others. */
  pictures: number;
  stacks: number;
  /** Of all pictures, those in stacks. */
  inStacks: number;
};

/** Counts what a selection of tiles means. */
export function countSelected(stacks: Stacks, ids: ReadonlySet<string>): SelectedCounts {
  const counts = { pictures: ids.size, stacks: 0, inStacks: 0 };
  for (const [top, others] of stacks) {
    if (!ids.has(top)) continue;
    counts.pictures += others.length;
    counts.stacks += 1;
    counts.inStacks += 1 + others.length;
  }
  return counts;
}
