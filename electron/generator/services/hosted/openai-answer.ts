// Reads answers in the form of OpenAI's Images API, which several services share.
import { z } from 'zod';
import {
  aspectRatioSchema,
  type OfferedModel,
  pictureResolutionSchema,
} from '../../../../shared/domain/models';
import { dollarsSchema } from './dollars';
import type { MadeByService } from './profile';

/** https://platform.openai.com/docs/api-reference/images/object, with the costs that OpenRouter and xAI add. */
const answerSchema = z.object({
  data: z.array(
    z.object({
      b64_json: z.string().nullish(),
      url: z.string().nullish(),
      media_type: z.string().nullish().catch(null),
    }),
  ),
  usage: z
    .object({ cost: dollarsSchema, cost_in_usd_ticks: z.number().nonnegative().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** 10^10 ticks are a dollar: https://docs.x.ai/docs/api-reference */
const ticksPerMicroUsd = 10_000;

/** @throws ZodError */
export function readOpenaiAnswer(answer: unknown): MadeByService {
  const { data, usage } = answerSchema.parse(answer);
  const ticks = usage?.cost_in_usd_ticks;
  const costMicroUsd =
    typeof ticks === 'number' ? Math.ceil(ticks / ticksPerMicroUsd) : (usage?.cost ?? null);
  return {
    pictures: data.flatMap(({ b64_json: base64, url, media_type: mimeType = null }) => {
      const picture = base64 || url;
      return picture ? [{ picture, mimeType }] : [];
    }),
    costMicroUsd,
  };
}

/** https://openrouter.ai/docs/api/api-reference/images/list-image-models: what each parameter of a request accepts. */
const capabilitySchema = z.object({
  values: z.array(z.string()).optional().catch(undefined),
  max: z.number().optional().catch(undefined),
});

const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().nullish().catch(null),
      supported_parameters: z
        .record(z.string(), capabilitySchema.nullish().catch(null))
        .nullish()
        .catch(null),
    }),
  ),
});

/** Returns the models of a list in OpenAI's form, all of which make pictures, with the limits that it states. */
export function readPictureModels(answer: unknown): OfferedModel[] {
  return listSchema.parse(answer).data.map(({ id, name, supported_parameters: takes }) => {
    const resolutions = known(pictureResolutionSchema, takes?.['resolution']?.values);
    const ratios = known(aspectRatioSchema, takes?.['aspect_ratio']?.values);
    const references = takes?.['input_references']?.max;
    return {
      ...{ id, label: (name ?? id).slice(0, 80), makes: 'pictures' },
      ...(resolutions.length > 0 && { resolutions }),
      ...(ratios.length > 0 && { aspectRatios: ratios }),
      ...(references !== undefined && references >= 0 && { references: Math.trunc(references) }),
    };
  });
}

/** Returns the values that this version can ask for. */
function known<Value>(schema: z.ZodType<Value>, values: readonly string[] = []): Value[] {
  return values.flatMap((value) => schema.safeParse(value).data ?? []);
}
