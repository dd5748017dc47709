// Versions of questions and answers: which messages of a conversation are shown, and in which order.

/**
 * Each further version of a message starts a branch, whose id is that of its first message. The messages outside of any
 * branch are the trunk. Positions continue across branches: the first message of a branch has the position of the message
 * that it replaces.
 */
export const trunk = '';

/** The shown messages of one branch: those before the position `until`; null for all. */
export type PathPart = { branch: string; until: number | null };

/** The shown branches, from the trunk on. Each part begins at the position at which the one before it ends. */
export type MessagePath = readonly PathPart[];

const trunkPath: MessagePath = [{ branch: trunk, until: null }];

/** A message that replaces another one, and which version of that one is shown. */
export type Fork = {
  /** The id of the version, and of its branch. */
  id: string;
  /** The replaced message: the first version. */
  original: string;
  /** The branch and the position of the original. */
  branch: string;
  seq: number;
  /** The version that is shown; null for the original. */
  chosen: string | null;
  /** The version of the original's row, which is higher after each choice. */
  revision: number;
};

/** The shown path, and a number that is higher after each choice of a version. */
export type ShownPath = { path: MessagePath; choice: number };

export const trunkShown: ShownPath = { path: trunkPath, choice: 0 };

/** Returns the shown path of a conversation with these forks. */
export function shownPathOf(forks: readonly Fork[]): ShownPath {
  const revisions = new Map(forks.map(({ original, revision }) => [original, revision]));
  const choice = [...revisions.values()].reduce((sum, revision) => sum + revision, 0);
  return { path: pathThrough(forks), choice };
}

/** A message's place: `branch` is absent in the trunk. */
type Place = { branch?: string | undefined; seq: number };

/**
 * Returns the shown path.
 *
 * @param forks those of one conversation.
 */
function pathThrough(forks: readonly Fork[]): MessagePath {
  const taken = forks.filter(({ id, chosen }) => id === chosen);
  const parts: PathPart[] = [];
  let branch = trunk;
  let start = 0;
  // Each branch is entered at most once, so that damaged rows cannot cause an endless loop.
  while (parts.length <= taken.length) {
    const next = firstFork(taken, branch, start);
    parts.push({ branch, until: next?.seq ?? null });
    if (!next) break;
    branch = next.id;
    // The first message of a branch is a version, whose fork is that of the original.
    start = next.seq + 1;
  }
  return parts;
}

function firstFork(forks: readonly Fork[], branch: string, start: number): Fork | undefined {
  let first: Fork | undefined;
  for (const fork of forks)
    if (fork.branch === branch && fork.seq >= start && (!first || fork.seq < first.seq)) first = fork;
  return first;
}

/** Returns the path that leads to a message, up to but without the message itself. */
export function pathTo({ branch = trunk, seq }: Place, forks: readonly Fork[]): MessagePath {
  const parts: PathPart[] = [{ branch, until: seq }];
  let fork = forks.find(({ id }) => id === branch);
  while (fork && parts.length <= forks.length + 1) {
    parts.unshift({ branch: fork.branch, until: fork.seq });
    const parent = fork.branch;
    fork = forks.find(({ id }) => id === parent);
  }
  return parts;
}

/** Returns the versions that originals have to show so that a message is on the path; only those that change. */
export function choicesTo(place: Place, forks: readonly Fork[]): Map<string, string | null> {
  const choices = new Map<string, string | null>();
  const parts = pathTo(place, forks);
  parts.forEach(({ branch, until }, index) => {
    const next = parts[index + 1]?.branch;
    const taken = forks.find(({ id }) => id === next);
    for (const { original, seq, chosen, branch: from } of forks) {
      if (from !== branch || (until !== null && seq > until)) continue;
      const wanted = original === taken?.original ? taken.id : null;
      if (chosen !== wanted) choices.set(original, wanted);
    }
  });
  return choices;
}

/** Returns whether a message is shown. */
export function isOnPath(path: MessagePath, { branch = trunk, seq }: Place): boolean {
  const part = path.find((candidate) => candidate.branch === branch);
  return part !== undefined && (part.until === null || seq < part.until);
}

/** Returns whether two paths of one conversation show the same versions. */
export function isSamePath(a: MessagePath, b: MessagePath): boolean {
  return a.length === b.length && a.every(({ branch }, index) => branch === b[index]?.branch);
}

/** Returns the branch to which the next message of the conversation belongs. */
export function branchAtEnd(path: MessagePath): string {
  return path.at(-1)?.branch ?? trunk;
}
