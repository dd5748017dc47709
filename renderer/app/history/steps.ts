// The history of Back and Forward: the visited places, and the current position among them.

type Options<Entry> = {
  /** Returns whether two entries are one step. The later one then replaces the earlier one. */
  isSame: (one: Entry, other: Entry) => boolean;
  /** Returns whether an entry's place no longer exists. */
  isGone: (entry: Entry) => boolean;
  max: number;
};

export type Steps<Entry> = ReturnType<typeof createSteps<Entry>>;

/** One action of the user may change the shown place several times, such as the view and then its chat. It is one step. */
export function createSteps<Entry>({ isSame, isGone, max }: Options<Entry>) {
  let entries: readonly Entry[] = [];
  let at = -1;
  let hasActed = true;

  function next(by: 1 | -1): number | null {
    const current = entries[at];
    for (let index = at + by; ; index += by) {
      const entry = entries[index];
      if (!entry || !current) return null;
      if (!isGone(entry) && !isSame(entry, current)) return index;
    }
  }

  return {
    /** Call it for each key and each press. The next shown place is then a new step. */
    act(): void {
      hasActed = true;
    },
    /** Call it whenever the shown place may have changed. */
    record(entry: Entry): void {
      const current = entries[at];
      const isNew = !current || (hasActed && !isSame(current, entry));
      if (isNew) entries = [...entries.slice(0, at + 1), entry].slice(-max);
      else entries = entries.with(at, entry);
      if (isNew) at = entries.length - 1;
      if (isNew) hasActed = false;
    },
    has: (by: 1 | -1): boolean => next(by) !== null,
    /** Goes to the next entry that is not gone. @returns null if there is none */
    go(by: 1 | -1): Entry | null {
      const index = next(by);
      if (index === null) return null;
      at = index;
      hasActed = false;
      return entries[at] ?? null;
    },
  };
}
