// Reads answers in the form of OpenAI's Images API, which several services share.
import { z } from 'zod';
import {
  aspectRatioSchema,
  type OfferedModel,
  pictureResolutionSchema,
} from '../../../../shared/domain/models';
import { reportedCost, reportedCostSchema } from '../dollars';
import { entries, optional, optionalList, optionalText } from '../tolerant';
import type { MadeByService } from './profile';

/** https://platform.openai.com/docs/api-reference/images/object, with the costs that OpenRouter and xAI add. */
const answerSchema = z.object({
  data: entries(z.object({ b64_json: optionalText, url: optionalText, media_type: optionalText })),
  usage: optional(reportedCostSchema),
});

/** @throws ZodError */
export function readOpenaiAnswer(answer: unknown): MadeByService {
  const { data, usage } = answerSchema.parse(answer);
  return {
    pictures: data.flatMap(({ b64_json: base64, url, media_type: mimeType = null }) => {
      const picture = base64 || url;
      return picture ? [{ picture, mimeType }] : [];
    }),
    costMicroUsd: usage ? reportedCost(usage) : null,
  };
}

/**
 * https://openrouter.ai/docs/api/api-reference/images/list-image-models: the values that each parameter of a
 * request accepts.
 */
const capabilitySchema = z.object({
  values: optionalList(z.string()),
  min: optional(z.number()),
  max: optional(z.number()),
});

const listSchema = z.object({
  data: entries(
    z.object({
      id: z.string().min(1),
      name: optionalText,
      supported_parameters: optional(z.record(z.string(), optional(capabilitySchema))),
    }),
  ),
});

/** Returns the models of a list in OpenAI's form, all of which make pictures, with the limits that it states. */
export function readPictureModels(answer: unknown): OfferedModel[] {
  return listSchema.parse(answer).data.map(({ id, name, supported_parameters: takes }) => {
    const resolutions = known(pictureResolutionSchema, takes?.['resolution']?.values);
    const ratios = known(aspectRatioSchema, takes?.['aspect_ratio']?.values);
    const { min: needed, max: references } = takes?.['input_references'] ?? {};
    return {
      ...{ id, label: (name ?? id).slice(0, 80), makes: 'pictures' },
      ...(resolutions.length > 0 && { resolutions }),
      ...(ratios.length > 0 && { aspectRatios: ratios }),
      ...(typeof references === 'number' && references >= 0 && { references: Math.trunc(references) }),
      ...(typeof needed === 'number' && { needsReference: needed >= 1 }),
    };
  });
}

/** Returns the values that this version of the app supports. */
function known<Value>(schema: z.ZodType<Value>, values: readonly string[] | null = null): Value[] {
  return (values ?? []).flatMap((value) => schema.safeParse(value).data ?? []);
}
