// The stacks of near duplicates in the gallery, as plain values and functions.

/**
 * The cost of a change does not depend on the number of stacks, because both maps are mutated and shared with the result.
 * The result is a new object, so that React notices the change. Only this file mutates the maps.
 */
export type Stacks = {
  /** The ids of the pictures under the top one, in order, by the top one's id. */
  readonly under: Map<string, readonly string[]>;
  /** The id of the top picture, by the id of each picture under it. */
  readonly topOf: Map<string, string>;
};

/** All ids of each stack, the top one first. A list of one id is not a stack. */
type Lists = readonly (readonly string[])[];

/** Returns the stacks of these lists. */
export function stacksOf(lists: Lists = []): Stacks {
  return addStacks({ under: new Map(), topOf: new Map() }, lists);
}

/** Adds stacks whose pictures are in no other stack. */
export function addStacks(stacks: Stacks, lists: Lists): Stacks {
  let isChanged = false;
  for (const list of lists) isChanged = put(stacks, list) || isChanged;
  return isChanged ? { ...stacks } : stacks;
}

/** Replaces the stacks of all pictures in these lists. */
export function restacked(stacks: Stacks, lists: Lists): Stacks {
  const old = topsOf(stacks, lists.flat());
  for (const top of old) dissolve(stacks, top);
  const added = addStacks(stacks, lists);
  return old.size > 0 && added === stacks ? { ...stacks } : added;
}

/** Removes pictures. @returns the remaining stacks, and the pictures of stacks that have lost their top one */
export function withoutPictures(
  stacks: Stacks,
  ids: readonly string[],
): { stacks: Stacks; uncovered: string[] } {
  const gone = new Set(ids);
  const uncovered: string[] = [];
  const tops = topsOf(stacks, ids);
  for (const top of tops) {
    const rest = (stacks.under.get(top) ?? []).filter((id) => !gone.has(id));
    dissolve(stacks, top);
    if (gone.has(top)) uncovered.push(...rest);
    else put(stacks, [top, ...rest]);
  }
  return { stacks: tops.size > 0 ? { ...stacks } : stacks, uncovered };
}

/** Returns the number of pictures under others. */
export function countHidden({ topOf }: Stacks): number {
  return topOf.size;
}

/** Returns these pictures and those under them. */
export function withHidden({ under }: Stacks, ids: readonly string[]): string[] {
  return ids.flatMap((id) => [id, ...(under.get(id) ?? [])]);
}

export type SelectedCounts = {
  /** All pictures, including those under others. */
  pictures: number;
  stacks: number;
  /** The number of pictures in stacks. */
  inStacks: number;
};

/** Counts the pictures and stacks of a selection of tiles. */
export function countSelected(stacks: Stacks, ids: ReadonlySet<string>): SelectedCounts {
  const tops = selectedTops(stacks, ids);
  const hidden = tops.reduce((count, top) => count + (stacks.under.get(top)?.length ?? 0), 0);
  return { pictures: ids.size + hidden, stacks: tops.length, inStacks: tops.length + hidden };
}

/** Returns the pictures under these ones. */
export function hiddenUnderAll(stacks: Stacks, ids: ReadonlySet<string>): string[] {
  return selectedTops(stacks, ids).flatMap((top) => stacks.under.get(top) ?? []);
}

/** Returns the selected top pictures. Iterates over the smaller set, because either may be the whole gallery. */
function selectedTops({ under }: Stacks, ids: ReadonlySet<string>): string[] {
  return ids.size < under.size
    ? [...ids].filter((id) => under.has(id))
    : [...under.keys()].filter((id) => ids.has(id));
}

/** Returns the top pictures of the stacks that contain these pictures. */
function topsOf({ under, topOf }: Stacks, ids: readonly string[]): Set<string> {
  const tops = new Set<string>();
  for (const id of ids) {
    const top = under.has(id) ? id : topOf.get(id);
    if (top !== undefined) tops.add(top);
  }
  return tops;
}

/** @returns whether the list is a stack. */
function put({ under, topOf }: Stacks, [top, ...others]: readonly string[]): boolean {
  if (top === undefined || others.length === 0) return false;
  under.set(top, others);
  for (const id of others) topOf.set(id, top);
  return true;
}

function dissolve({ under, topOf }: Stacks, top: string): void {
  for (const id of under.get(top) ?? []) topOf.delete(id);
  under.delete(top);
}
