// Reads SwarmUI's metadata: JSON as `parameters` in a PNG, as UserComment in a JPEG or WebP.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { loraOf, recipeOf } from './recipe-of';
import { asList, asObject, asText, linesOf, parseObject, separated } from './safe-json';

export function readSwarmUi({ named, comment }: Pick<PictureTexts, 'named' | 'comment'>): ReadRecipe | null {
  return parseSwarmUi(named.get('parameters') ?? comment ?? undefined);
}

/** Some lists are arrays, others comma-separated texts. */
const listOf = (value: unknown) => (typeof value === 'string' ? separated(value) : asList(value));

const known = [
  ...['prompt', 'negativeprompt', 'model', 'seed', 'steps', 'cfgscale', 'fluxguidancescale'],
  ...['sampler', 'scheduler', 'width', 'height', 'initimagecreativity', 'loras', 'loraweights'],
];

/**
 * `sui_image_params`, written by `T2IParamInput.GenMetadataObject` in
 * https://github.com/mcmonkeyprojects/SwarmUI/blob/master/src/Text2Image/T2IParamInput.cs, and the format at
 * https://github.com/mcmonkeyprojects/SwarmUI/blob/master/docs/Image%20Metadata%20Format.md
 */
export function parseSwarmUi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const image = asObject(json?.['sui_image_params']);
  const prompt = asText(image?.['prompt']);
  if (!json || !image || prompt === undefined) return null;
  const extra = asObject(json['sui_extra_data']) ?? {};
  const weights = listOf(image['loraweights']);
  const model = asList(json['sui_models'])
    .map(asObject)
    .find((each) => each?.['param'] === 'model');
  const lines = [linesOf(image, known), linesOf(extra, ['original_prompt'])].filter(Boolean);
  return recipeOf('swarmui', {
    prompt,
    negativePrompt: image['negativeprompt'],
    seed: image['seed'],
    steps: image['steps'],
    sampler: image['sampler'] ?? image['comfyuisampler'],
    scheduler: image['scheduler'] ?? image['comfyuischeduler'],
    guidance: image['fluxguidancescale'] ?? image['cfgscale'],
    model: image['model'],
    modelHash: model?.['hash'],
    strength: image['initimagecreativity'],
    width: image['width'],
    height: image['height'],
    loras: listOf(image['loras']).flatMap((name, index) => {
      const lora = asText(name);
      return lora === undefined ? [] : [loraOf(lora, weights[index])];
    }),
    ...(lines.length > 0 && { rest: lines.join('\n') }),
  });
}
