// Extracts the prompt from a model's answer: models add quotes, code fences and introductions despite their instructions.
import { splitThought } from './thoughts';

/** A code fence around the whole answer: https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const fenced = /^(```+|~~~+)[^\n`]*\n([\s\S]*?)\n?\1\s*$/;

/** The tags in which the draft is sent. */
const framed = /^<draft>\s*([\s\S]*?)\s*<\/draft>$/;

/** Pairs of quotation marks around the whole answer. */
const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['„', '”'],
  ['«', '»'],
  ['»', '«'],
  ['「', '」'],
  ['『', '』'],
];

/**
 * A line that announces a prompt and ends with a colon, before an empty line, a quotation mark or a fence. Nothing within
 * a prompt looks like this.
 */
const introduction =
  /^(?:(?:sure|certainly|of course|okay|ok|absolutely)\b[^\n:]{0,40}[,.!:]\s*)?(?:here(?:'|’)?s|here is|here are|this is|below is)\b[^\n:]{0,120}\b(?:prompt|rewrite|version|description)\b[^\n:]{0,60}:\s*(?=\n|["“„«「『`~])/i;

/** A label in front of the prompt, alone on its line. */
const label =
  /^(?:\*\*)?(?:improved |rewritten |revised |final )?(?:prompt|description)(?:\*\*)?:(?:\*\*)?[ \t]*\n+/i;

/**
 * Returns the prompt of an answer. Removes only text that is certainly not part of the prompt: quotes that the user wrote
 * stay.
 *
 * @param original the draft that was rewritten. Quotes around it belong to the prompt.
 */
export function cleanSuggestion(answer: string, original = ''): string {
  let text = splitThought(answer).text.trim();
  for (;;) {
    const before = text;
    text = withoutQuotes(
      text
        .replace(introduction, '')
        .replace(label, '')
        .trim()
        .replace(fenced, '$2')
        .trim()
        .replace(framed, '$1'),
      original,
    );
    if (text === before) return text;
  }
}

function withoutQuotes(text: string, original: string): string {
  const pair = quotes.find(
    ([open, close]) => text.length > 2 && text.startsWith(open) && text.endsWith(close),
  );
  if (!pair) return text;
  const [open, close] = pair;
  const inner = text.slice(1, -1);
  // If there are more inside, those at the ends may belong to two quotations.
  if (inner.includes(open) || inner.includes(close) || original.trim().startsWith(open)) return text;
  return inner.trim();
}
