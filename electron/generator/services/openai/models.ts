// The models that an OpenAI-compatible service offers. The request is free, and shows whether the key works.

import { z } from 'zod';
import { failureLike } from '../../../../shared/domain/errors';
import { maxOfferedModels, type OfferedModel } from '../../../../shared/domain/models';
import { needsReferenceByName } from '../../../../shared/domain/reference-limits';
import type { RequestTiming } from '../http/with-retries';
import { describeCount } from '../name-offered-model';
import type { CheckResult, OfferedModels, ServiceContext } from '../service';
import { entries } from '../tolerant';
import { readEndpoint } from './endpoint';
import { sendRequest } from './request';

/** The user waits for this list in Settings. */
const maxListMs = 20_000;

/** A day, or a time that begins with one. Any other value counts as missing. */
const daySchema = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(z.iso.date())
  .nullish()
  .catch(null);

/** https://platform.openai.com/docs/api-reference/models/list; `shutdown_date` as the SDK 7 types it. */
const modelListSchema = z.object({
  data: entries(z.object({ id: z.string().min(1), shutdown_date: daySchema })),
});

/** Returns the models of a service that Afterimage can use and that have not been retired. */
export async function listOpenaiModels(
  timing: RequestTiming,
  context: ServiceContext,
): Promise<OfferedModels> {
  const found = await fetchModels(timing, context);
  if (!found.ok) return failureLike(found);
  const today = new Date().toISOString().slice(0, 10);
  const models = found.value.models.flatMap(({ id, shutdown_date: shutsDownOn }): OfferedModel[] => {
    const makes = outputOfModel(id);
    const isGone = typeof shutsDownOn === 'string' && shutsDownOn < today;
    if (makes === undefined || isGone) return [];
    // The list contains only names.
    const needsReference = needsReferenceByName(context.service.kind, id);
    return [
      {
        ...{ id, label: id.slice(0, 80), makes },
        ...(shutsDownOn && { shutsDownOn }),
        ...(needsReference && { needsReference }),
      },
    ];
  });
  return { ok: true, models };
}

/** Checks whether a service answers and accepts the key, and counts its models. */
export async function checkOpenai(timing: RequestTiming, context: ServiceContext): Promise<CheckResult> {
  const found = await fetchModels(timing, context);
  if (!found.ok) return failureLike(found);
  return { ok: true, says: describeCount(found.value.count, context.service.apiKey !== null) };
}

async function fetchModels(timing: RequestTiming, context: ServiceContext) {
  const endpoint = readEndpoint(context);
  if (!('baseUrl' in endpoint)) return endpoint;
  const subject = { model: null, makes: 'list', possibleCost: () => null } as const;
  const listTiming = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxListMs) };
  return sendRequest(listTiming, context, endpoint, subject, async (client, { signal }) => {
    const response: unknown = await client.get('/models', { signal });
    const { data } = modelListSchema.parse(response);
    return { models: data.slice(0, maxOfferedModels), count: data.length };
  });
}

const unusableModels =
  /embed|whisper|tts|audio|realtime|transcribe|moderation|rerank|sora|davinci|babbage|search|codex|computer-use/i;
const pictureModels =
  /image|dall-e|flux|stable-diffusion|sdxl|(^|[/-])sd[0-9x-]|imagen|recraft|ideogram|seedream|kolors|qwen-image/i;

/**
 * Returns what a model makes, judged by its name, because the list contains nothing else. Undefined if Afterimage
 * cannot use it, null if the name does not tell, as for most models of other services.
 */
function outputOfModel(id: string): OfferedModel['makes'] | undefined {
  if (unusableModels.test(id)) return undefined;
  if (pictureModels.test(id)) return 'pictures';
  return /^(gpt-|chatgpt-|o[1-9])/.test(id) ? 'text' : null;
}
