// Reads Midjourney's metadata: the prompt with its parameters and a job id, as Description of a PNG or in XMP.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';
import { xmpText } from './xmp-text';

export function readMidjourney({
  named,
  xmp,
  exif,
}: Pick<PictureTexts, 'named' | 'xmp' | 'exif'>): ReadRecipe | null {
  const author = named.get('Author');
  const inXmp = xmp === null ? undefined : xmpText(xmp, 'dc:description');
  for (const text of [named.get('Description'), exif.description, inXmp]) {
    const recipe = parseMidjourney(text, author);
    if (recipe) return recipe;
  }
  return null;
}

/**
 * "a red fox --ar 3:2 --v 6 Job ID: <uuid>": the parameters are documented at
 * https://docs.midjourney.com/hc/en-us/articles/32859204029709. The file format is not documented; it is taken from
 * pictures of the service.
 */
export function parseMidjourney(text: string | undefined, author?: string): ReadRecipe | null {
  const marker = text?.lastIndexOf('Job ID: ') ?? -1;
  if (text === undefined || marker < 0) return null;
  const [job = ''] = /^[0-9a-f-]{8,36}/i.exec(text.slice(marker + 'Job ID: '.length)) ?? [];
  const [prompt = '', ...parameters] = text
    .slice(0, marker)
    .trim()
    .split(/\s--(?=[a-z])/);
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const space = parameter.search(/\s|$/);
    values.set(parameter.slice(0, space).toLowerCase(), parameter.slice(space).trim());
  }
  const version = values.get('v') ?? values.get('version');
  const niji = values.get('niji');
  const others = [
    parameters.length > 0 && `Parameters: --${parameters.join(' --')}`,
    author && `Author: ${author}`,
    job && `Job ID: ${job}`,
  ].filter(Boolean);
  return recipeOf('midjourney', {
    prompt: prompt.trim(),
    negativePrompt: values.get('no'),
    seed: values.get('seed'),
    model: niji !== undefined ? `Niji ${niji}`.trim() : version ? `Midjourney ${version}` : 'Midjourney',
    rest: others.join('\n'),
  });
}
