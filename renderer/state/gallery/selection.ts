// The selected pictures by id, as plain values, so that neither scrolling nor new pictures change the selection.

export type Selection = {
  ids: ReadonlySet<string>;
  /** The start of a range: the picture that was last selected without Shift. */
  anchor: string | null;
  /** The selection before the current range, whose other end may still move. */
  base: ReadonlySet<string>;
};

export const noSelection: Selection = { ids: new Set(), anchor: null, base: new Set() };

/** Adds or removes a picture. */
export function toggled({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id, base: changed };
}

/**
 * Selects the range from the anchor to a picture, in addition to the selection before the range.
 *
 * @param between returns the ids from one picture to another in the gallery's order, inclusive; none if either is gone.
 */
export function extendedTo(
  selection: Selection,
  id: string,
  between: (from: string, to: string) => readonly string[],
): Selection {
  const { anchor, base } = selection;
  const range = anchor === null ? [] : between(anchor, id);
  // If the anchor has meanwhile been deleted, a new range starts here.
  if (range.length === 0) return { ...toggledOn(selection, id), anchor: id };
  return { ids: new Set([...base, ...range]), anchor, base };
}

function toggledOn({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids).add(id);
  return { ids: changed, anchor: id, base: changed };
}

/** Selects the pictures that a rectangle covers, in addition to the selection before. */
export function covering(before: ReadonlySet<string>, covered: readonly string[]): Selection {
  const ids = new Set([...before, ...covered]);
  return { ids, anchor: covered[0] ?? null, base: ids };
}

export function everything(ids: readonly string[]): Selection {
  const all = new Set(ids);
  return { ids: all, anchor: ids[0] ?? null, base: all };
}

/** Removes pictures that no longer exist. @returns the same selection if none of them was in it. */
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
