// Reads the messages in services' error bodies, in any of the known forms.

import { z } from 'zod';
import { parseJson } from '../../../shared/domain/parse-json';

/** Deeper values are not meant for the user. */
const maxDepth = 6;

/** Fields with a message, the most specific first: `error` is often only the name of the status. */
const wordFields = [
  'message',
  'msg',
  'detail',
  'errors',
  'error_description',
  'error',
  'description',
  'title',
] as const;

/**
 * Returns the message of an error body; null for a web page or another body without one. Truncated JSON is read as
 * far as it goes.
 */
export function messageIn(body: string): string | null {
  const json = parseStart(body);
  if (json !== undefined) return wordsIn(json, 0);
  const isText = body.trim() !== '' && !/^\s*[<{[]/.test(body);
  return isText ? body : null;
}

function wordsIn(value: unknown, depth: number): string | null {
  if (depth > maxDepth) return null;
  if (typeof value === 'string') return wordsOfText(value, depth);
  if (Array.isArray(value)) return joined(value.map((each) => wordsIn(each, depth + 1)));
  if (!isRecord(value)) return null;
  const node = nodeProblem(value['node_errors']);
  if (node !== null) return node;
  for (const field of wordFields) {
    const words = wordsIn(value[field], depth + 1);
    if (words !== null) return `${placeOf(value['loc'])}${withDetails(words, value['details'])}`;
  }
  if ('loc' in value) return null;
  return joined(Object.entries(value).map(([field, said]) => wordsOfField(field, said, depth)));
}

/** Returns the message of a text, which may itself be another service's body or web page. */
function wordsOfText(text: string, depth: number): string | null {
  const json = /^\s*[{[]/.test(text) ? parseStart(text) : undefined;
  const words = json === undefined ? text : (wordsIn(json, depth + 1) ?? text);
  return words.trim() === '' || /^\s*<(!doctype|html)/i.test(words) ? null : words;
}

/** Lists the problems of each field, as Django, Laravel and ASP.NET report them. */
function wordsOfField(field: string, said: unknown, depth: number): string | null {
  const words = Array.isArray(said) ? wordsIn(said, depth + 1) : null;
  return words === null ? null : `${field}: ${words}`;
}

function joined(all: readonly (string | null)[]): string | null {
  const said = all.filter((words) => words !== null);
  return said.length > 0 ? said.join(' ') : null;
}

function withDetails(words: string, details: unknown): string {
  if (typeof details !== 'string' || details.trim() === '') return words;
  return `${words}${/[.!?:]\s*$/.test(words) ? ' ' : ': '}${details}`;
}

/**
 * Returns the name of a field from FastAPI's path, such as `["body", "image_size"]`:
 * https://fastapi.tiangolo.com/tutorial/handling-errors
 */
function placeOf(loc: unknown): string {
  const field = Array.isArray(loc) ? loc.at(-1) : undefined;
  return typeof field === 'string' || typeof field === 'number' ? `${field}: ` : '';
}

const nodeErrorsSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string(),
    errors: z.array(z.object({ message: z.string(), details: z.string() })),
  }),
);

/** Returns a problem of a node: ComfyUI lists them by node, for example a missing file. */
function nodeProblem(nodeErrors: unknown): string | null {
  const [node] = Object.values(nodeErrorsSchema.safeParse(nodeErrors).data ?? {});
  const [error] = node?.errors ?? [];
  return node && error ? `${node.class_type}: ${error.message}: ${error.details}` : null;
}

/**
 * Parses JSON that may be truncated, without the last value, which may be incomplete. Returns undefined if the text
 * is not JSON.
 */
function parseStart(text: string): unknown {
  const whole = parseJson(text);
  if (whole !== undefined || !/^\s*[{[]/.test(text)) return whole;
  const end = scan(text).lastEnd;
  const start = text.slice(0, end);
  return parseJson(`${start}${scan(start).open.reverse().join('')}`);
}

/**
 * `lastEnd`: offset after the last complete value or bracket, where the text can be cut. `open`: the brackets that
 * close the open ones.
 */
function scan(text: string): { lastEnd: number; open: string[] } {
  const open: string[] = [];
  let lastEnd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    if (sign === '{') open.push('}');
    if (sign === '[') open.push(']');
    if (sign === '}' || sign === ']') open.pop();
    if (sign === ',') lastEnd = at;
    else if (sign === '{' || sign === '[' || sign === '}' || sign === ']') lastEnd = at + 1;
  }
  return { lastEnd, open };
}

/**
 * @param start offset of the string's opening quotation mark.
 * @returns the offset of its closing one, or the end of the text.
 */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
