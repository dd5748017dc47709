// Which pictures are chosen, as plain values: by their ids, so that neither scrolling nor arrivals change it.

export type Selection = {
  ids: ReadonlySet<string>;
  /** Where a range begins: what was chosen last without Shift. */
  anchor: string | null;
  /** What was chosen before the range that is being drawn, which another end replaces. */
  base: ReadonlySet<string>;
};

export const noSelection: Selection = { ids: new Set(), anchor: null, base: new Set() };

/** One more, or one less. */
export function toggled({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id, base: changed };
}

/**
 * Draws the range anew from the anchor to a picture; what was chosen before the range stays.
 *
 * @param between the ids from one picture to another in the gallery's order, both included; empty where either is gone.
 */
export function extendedTo(
  selection: Selection,
  id: string,
  between: (from: string, to: string) => readonly string[],
): Selection {
  const { anchor, base } = selection;
  const range = anchor === null ? [] : between(anchor, id);
  // The anchor may have been deleted meanwhile: then a range begins here.
  if (range.length === 0) return { ...toggledOn(selection, id), anchor: id };
  return { ids: new Set([...base, ...range]), anchor, base };
}

function toggledOn({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids).add(id);
  return { ids: changed, anchor: id, base: changed };
}

/** What a rectangle covers, beside what was chosen before it was begun. */
export function covering(before: ReadonlySet<string>, covered: readonly string[]): Selection {
  const ids = new Set([...before, ...covered]);
  return { ids, anchor: covered[0] ?? null, base: ids };
}

export function everything(ids: readonly string[]): Selection {
  const all = new Set(ids);
  return { ids: all, anchor: ids[0] ?? null, base: all };
}

/** @returns the selection without pictures that are gone; the same one where none of them was in it. */
export function withoutGone(selection: Selection, gone: readonly string[]): Selection {
  if (!gone.some((id) => selection.ids.has(id))) return selection;
  const left = (ids: ReadonlySet<string>) => {
    const kept = new Set(ids);
    for (const id of gone) kept.delete(id);
    return kept;
  };
  const { anchor } = selection;
  const ids = left(selection.ids);
  return {
    ids,
    anchor: anchor !== null && gone.includes(anchor) ? null : anchor,
    base: left(selection.base),
  };
}
