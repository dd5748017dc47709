// Reads NovelAI's metadata: text chunks of a PNG, of which `Comment` is JSON.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';
import { asList, asObject, asText, type JsonObject, linesOf, parseObject } from './safe-json';

export function readNovelAi({ named, comment }: Pick<PictureTexts, 'named' | 'comment'>): ReadRecipe | null {
  if (named.get('Software') === 'NovelAI') return parseNovelAi(named.get('Comment'), named);
  // A WebP has the same texts as one JSON object in EXIF.
  const json = parseObject(comment ?? undefined);
  return json?.['Software'] === 'NovelAI' ? parseNovelAi(asText(json['Comment']), textsIn(json)) : null;
}

/** Returns the string values of an object by their names. */
export function textsIn(json: JsonObject): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(json).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

const known = [
  'prompt',
  'uc',
  'seed',
  'steps',
  'sampler',
  'noise_schedule',
  'scale',
  'width',
  'height',
  'strength',
];

/**
 * Reads https://github.com/NovelAI/novelai-image-metadata/blob/main/nai_meta.py. Since version 4, the prompts of
 * individual characters are separate.
 *
 * @param comment JSON.
 * @param texts the other texts: `Source` names the model, `Description` is the prompt of old versions.
 */
export function parseNovelAi(
  comment: string | undefined,
  texts: ReadonlyMap<string, string>,
): ReadRecipe | null {
  const json = parseObject(comment);
  const base = captionOf(json?.['v4_prompt']);
  const prompt = asText(json?.['prompt']) ?? asText(base?.['base_caption']) ?? texts.get('Description');
  if (!json || prompt === undefined) return null;
  const isFromPicture = asText(json['request_type'])?.includes('Img2Img') === true;
  const lines = [
    ...figureLines('Character', base),
    ...figureLines('Not for character', captionOf(json['v4_negative_prompt'])),
  ];
  const others = linesOf(json, isFromPicture ? known : [...known, 'noise']);
  return recipeOf('novelai', {
    prompt,
    negativePrompt: asText(json['uc']) ?? captionOf(json['v4_negative_prompt'])?.['base_caption'],
    seed: json['seed'],
    steps: json['steps'],
    sampler: json['sampler'],
    scheduler: json['noise_schedule'],
    guidance: json['scale'],
    model: texts.get('Source') || undefined,
    ...(isFromPicture && { strength: json['strength'] }),
    width: json['width'],
    height: json['height'],
    rest: [...lines, ...(others ? [others] : [])].join('\n'),
  });
}

function captionOf(prompt: unknown): JsonObject | null {
  return asObject(asObject(prompt)?.['caption']);
}

function figureLines(label: string, caption: JsonObject | null): string[] {
  return asList(caption?.['char_captions']).flatMap((each, index) => {
    const text = asText(asObject(each)?.['char_caption']);
    return text ? [`${label} ${index + 1}: ${text}`] : [];
  });
}
