// Finds Markdown that would take the parser seconds or exhaust the stack. Such text is shown as plain text.

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The parser's work on emphasis and links grows with the square of a paragraph's length. Code is not parsed. */
const maxParagraphLength = 12_000;
/** Maximum length of several paragraphs, because not every line that looks like a list item begins a new paragraph. */
const maxRunLength = 40_000;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
/** Markers and indentation of nested quotes and lists at the start of a line. A thousand levels overflow the stack. */
const maxLineLead = 100;

export type Stretch = { start: number; end: number; isOverlong: boolean };

/**
 * Returns `source` in stretches, in order and without gaps. An overlong one reaches from an empty line to the next,
 * because a paragraph never crosses one.
 */
export function splitOverlong(source: string): Stretch[] {
  const stretches: Stretch[] = [];
  let stretchStart = 0;
  let runStart = 0;
  let runLength = 0;
  let paragraphLength = 0;
  let isOverlong = false;
  let openFence: string | null = null;

  function endRun(end: number): void {
    if (isOverlong) {
      if (runStart > stretchStart) stretches.push({ start: stretchStart, end: runStart, isOverlong: false });
      stretches.push({ start: runStart, end, isOverlong: true });
      stretchStart = end;
    }
    runStart = end;
    runLength = 0;
    paragraphLength = 0;
    isOverlong = false;
  }

  for (const { 0: line, index } of source.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    const mark = fence.exec(line)?.[1];
    if (openFence !== null) {
      if (mark?.startsWith(openFence) && line.trim() === mark) openFence = null;
      continue;
    }
    if (line.trim() === '') {
      endRun(index + line.length);
      continue;
    }
    const [lead = ''] = /^[\s>*+\-\d.)]*/.exec(line) ?? [];
    runLength += line.length;
    paragraphLength = item.test(line) ? line.length : paragraphLength + line.length;
    isOverlong ||=
      runLength > maxRunLength || paragraphLength > maxParagraphLength || lead.length > maxLineLead;
    openFence = mark ?? null;
  }
  endRun(source.length);
  if (stretchStart < source.length)
    stretches.push({ start: stretchStart, end: source.length, isOverlong: false });
  return stretches;
}
