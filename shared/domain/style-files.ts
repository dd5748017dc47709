// Files with styles: our own JSON, and the styles.csv of the Stable Diffusion web UI.
import { z } from 'zod';
import type { MessageId } from '../languages/en';
import { type Sentence, sentence } from '../languages/sentence';
import { escapeVariables } from './apply-styles';
import { readCsv, UnclosedQuote } from './csv';
import { maxStyles, type StyleTexts, styleTextsSchema } from './styles';

/** Larger files (bytes) are not read. */
export const maxStyleFileBytes = 5_000_000;
const styleFileVersion = 1;

/** `leftOut`: entries without a text, such as headings, and entries that are too long. */
export type FoundStyles = { styles: StyleTexts[]; leftOut: { empty: number; tooLong: number } };

type Read = ({ ok: true } & FoundStyles) | { ok: false; problem: Sentence };

const fileSchema = z.object({
  application: z.literal('Afterimage'),
  styles: z.int().min(1),
  items: z.array(z.unknown()),
});
const itemSchema = z.object({
  name: z.string(),
  prompt: z.string().default(''),
  negativePrompt: z.string().default(''),
});

/** Returns the file that `readStyleFile` reads: JSON, with a line for each text. */
export function writeStyleFile(styles: readonly StyleTexts[]): string {
  const items = styles.map(({ name, prompt, negativePrompt }) => ({ name, prompt, negativePrompt }));
  return `${JSON.stringify({ application: 'Afterimage', styles: styleFileVersion, items }, null, 2)}\n`;
}

/** Decodes a file in UTF-8, or in UTF-16 with a byte order mark; null if it is neither. */
export function decodeStyleFile(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !isUtf16 ? 'utf-8' : first === 0xff ? 'utf-16le' : 'utf-16be';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Reads a file of styles. Its content decides its format, not its name. */
export function readStyleFile(text: string): Read {
  const json = /^\uFEFF?\s*[[{]/.test(text.slice(0, 1000)) ? parse(text) : undefined;
  if (json === invalid) return problem('styles.file_no_json');
  return json === undefined ? readStylesCsv(text) : readJson(json);
}

const invalid = Symbol('no JSON');

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return invalid;
  }
}

function readJson(json: unknown): Read {
  const { data } = fileSchema.safeParse(json);
  if (!data) return problem('styles.file_unknown');
  if (data.styles > styleFileVersion) return problem('styles.file_newer');
  const items: z.infer<typeof itemSchema>[] = [];
  for (const [at, each] of data.items.entries()) {
    const item = itemSchema.safeParse(each).data;
    if (!item) return problem('styles.file_bad_entry', at + 1);
    items.push(item);
  }
  return found(items);
}

/** https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/styles.py */
function readStylesCsv(text: string): Read {
  try {
    const [head = [], ...rows] = readCsv(text);
    const names = head.map((name) => name.trim().toLowerCase());
    const [name, negative] = [names.indexOf('name'), names.indexOf('negative_prompt')];
    // Older versions called it "text".
    const prompt = names.includes('prompt') ? names.indexOf('prompt') : names.indexOf('text');
    if (name < 0 || prompt < 0) return problem('styles.file_unknown');
    return found(
      rows.map((row) => ({
        name: row[name] ?? '',
        prompt: escapeVariables(row[prompt] ?? ''),
        negativePrompt: escapeVariables(negative < 0 ? '' : (row[negative] ?? '')),
      })),
    );
  } catch (error) {
    if (error instanceof UnclosedQuote) return problem('styles.file_open_quote', error.row);
    throw error;
  }
}

function found(items: readonly StyleTexts[]): Read {
  const leftOut = { empty: 0, tooLong: 0 };
  const styles: StyleTexts[] = [];
  for (const { name, prompt, negativePrompt } of items) {
    const trimmed = { name: name.trim(), prompt: prompt.trim(), negativePrompt: negativePrompt.trim() };
    const { data } = styleTextsSchema.safeParse(trimmed);
    const isEmpty = trimmed.name === '' || (trimmed.prompt === '' && trimmed.negativePrompt === '');
    if (isEmpty) leftOut.empty += 1;
    else if (data) styles.push(data);
    else leftOut.tooLong += 1;
  }
  if (styles.length > maxStyles) return problem('styles.file_too_many', styles.length);
  if (styles.length === 0) return problem('styles.file_without_styles');
  return { ok: true, styles, leftOut };
}

function problem(id: MessageId, number = 0): Read {
  return { ok: false, problem: sentence(id, { number, max: maxStyles }) };
}
