// Reads answers in the form of OpenAI's Images API, which several services share.
import { z } from 'zod';
import type { OfferedModel } from '../../../../shared/domain/models';
import { dollarsSchema } from './hosted-service';
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

const listSchema = z.object({
  data: z.array(z.object({ id: z.string().min(1), name: z.string().nullish().catch(null) })),
});

/** Returns the models of a list in OpenAI's form, all of which make pictures. */
export function readPictureModels(answer: unknown): OfferedModel[] {
  return listSchema
    .parse(answer)
    .data.map(({ id, name }) => ({ id, label: (name ?? id).slice(0, 80), makes: 'pictures' }));
}
