// Parses an answer's growing Markdown: complete units are kept, and only the end of the text is parsed again.
import type { Definition, FootnoteDefinition } from 'mdast';
import { closeOpenMarkdown } from './close-open-markdown';
import {
  codeUnit,
  definedLabels,
  knownOf,
  type Labels,
  parseUnitAgain,
  parseUnits,
  type Unit,
} from './markdown-units';
import { normalizeLabel } from './parse-markdown';

export type MarkdownDocument = {
  units: readonly Unit[];
  /** By normalized label. The first definition of a label counts. */
  definitions: ReadonlyMap<string, Definition>;
  /** By normalized label, in the order of their first references. Footnotes without a reference come last. */
  footnotes: ReadonlyMap<string, FootnoteDefinition>;
};

type State = { text: string; units: Unit[]; complete: number; labels: Labels };

const initialState: State = { text: '', units: [], complete: 0, labels: new Set() };

/** Returns a function that parses the text so far. It remembers its last result, and is fast while text is appended. */
export function createMarkdownParser(): (text: string, isArriving: boolean) => MarkdownDocument {
  let state = initialState;
  let before: MarkdownDocument = { units: [], definitions: new Map(), footnotes: new Map() };
  return (text, isArriving) => {
    state = advance(text.startsWith(state.text) ? state : initialState, text);
    const last = state.units.at(-1);
    const shown =
      isArriving && last ? [...state.units.slice(0, -1), ...closeUnit(last, state.labels)] : state.units;
    const { definitions, footnotes } = collect(shown);
    before = {
      units: shown,
      definitions: sameOr(before.definitions, definitions),
      footnotes: sameOr(before.footnotes, footnotes),
    };
    return before;
  };
}

function advance(state: State, text: string): State {
  const code = appendToCode(state, text);
  if (code) return code;
  const kept = state.units.slice(0, state.complete);
  const end = kept.at(-1)?.end ?? 0;
  const from = state.units[state.complete]?.start ?? end;
  let labels = state.labels;
  let units = [...kept, ...reuse(state.units, kept.length, parseUnits(text, from, end, labels))];
  // A definition may come after its reference. A unit that refers to it is parsed again.
  for (let round = 0; round < 3; round += 1) {
    labels = new Set(units.flatMap(definedLabels));
    const again = units.map((unit) =>
      unit.known === knownOf(unit.candidates, labels) ? unit : parseUnitAgain(unit, labels),
    );
    const isSettled = again.every((unit, index) => unit === units[index]);
    units = again;
    if (isSettled) break;
  }
  return { text, units, complete: countComplete(units, text), labels };
}

/** Keeps the identity of units that have not changed, so that they are not rendered again. */
function reuse(before: readonly Unit[], offset: number, units: Unit[]): Unit[] {
  return units.map((unit, index) => {
    const old = before[offset + index];
    const isSame =
      old?.start === unit.start &&
      old.source === unit.source &&
      old.isApart === unit.isApart &&
      old.known === unit.known;
    return isSame && old.node?.type === unit.node?.type ? old : unit;
  });
}

/**
 * Returns the number of units that further text cannot change. A unit is complete as soon as the next one has a whole line
 * and is separate or a list item. Fenced code is complete as soon as its last fence is a whole line.
 */
function countComplete(units: readonly Unit[], text: string): number {
  const lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  const last = units.at(-1);
  if (last && last.end < lineStart && isClosedCode(last)) return units.length;
  return Math.max(
    0,
    units.findLastIndex((unit) => unit.start < lineStart && (unit.isApart || unit.node?.type === 'listItem')),
  );
}

const openingFence = /^(`{3,}|~{3,})[^\n\r]*\n/;
const closingFence = (mark: string) => new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}[ \\t]*$`, 'm');

function isClosedCode({ node, source }: Unit): boolean {
  const opening = node?.type === 'code' ? openingFence.exec(source) : null;
  return opening !== null && closingFence(opening[1] ?? '').test(source.slice(source.lastIndexOf('\n') + 1));
}

/** Appends to fenced code at the end of the text without parsing. @returns null if the parser is needed. */
function appendToCode(state: State, text: string): State | null {
  const unit = state.units.at(-1);
  if (unit?.node?.type !== 'code' || state.complete === state.units.length || text.includes('\r', unit.start))
    return null;
  const opening = openingFence.exec(unit.source);
  if (!opening) return null;
  const contentStart = unit.start + opening[0].length;
  const lineStart = Math.max(contentStart, state.text.lastIndexOf('\n') + 1);
  if (closingFence(opening[1] ?? '').test(text.slice(lineStart))) return null;
  const grown = codeUnit(text, unit, text.length, text.slice(contentStart).replace(/\n$/, ''));
  return { ...state, text, units: [...state.units.slice(0, -1), grown] };
}

/** Returns the units to show in place of the last one while text is arriving: those of its closed source, if any. */
function closeUnit(unit: Unit, labels: Labels): Unit[] {
  if (unit.node === null) return [unit];
  const { node } = unit;
  const source = closeOpenMarkdown(unit.source, node);
  if (source === unit.source) return [unit];
  if (node.type === 'code' && openingFence.test(source))
    return [
      codeUnit(
        source,
        { ...unit, start: 0 },
        source.length,
        source.replace(openingFence, '').replace(/\n$/, ''),
      ),
    ];
  return parseUnits(source, 0, 0, labels).map((closed, index) =>
    index === 0 ? { ...closed, isApart: unit.isApart } : closed,
  );
}

function collect(units: readonly Unit[]): Pick<MarkdownDocument, 'definitions' | 'footnotes'> {
  const definitions = new Map<string, Definition>();
  const defined = new Map<string, FootnoteDefinition>();
  for (const unit of units) {
    for (const definition of unit.definitions) setOnce(definitions, definition);
    for (const footnote of unit.footnotes) setOnce(defined, footnote);
  }
  const footnotes = new Map<string, FootnoteDefinition>();
  for (const label of [...units.flatMap((unit) => unit.footnoteCalls), ...defined.keys()]) {
    const footnote = defined.get(label);
    if (footnote) footnotes.set(label, footnote);
  }
  return { definitions, footnotes };
}

function setOnce<Node extends Definition | FootnoteDefinition>(map: Map<string, Node>, node: Node): void {
  const label = normalizeLabel(node.identifier);
  if (!map.has(label)) map.set(label, node);
}

/** Keeps the identity of a map that has not changed, since all references are rendered again with a new one. */
function sameOr<Value>(
  before: ReadonlyMap<string, Value>,
  now: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const old = [...before];
  const isSame =
    old.length === now.size &&
    [...now].every(([key, value], at) => old[at]?.[0] === key && old[at]?.[1] === value);
  return isSame ? before : now;
}
