// Cuts Markdown into blocks, so that while a reply grows only its last block is parsed again; and calms that block.

const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** All of a line that may yet become an item. */
const startOfItem = /^ {0,3}\d{1,9}$/;

/**
 * @returns the text in parts that can be shown one by one. What has an empty line in it and yet belongs together
 *   stays whole: fenced code, and lists with what is indented under them. Text that grows only changes the last part.
 */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let openFence: string | null = null;
  let afterGap = false;
  for (const line of text.split('\n')) {
    const isGap = openFence === null && line.trim() === '';
    if (isGap) {
      afterGap = block.length > 0;
      if (afterGap) block.push(line);
      continue;
    }
    if (afterGap && !continues(block[0] ?? '', line)) {
      blocks.push(block.join('\n').trimEnd());
      block = [];
    }
    afterGap = false;
    block.push(line);
    const mark = fence.exec(line)?.[1];
    if (openFence === null) openFence = mark ?? null;
    else if (mark?.startsWith(openFence) && line.trim() === mark) openFence = null;
  }
  const last = block.join('\n').trimEnd();
  return last === '' ? blocks : [...blocks, last];
}

/** A list goes on behind an empty line with its next item, or with what is indented. */
function continues(first: string, line: string): boolean {
  return (
    listItem.test(first) && (listItem.test(line) || startOfItem.test(line) || /^(?: {2,}|\t)/.test(line))
  );
}

/** More in one block takes the parser seconds: emphasis and links are quadratic. Code is not parsed. */
const maxParsed = 12_000;
/** Marks of quotes and lists, and their indentation. Deeper ones fill the stack; a thousand throw. */
const deepestLead = 100;

/** @returns whether a block is to be shown as it is written, since parsing it would hold up the window or end it. */
export function isTooMuch(block: string): boolean {
  let parsed = 0;
  let open: string | null = null;
  for (const line of block.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open === null) {
      const [lead = ''] = /^[\s>*+\-\d.)]*/.exec(line) ?? [];
      parsed += line.length;
      if (lead.length > deepestLead || parsed > maxParsed) return true;
      open = mark ?? null;
    } else if (mark?.startsWith(open) && line.trim() === mark) open = null;
  }
  return false;
}

/**
 * Makes the last block of a reply that is still coming look as it will: marks that have no partner yet are closed,
 * and what may turn into something else with the next character is held back.
 */
export function calm(block: string): string {
  const lines = block.split('\n');
  if (isInFence(lines)) return block.replace(/\n[`~]{1,2}$/, '');
  if (fence.test(lines.at(-1) ?? '')) return block;
  // A table is one from its second line on.
  if (lines.every((line) => line.trimStart().startsWith('|')) && lines.length < 3) return '';
  const last = lines.at(-1) ?? '';
  // "-" may become a list, a rule, or a heading of the line above.
  if (/^\s*(?:[-*+=_#>|~`]+|\d+[.)]?)\s*$/.test(last)) return calmMarks(lines.slice(0, -1).join('\n'));
  return calmMarks(block);
}

function isInFence(lines: readonly string[]): boolean {
  let open: string | null = null;
  for (const line of lines) {
    const mark = fence.exec(line)?.[1];
    if (open === null) open = mark ?? null;
    else if (mark?.startsWith(open) && line.trim() === mark) open = null;
  }
  return open !== null;
}

function calmMarks(block: string): string {
  // "[the words](https://exa": the words alone, until the address is whole.
  const text = block.replace(/!?\[([^\][\n]*)(?:\](?:\([^()\s]*)?)?$/, '$1');
  if ((text.match(/`/g) ?? []).length % 2 === 1) return text.endsWith('`') ? text.slice(0, -1) : `${text}\``;
  const words = text.replace(/`[^`]*`/g, '');
  return text.replace(/[*_~]+$/, (marks) => (isOpener(words, marks) ? '' : marks)) + closers(words);
}

/** Marks at the very end, behind a space, have nothing to mark yet. */
function isOpener(words: string, marks: string): boolean {
  return /(?:^|\s)$/.test(words.slice(0, words.length - marks.length));
}

/** @returns the marks that close what is open, innermost first. */
function closers(words: string): string {
  const open: string[] = [];
  for (const { 0: mark, index } of words.matchAll(/\*\*|__|~~|\*|_/g)) {
    const before = words[index - 1] ?? ' ';
    const after = words[index + mark.length] ?? ' ';
    if (open.at(-1) === mark && !/\s/.test(before)) open.pop();
    else if (/[\s([{"'*_~]/.test(before) && !/\s/.test(after)) open.push(mark);
  }
  return /[\s*_~]$/.test(words) ? '' : open.reverse().join('');
}
