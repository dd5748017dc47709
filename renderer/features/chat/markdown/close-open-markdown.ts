// Makes the last block of an arriving answer look as it finally will: closes unclosed marks, and holds back text whose meaning
// the next character may change.
import type { Node, Parents, RootContent } from 'mdast';

/** A line that consists only of markers may still become a list, a rule, a quote, a heading, the underline of the line above, or a definition. */
const markersOnly = /(?:^|\r\n|\n|\r)[ \t>]*(?:[-*+=_#>|~`]+|\d{1,9}[.)]?|\[[^\][\r\n]*\]:)?[ \t]*$/;
/** Maximum number of marks to close. Real text nests three or four. */
const maxClosed = 20;

/**
 * @param source of one block, up to the end of the text
 * @param block the parsed block
 * @returns the source to show instead; empty to show nothing yet
 */
export function closeOpenMarkdown(source: string, block: RootContent): string {
  const leaf = lastLeaf(block);
  if (leaf.type === 'html' || leaf.type === 'definition') return source;
  if (leaf.type === 'code') return source.replace(/(\r\n|\n|\r)[ \t>]*[`~]{1,2}$/, '');
  const tableLine = openTableLine(source, leaf);
  if (tableLine !== null) return source.slice(0, tableLine);
  const line = markersOnly.exec(source);
  const held = line === null ? source : source.slice(0, line.index);
  const length = Math.max(0, endOf(block) - startOf(leaf) - (source.length - held.length));
  const at = held.length - length;
  return held.slice(0, at) + closeMarks(held.slice(at));
}

function lastLeaf(node: RootContent): RootContent {
  const last = isContainer(node) ? node.children.at(-1) : undefined;
  return last === undefined ? node : lastLeaf(last);
}

const isContainer = (node: Node): node is Parents =>
  ['blockquote', 'list', 'listItem', 'footnoteDefinition', 'table', 'tableRow'].includes(node.type);

const startOf = ({ position }: Node) => position?.start.offset ?? 0;
const endOf = ({ position }: Node) => position?.end.offset ?? 0;

/** @returns the offset of a table's header whose second line is still arriving, because a table needs both; otherwise null. */
function openTableLine(source: string, leaf: Node): number | null {
  if (leaf.type !== 'paragraph') return null;
  return /(?:^|\n)[ \t>]*\|[^\n]*(?:\r?\n[ \t>]*\|?[-:| \t]*)?$/.exec(source)?.index ?? null;
}

function closeMarks(block: string): string {
  // Shows only the text of "[the text](https://exa" until its address is whole, and no part of "[^1".
  const text = block
    .replace(/(?<!\\)\[\^[^\][\s]*$/, '')
    .replace(/(?<!\\)!?\[(?!\^)([^\][\n]*)(?:\](?:\([^()\s]*|\[[^\][\n]*)?)?$/, '$1');
  if ((text.match(/`/g) ?? []).length % 2 === 1) return text.endsWith('`') ? text.slice(0, -1) : `${text}\``;
  const withoutCode = text.replace(/`[^`]*`/g, '');
  return (
    text.replace(/[*_~]+$/, (marks) => (isOpening(withoutCode, marks) ? '' : marks)) + closers(withoutCode)
  );
}

/** Returns whether marks at the end follow a space, so that they have no content yet. */
function isOpening(text: string, marks: string): boolean {
  return /(?:^|\s)$/.test(text.slice(0, text.length - marks.length));
}

/** Returns the marks that close all open ones, innermost first. */
function closers(text: string): string {
  const open: string[] = [];
  for (const { 0: mark, index } of text.matchAll(/\*\*|__|~~|\*|_/g)) {
    const before = text[index - 1] ?? ' ';
    const after = text[index + mark.length] ?? ' ';
    if (open.at(-1) === mark && !/\s/.test(before)) open.pop();
    else if (/[\s([{"'*_~]/.test(before) && !/\s/.test(after)) open.push(mark);
  }
  return /[\s*_~]$/.test(text) ? '' : open.reverse().slice(0, maxClosed).join('');
}
