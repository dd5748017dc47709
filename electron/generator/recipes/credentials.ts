// Reads the tool and the date of a picture from its C2PA content credentials. Does not verify their signature.

import { type JumbfBox, jumbfBoxes } from '../../../shared/domain/picture-bytes/jumbf';
import type { ReadRecipe, RecipeSource } from '../../../shared/domain/read-recipe';
import { decodeCbor } from './cbor';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';
import { asList, asObject, asText, type JsonObject } from './safe-json';

export function readCredentials({ credentials }: Pick<PictureTexts, 'credentials'>): ReadRecipe | null {
  return credentials && parseCredentials(credentials);
}

/** More boxes than any manifest store that is read here. */
const maxBoxes = 1000;

/**
 * Claims and their assertions are CBOR in JUMBF boxes:
 * https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_claims and #_actions. A
 * picture may have several manifests, one for each step. The last one is active; the first one with the action
 * "created" names the maker.
 *
 * @returns a recipe without a prompt; null unless the credentials state that a model made the picture.
 */
export function parseCredentials(store: Uint8Array): ReadRecipe | null {
  let claim: JsonObject | null = null;
  let created: JsonObject | null = null;
  let signedAt: number | undefined;
  let count = 0;
  for (const { label, bytes } of jumbfBoxes(store)) {
    count += 1;
    if (count > maxBoxes) break;
    if (/^c2pa\.claim(?:\.v2)?$/.test(label)) claim ??= asObject(decodeCbor(bytes));
    if (/^c2pa\.actions(?:\.v2)?(?:__\d+)?$/.test(label)) created ??= creationIn(bytes);
    if (label === 'c2pa.signature') signedAt ??= timeStampIn(bytes);
  }
  const generators = asList(claim?.['claim_generator_info']).map(asObject);
  const generator =
    asText(generators[0]?.['name']) ??
    asText(asObject(claim?.['claim_generator_info'])?.['name']) ??
    asText(claim?.['claim_generator']);
  const agentValue = created?.['softwareAgent'];
  const agent = asText(agentValue) ?? asText(asObject(agentValue)?.['name']);
  const description = asText(created?.['description']);
  const source = toolOf([agent, generator, description].join(' '));
  if (!source && !isModelMade(created)) return null;
  const lines = [generator && `Content credentials by: ${generator}`, description].filter(Boolean);
  return recipeOf(source ?? 'c2pa', {
    prompt: '',
    model: agent,
    createdAt: timeOf(created?.['when']) ?? signedAt,
    rest: lines.join('\n'),
  });
}

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
function isModelMade(action: JsonObject | null): boolean {
  return /trainedAlgorithmicMedia|compositeWithTrained/i.test(asText(action?.['digitalSourceType']) ?? '');
}

function creationIn(bytes: JumbfBox['bytes']): JsonObject | null {
  const actions = asList(asObject(decodeCbor(bytes))?.['actions']).map(asObject);
  return actions.find((action) => action?.['action'] === 'c2pa.created') ?? null;
}

function toolOf(names: string): RecipeSource | null {
  if (/openai|chatgpt|dall|\bgpt|sora/i.test(names)) return 'openai';
  if (/google|gemini|imagen/i.test(names)) return 'google';
  if (/firefly|adobe/i.test(names)) return 'adobe';
  if (/microsoft|bing|designer/i.test(names)) return 'microsoft';
  return /midjourney/i.test(names) ? 'midjourney' : null;
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && value.length < 40 ? Date.parse(value) : Number.NaN;
  return time >= 0 ? time : undefined;
}

/** Finds the RFC 3161 time stamp in a signature: an ASN.1 GeneralizedTime of the form 20260131120000Z. */
function timeStampIn(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: 0x18 is the tag of GeneralizedTime.
  const match = /\x18[\x0f-\x13](\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,3})?Z/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
