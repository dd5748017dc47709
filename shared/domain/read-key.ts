// Extracts an API key from pasted text, which may be quoted, an assignment, a header, an address or JSON.
import { type Sentence, say, sentence } from '../languages/sentence';
import { type Failure, failure } from './errors';

const minKeyLength = 8;
const maxKeyLength = 1000;
/** A longer text is not a key, whatever surrounds it. */
const maxPastedLength = 20_000;
/** Maximum depth of nesting, such as JSON around an assignment around a header around quotes. */
const maxWrappings = 10;

/**
 * `took` describes the part of a longer text that was used, such as "the value of OPENAI_API_KEY", in the language of the
 * interface; null if all of the text was used.
 */
export type ReadKey = { ok: true; key: string; took: string | null } | Failure;

/**
 * Returns the key in a pasted text, or why there is none. Reading a key again returns it unchanged, so that the
 * renderer and the main process can both use this function.
 *
 * @param isOfOwnServer whether the key is for the user's own server, which accepts any word as a key.
 */
export function readKey(pasted: string, isOfOwnServer = false): ReadKey {
  const found = readKeyOfAnyLength(pasted);
  if (!found.ok || isOfOwnServer || found.key.length >= minKeyLength) return found;
  return refuse(sentence('services.key_too_short', { count: minKeyLength }));
}

/** As `readKey`, for a key of any length: one for the user's own server, or one that was set up elsewhere. */
export function readKeyOfAnyLength(pasted: string): ReadKey {
  if (pasted.length > maxPastedLength) return refuse(sentence('services.key_much_too_long'));
  if (/-----BEGIN |"service_account"/.test(pasted)) {
    return refuse(sentence('services.key_is_file'));
  }
  let text = trim(pasted);
  let took: Sentence | null = null;
  let steps = 0;
  for (let next = unwrap(text); next !== null; next = unwrap(text)) {
    steps += 1;
    if (steps > maxWrappings) return refuse(sentence('services.key_wrapped'));
    if (took === null || took.id === quotesTaken.id) took = next.took ?? took;
    text = next.text;
  }
  const problem = problemOf(text);
  return problem === null ? { ok: true, key: text, took: took && say(took) } : refuse(problem);
}

/** A variable whose value was not copied. */
const nameAlone = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+=$/;

function problemOf(text: string): Sentence | null {
  if (text === '' || nameAlone.test(text.replace(prefix, ''))) return sentence('services.key_empty');
  if (/\s/.test(text)) return sentence('services.key_with_spaces');
  // Web pages show asterisks in place of a key.
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('***')) return sentence('services.key_odd_characters');
  if (/^https?:\/\//i.test(text)) return sentence('services.key_is_address');
  if (/["'`{}<>]/.test(text)) return sentence('services.key_with_quotes');
  return text.length > maxKeyLength ? sentence('services.key_too_long', { count: maxKeyLength }) : null;
}

function refuse(reason: Sentence): Failure {
  return failure('bad_key', reason);
}

/** Also removes the invisible characters that web pages and documents put around words. */
function trim(text: string): string {
  return text.replace(/^[\s\u200b-\u200f\u2060\ufeff]+/, '').replace(/[\s\u200b-\u200f\u2060\ufeff]+$/, '');
}

type Unwrapped = { text: string; took?: Sentence };

/** Returns the text without its outermost wrapping; null if it has none. */
function unwrap(text: string): Unwrapped | null {
  return (
    unwrapJson(text) ??
    unwrapLines(text) ??
    unwrapAssignment(text) ??
    unwrapScheme(text) ??
    unwrapAddress(text) ??
    unwrapQuotes(text)
  );
}

function unwrapJson(text: string): Unwrapped | null {
  if (!text.startsWith('{')) return null;
  let fields: [name: string, text: string][];
  try {
    fields = stringsOf(JSON.parse(text), '');
  } catch {
    return null;
  }
  const named = fields.filter(([name]) => keyName.test(name));
  const [only, another] = named.length > 0 ? named : fields;
  return only && !another ? { text: trim(only[1]), took: valueNamed(only[0]) } : null;
}

/** Returns the strings of a value with the names of their fields. */
function stringsOf(value: unknown, name: string): [name: string, text: string][] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, key));
}

/** Reads several lines only if exactly one of them assigns a key. Comments do not count. */
function unwrapLines(text: string): Unwrapped | null {
  const lines = text.split(/[\r\n]+/).map(trim);
  const counted = lines.filter((line) => line !== '' && !/^(#|\/\/)/.test(line));
  if (lines.length === 1) return null;
  const [only, another] = counted.filter(
    (line) => counted.length === 1 || keyName.test(readAssignment(line)?.name ?? ''),
  );
  return only !== undefined && another === undefined ? { text: only } : null;
}

/** Parts of the names of variables, fields and headers that hold a key. */
const keyName = /key|token|secret|auth/i;

/** The beginning of an assignment in shells, programs and the arguments of docker and curl. */
const prefix =
  /^(?:(?:export|set|setx|declare -x|const|let|var|-e|--env|-H|--header)\s+|\$env:|\$|--?(?=[a-z]))/i;

/** `NAME=value`, `"name": "value"`, `Name: value`, and `NAME "value"` as in setx. */
const assignment =
  /^["']?([A-Za-z_][\w.-]{0,99})["']?(\s*:?=\s*|\s*:\s+|\s*:(?=["'])|\s+(?=["']))(?=[^=\s])(.*)$/;

function readAssignment(text: string): { name: string; value: string } | null {
  const [, name, separator = '', value] =
    assignment.exec(text.replace(prefix, '').replace(/^["'](?=\S+:\s)/, '')) ?? [];
  if (name === undefined || value === undefined) return null;
  // Any other name may be the beginning of a key that contains "=".
  const isName = keyName.test(name) || (separator.includes('=') && /^[A-Z][A-Z0-9_]*$/.test(name));
  return isName ? { name, value: withoutComment(value) } : null;
}

function unwrapAssignment(text: string): Unwrapped | null {
  const read = readAssignment(text);
  return read && { text: trim(read.value), took: valueNamed(read.name) };
}

/** A comment follows a quoted value, or any value after white space. */
function withoutComment(value: string): string {
  const [quoted] = /^(["'])[^"']*\1/.exec(value) ?? [];
  return quoted !== undefined && /^[,;]?(\s+(#|\/\/).*)?$/.test(value.slice(quoted.length))
    ? quoted
    : value.replace(/\s(#|\/\/).*$/, '');
}

/** The value of an authorisation header: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function unwrapScheme(text: string): Unwrapped | null {
  const [, key] = /^["']?(?:bearer|token|key)(?:\s+|:\s*)(\S+)$/i.exec(text) ?? [];
  return key === undefined ? null : { text: key, took: sentence('services.key_after_bearer') };
}

function unwrapAddress(text: string): Unwrapped | null {
  const [, key] =
    /^https?:\/\/[^\s?]*\?(?:[^\s#]*&)?(?:key|api_?key|access_token)=([^&#\s]+)/i.exec(text) ?? [];
  return key === undefined ? null : { text: key, took: sentence('services.key_in_address') };
}

const quotesTaken = sentence('services.key_without_quotes');
/** Each opening quote or bracket, and its closing counterpart. */
const closing: Readonly<Record<string, string>> = {
  ...{ '“': '”', '„': '“', '‘': '’', '«': '»', '「': '」', '『': '』' },
  ...{ '<': '>', '(': ')', '[': ']' },
};

function unwrapQuotes(text: string): Unwrapped | null {
  const bare = text.replace(/[,;]$/, '');
  const close = closing[bare[0] ?? ''];
  // A straight quote on one side only comes from an imprecise selection.
  const inner =
    close !== undefined && bare.endsWith(close) && bare.length > 1
      ? bare.slice(1, -1)
      : bare.replace(/^["'`]+/, '').replace(/["'`]+$/, '');
  if (inner !== bare) return { text: trim(inner), took: quotesTaken };
  return bare === text ? null : { text: trim(bare) };
}

/** @param name from the user's text, and shown. */
function valueNamed(name: string): Sentence {
  if (name === '') return sentence('services.key_of_only_field');
  return sentence('services.key_of_field', { name: name.length > 40 ? `${name.slice(0, 40)}…` : name });
}
