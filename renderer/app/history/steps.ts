// The list behind Back and Forward: where the user was, and where in it the user is now.

type Options<Entry> = {
  /** Whether two entries are one step: the later one then takes the place of the other. */
  isSame: (one: Entry, other: Entry) => boolean;
  /** Whether there is nothing left to go to. */
  isGone: (entry: Entry) => boolean;
  max: number;
};

export type Steps<Entry> = ReturnType<typeof createSteps<Entry>>;

/** An act of the user may change what is shown several times, such as the view and then its chat: that is one step. */
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
    /** Call it for each key and each press: what is shown after it is a step of its own. */
    act(): void {
      hasActed = true;
    },
    /** Call it whenever what is shown may have changed. */
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
