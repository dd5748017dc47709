// Reads comma-separated values (https://www.rfc-editor.org/rfc/rfc4180) and the variants that spreadsheets write.

/** A quotation has no end. `row`, counted from 1, is the row in which it begins. */
export class UnclosedQuote extends Error {
  override readonly name = 'UnclosedQuote';
  readonly row: number;
  constructor(row: number) {
    super();
    this.row = row;
  }
}

const byteOrderMark = '\uFEFF';
/** The first line of a file in which a spreadsheet names its separator. */
const separatorLine = /^sep=(.)(?:\r\n|\r|\n|$)/;

/**
 * Reads all rows in linear time. A quoted field may contain separators, line breaks of every kind and doubled quotes. Lines
 * without any character are left out.
 *
 * @throws UnclosedQuote
 */
export function readCsv(file: string): string[][] {
  const marked = file.startsWith(byteOrderMark) ? file.slice(1) : file;
  const named = separatorLine.exec(marked);
  const text = named ? marked.slice(named[0].length) : marked;
  const separator = named?.[1] ?? separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = readField(text, at, separator, rows.length + 1);
    row.push(field.value);
    at = field.end;
    const isEnd = text[at] !== separator;
    if (isEnd) {
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
      // CRLF is one line break.
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    } else {
      at += 1;
      // The separator was the last character: an empty field follows it.
      if (at === text.length) rows.push([...row, '']);
    }
  }
  return rows;
}

/** In locales with a decimal comma, spreadsheets write semicolons. The first line decides. */
function separatorOf(text: string): string {
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === ',' || character === ';' || character === '\t') return character;
    if (character === '\n' || character === '\r') return ',';
  }
  return ',';
}

/** @returns the field that begins at the offset, and the offset of its separator or line break. */
function readField(
  text: string,
  start: number,
  separator: string,
  row: number,
): { value: string; end: number } {
  if (text[start] !== '"') {
    const end = endOf(text, start, separator);
    return { value: text.slice(start, end), end };
  }
  const pieces: string[] = [];
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new UnclosedQuote(row);
    pieces.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      // Text after a closed quotation belongs to the field, as in other programs.
      const end = endOf(text, quote + 1, separator);
      return { value: pieces.join('') + text.slice(quote + 1, end), end };
    }
    pieces.push('"');
    from = quote + 2;
  }
}

function endOf(text: string, start: number, separator: string): number {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}
