// Reads the metadata of Draw Things: JSON in the UserComment of XMP and EXIF.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { loraOf, recipeOf, sizeIn } from './recipe-of';
import { asList, asObject, asText, linesOf, parseObject } from './safe-json';
import { xmpText } from './xmp-text';

export function readDrawThings({ xmp, comment }: Pick<PictureTexts, 'xmp' | 'comment'>): ReadRecipe | null {
  const inXmp = xmp === null ? null : parseDrawThings(xmpText(xmp, 'exif:UserComment'));
  return inXmp ?? parseDrawThings(comment ?? undefined);
}

const known = ['c', 'uc', 'seed', 'steps', 'sampler', 'scale', 'model', 'strength', 'size', 'v2', 'lora'];

/**
 * "c" is the prompt and "uc" the negative prompt; "v2" repeats the settings with longer names, as in
 * https://github.com/drawthingsai/draw-things-community/blob/main/Libraries/Scripting/Sources/ScriptModels.swift
 */
export function parseDrawThings(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const prompt = asText(json?.['c']);
  if (!json || prompt === undefined || !('sampler' in json || 'model' in json)) return null;
  const more = asObject(json['v2']) ?? {};
  const strength = json['strength'] ?? more['strength'];
  const loras = asList(json['lora']).length > 0 ? json['lora'] : more['loras'];
  return recipeOf('drawthings', {
    prompt,
    negativePrompt: json['uc'],
    seed: json['seed'] ?? more['seed'],
    steps: json['steps'] ?? more['steps'],
    sampler: asText(json['sampler']),
    guidance: json['scale'] ?? more['guidanceScale'],
    model: json['model'] ?? more['model'],
    // 1 means that the picture was made from noise alone.
    strength: strength === 1 ? undefined : strength,
    ...('width' in more ? { width: more['width'], height: more['height'] } : sizeIn(json['size'])),
    loras: asList(loras).flatMap((entry) => {
      const lora = asObject(entry);
      const name = asText(lora?.['model']) ?? asText(lora?.['file']);
      return name === undefined ? [] : [loraOf(name, lora?.['weight'])];
    }),
    rest: linesOf(json, known),
  });
}
