// Estimates how much an SVG draws: a few elements that refer to each other can expand to billions.

const references = /(?:\bhref\s*=\s*["']\s*|url\(\s*["']?)#([^"')\s]+)/gi;
const idOf = /\sid\s*=\s*["']([^"']*)["']/i;
/** What looks like a tag in these is none. */
const ignored = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
/** Elements within elements. */
const maxNesting = 200;
/** Elements that refer to others that refer to others, and so on. */
const maxDepth = 32;

/** An element with those in it, by their places among all elements and among all references. */
type Part = { from: number; to: number; firstReference: number; lastReference: number };

/**
 * Returns how many elements are drawn, with those that others refer to counted as often as they are; infinity for a circle
 * and for too deep a nesting.
 *
 * @param text that declares no entities.
 */
export function countDrawn(text: string): number {
  const named: string[] = [];
  const byId = new Map<string, Part>();
  const open: (Part | null)[] = [];
  let elements = 0;
  const close = (part: Part | null | undefined) => {
    if (part) Object.assign(part, { to: elements, lastReference: named.length });
  };
  for (const tag of tagsIn(withoutIgnored(text))) {
    if (tag.startsWith('/')) {
      close(open.pop());
      continue;
    }
    if (open.length > maxNesting) return Number.POSITIVE_INFINITY;
    const [, id] = idOf.exec(tag) ?? [];
    const part =
      id === undefined || byId.has(id)
        ? null
        : { from: elements, to: elements, firstReference: named.length, lastReference: named.length };
    if (id !== undefined && part) byId.set(id, part);
    elements += 1;
    for (const [, name = ''] of tag.matchAll(references)) named.push(name);
    if (tag.endsWith('/')) close(part);
    else open.push(part);
  }
  for (const part of open) close(part);

  const known = new Map<Part, number>();
  function total({ from, to, firstReference, lastReference }: Part, depth: number): number {
    if (depth > maxDepth) return Number.POSITIVE_INFINITY;
    let sum = to - from;
    for (let at = firstReference; at < lastReference && sum < Number.POSITIVE_INFINITY; at += 1) {
      const part = byId.get(named[at] ?? '');
      if (!part) continue;
      const count = known.get(part) ?? total(part, depth + 1);
      known.set(part, count);
      sum += count;
    }
    return sum;
  }
  return total({ from: 0, to: elements, firstReference: 0, lastReference: named.length }, 0);
}

/** Yields what is between the brackets of each tag. A mark without a partner ends the search, so this takes linear time. */
function* tagsIn(text: string): Generator<string> {
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '<') start = at + 1;
    if (start < 0) continue;
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return;
      at = end;
    }
    if (character !== '>') continue;
    yield text.slice(start, at);
    start = -1;
  }
}

/** Returns the text without comments and the like. */
export function withoutIgnored(text: string): string {
  return ignored.reduce((rest, [start, end]) => {
    const [first = '', ...others] = rest.split(start);
    return others.reduce((kept, piece) => {
      const at = piece.indexOf(end);
      return at < 0 ? kept : kept + piece.slice(at + end.length);
    }, first);
  }, text);
}
