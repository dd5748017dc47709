// The stacks of near duplicates that the gallery shows: what lies under which picture. Plain values and functions.

/**
 * A change costs as much as what it changes, however many stacks there are: both maps are shared with what a change
 * returns, which is another object so that it is noticed. Only this file changes them.
 */
export type Stacks = {
  /** The ids of the pictures under another one, in order, by the id of the one on top. */
  readonly under: Map<string, readonly string[]>;
  /** The id of the one on top, by the id of each picture under it. */
  readonly topOf: Map<string, string>;
};

/** All ids of each stack, the one on top first. A list of one is no stack. */
type Lists = readonly (readonly string[])[];

/** Returns the stacks of these lists. */
export function stacksOf(lists: Lists = []): Stacks {
  return addStacks({ under: new Map(), topOf: new Map() }, lists);
}

/** Adds stacks whose pictures are in no other one. */
export function addStacks(stacks: Stacks, lists: Lists): Stacks {
  let isChanged = false;
  for (const list of lists) isChanged = put(stacks, list) || isChanged;
  return isChanged ? { ...stacks } : stacks;
}

/** Returns the stacks after these lists have replaced what is known of their pictures. */
export function restacked(stacks: Stacks, lists: Lists): Stacks {
  const old = topsOf(stacks, lists.flat());
  for (const top of old) dissolve(stacks, top);
  const added = addStacks(stacks, lists);
  return old.size > 0 && added === stacks ? { ...stacks } : added;
}

/** Removes pictures. @returns what is left, and the pictures of stacks that have lost the one on top */
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

/** Returns how many pictures lie under others. */
export function countHidden({ topOf }: Stacks): number {
  return topOf.size;
}

/** Returns the pictures with those that lie under them. */
export function withHidden({ under }: Stacks, ids: readonly string[]): string[] {
  return ids.flatMap((id) => [id, ...(under.get(id) ?? [])]);
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
  const tops = selectedTops(stacks, ids);
  const hidden = tops.reduce((count, top) => count + (stacks.under.get(top)?.length ?? 0), 0);
  return { pictures: ids.size + hidden, stacks: tops.length, inStacks: tops.length + hidden };
}

/** Returns what lies under these pictures. */
export function hiddenUnderAll(stacks: Stacks, ids: ReadonlySet<string>): string[] {
  return selectedTops(stacks, ids).flatMap((top) => stacks.under.get(top) ?? []);
}

/** Either may be all of the gallery. */
function selectedTops({ under }: Stacks, ids: ReadonlySet<string>): string[] {
  return ids.size < under.size
    ? [...ids].filter((id) => under.has(id))
    : [...under.keys()].filter((id) => ids.has(id));
}

/** Returns the pictures on top of the stacks that these pictures are in. */
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
