// Estimates how many elements an SVG draws, because a few elements that refer to each other can expand to billions.

const references = /(?:\bhref\s*=\s*["']\s*|url\(\s*["']?)#([^"')\s]+)/gi;
const idOf = /\sid\s*=\s*["']([^"']*)["']/i;
/** Parts of a document in which text that looks like a tag is not one. */
const ignored = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
/** Maximum depth of nested elements. */
const maxNesting = 200;
/** Maximum length of a chain of references. */
const maxDepth = 32;

/** The range of an element and its descendants, as indices among all elements and among all references. */
type Part = { from: number; to: number; firstReference: number; lastReference: number };

/**
 * Returns how many elements are drawn. An element that others refer to counts once for each use. Infinity for a
 * circular reference and for nesting that is too deep.
 *
 * @param text a document that declares no entities.
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

/** Yields the content of each tag. A bracket without a partner ends the search, which keeps it linear in time. */
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

/** Returns the text without comments, CDATA and similar parts. */
export function withoutIgnored(text: string): string {
  return ignored.reduce((rest, [start, end]) => {
    const [first = '', ...others] = rest.split(start);
    return others.reduce((kept, piece) => {
      const at = piece.indexOf(end);
      return at < 0 ? kept : kept + piece.slice(at + end.length);
    }, first);
  }, text);
}
