// Splits Markdown into units that are rendered and kept separately: top-level blocks, and items of top-level lists.
import type { Definition, FootnoteDefinition, ListItem, Nodes, RootContent } from 'mdast';
import { splitOverlong } from './overlong';
import { normalizeLabel, parseMarkdown } from './parse-markdown';

export type Unit = {
  /** The unit's lines. Parsing them alone with the same labels gives the same node. */
  source: string;
  /** Offset of the first line in the text. */
  start: number;
  end: number;
  /** Null for an overlong stretch, which is shown as plain text. */
  node: RootContent | ListItem | null;
  /** Whether an empty line precedes it. */
  isApart: boolean;
  /** Labels in brackets, which are references if they are defined somewhere. */
  candidates: readonly string[];
  /** The candidates that were defined when the unit was parsed, as one string to compare. */
  known: string;
  definitions: readonly Definition[];
  footnotes: readonly FootnoteDefinition[];
  /** Labels of the footnotes that it refers to, in order. */
  footnoteCalls: readonly string[];
};

export type Labels = { has: (label: string) => boolean };

/**
 * @param from offset in `text` at which a unit begins
 * @param previousEnd offset at which the previous unit ends
 */
export function parseUnits(text: string, from: number, previousEnd: number, labels: Labels): Unit[] {
  const units: Unit[] = [];
  const tail = text.slice(from);
  for (const { start, end, isOverlong } of splitOverlong(tail)) {
    const stretch = tail.slice(start, end);
    const parsed = isOverlong ? [overlongUnit(stretch)] : parseStretch(stretch, labels);
    for (const unit of parsed) {
      const at = from + start;
      const gap = text.slice(units.at(-1)?.end ?? previousEnd, at + unit.start);
      units.push({ ...unit, start: at + unit.start, end: at + unit.end, isApart: isApart(gap) });
    }
  }
  return units;
}

/** Parses a unit again after a definition elsewhere was added or removed. */
export function parseUnitAgain(unit: Unit, labels: Labels): Unit {
  const parsed = parseStretch(unit.source, labels)[0];
  return parsed ? { ...parsed, start: unit.start, end: unit.end, isApart: unit.isApart } : unit;
}

/** Returns the candidates that are defined, as one string to compare. */
export function knownOf(candidates: readonly string[], labels: Labels): string {
  return candidates.filter((label) => labels.has(label)).join('\n');
}

const isApart = (gap: string) => (gap.match(/\r\n|\n|\r/g) ?? []).length > 1;

const bare = { isApart: false, candidates: [], known: '', definitions: [], footnotes: [], footnoteCalls: [] };

function overlongUnit(stretch: string): Unit {
  const source = stretch.trimEnd();
  return { ...bare, source, start: 0, end: source.length, node: null };
}

/** Returns a unit of fenced code; its content needs no parser. */
export function codeUnit(text: string, unit: Unit, end: number, value: string): Unit {
  const node = unit.node?.type === 'code' ? { ...unit.node, value } : unit.node;
  return { ...unit, source: text.slice(unit.start, end), end, node };
}

function parseStretch(stretch: string, labels: Labels): Unit[] {
  const outside = candidatesIn(stretch).filter((label) => labels.has(label));
  const { nodes, rangeOf } = parseMarkdown(stretch, outside);
  const blocks = nodes.flatMap((node) => (node.type === 'list' ? node.children : [node]));
  const found = blocks.map(labelsIn);
  const own = new Set(found.flatMap(definedLabels));
  const all: Labels = { has: (label) => own.has(label) || labels.has(label) };
  return blocks.map((node, index) => {
    const { start: first, end } = rangeOf(node);
    const start = startOfLine(stretch, first);
    const source = stretch.slice(start, end);
    const candidates = node.type === 'code' ? [] : candidatesIn(source);
    return {
      ...bare,
      source,
      start,
      end,
      node,
      candidates,
      known: knownOf(candidates, all),
      ...found[index],
    };
  });
}

/** Returns the labels that a unit defines, as written in brackets: those of footnotes have a caret. */
export function definedLabels({ definitions, footnotes }: Pick<Unit, 'definitions' | 'footnotes'>): string[] {
  return [
    ...definitions.map(({ identifier }) => normalizeLabel(identifier)),
    ...footnotes.map(({ identifier }) => normalizeLabel(`^${identifier}`)),
  ];
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/**
 * Returns the possible labels of references: texts between brackets without unescaped brackets inside. Takes one pass,
 * because a formula such as "\\[ a \\]" opens a bracket that nothing closes.
 */
export function candidatesIn(source: string): string[] {
  const labels = new Set<string>();
  let open = -1;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') {
      at += 1;
      if (open < 0 && source[at] === '[') open = at;
    } else if (character === '[') open = at;
    else if (character === ']' && open >= 0) {
      labels.add(normalizeLabel(source.slice(open + 1, at)));
      open = -1;
    }
  }
  return [...labels].filter((label) => label !== '' && label !== '^');
}

function labelsIn(node: Nodes): Pick<Unit, 'definitions' | 'footnotes' | 'footnoteCalls'> {
  const definitions: Definition[] = [];
  const footnotes: FootnoteDefinition[] = [];
  const footnoteCalls: string[] = [];
  function visit(each: Nodes): void {
    if (each.type === 'definition') definitions.push(each);
    if (each.type === 'footnoteDefinition') footnotes.push(each);
    if (each.type === 'footnoteReference') footnoteCalls.push(normalizeLabel(each.identifier));
    if ('children' in each) each.children.forEach(visit);
  }
  visit(node);
  return { definitions, footnotes, footnoteCalls };
}
