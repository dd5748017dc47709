// The models that Google offers, and the check of a key. The same free request serves both.
import type { GoogleGenAI } from '@google/genai';
import { z } from 'zod';
import { type Failure, failureLike } from '../../../../shared/domain/errors';
import type { OfferedModel } from '../../../../shared/domain/models';
import { failed } from '../failures';
import type { OfferedModels, ServiceContext, ServiceFailure } from '../service';
import { optionalList, optionalText } from '../tolerant';
import { type GoogleOptions, type GoogleRequestTools, isModelId, requestGoogle } from './request';

/** https://ai.google.dev/api/models#Model, as the SDK returns it. */
const modelSchema = z.object({
  name: z.string(),
  displayName: optionalText,
  supportedActions: optionalList(z.string()),
});
type ListedModel = z.infer<typeof modelSchema>;

/** Guards against an endless list. Google lists about a hundred models. */
const maxModels = 1000;

export type ModelListRequest = {
  context: ServiceContext;
  connect: (tools: GoogleRequestTools) => GoogleGenAI;
  /** Returns what a model makes; undefined if Afterimage cannot use it. */
  makes: (id: string, actions: readonly string[] | null) => OfferedModel['makes'] | undefined;
  unsent?: ServiceFailure;
};

/** Lists the models that Afterimage can use, in Google's order. */
export async function listGoogleModels(
  options: GoogleOptions,
  request: ModelListRequest,
): Promise<OfferedModels> {
  const found = await fetchModels(options, request, 200, maxModels);
  if (!found.ok) return toFailure(found);
  const models: OfferedModel[] = [];
  for (const { name, displayName, supportedActions } of found.value) {
    const id = name.slice(name.lastIndexOf('/') + 1);
    const makes = request.makes(id, supportedActions ?? null);
    if (makes === undefined || !isModelId(id)) continue;
    models.push({ id, label: displayName?.slice(0, 80) || id, makes });
  }
  return { ok: true, models };
}

/** Returns why the key does not work; null if it does. */
export async function checkKey(
  options: GoogleOptions,
  request: ModelListRequest,
): Promise<ServiceFailure | null> {
  const found = await fetchModels(options, request, 1, 1);
  if (!found.ok) return found;
  // Google always lists a model, so an empty list comes from another service.
  return found.value.length > 0 ? null : failed('bad_answer', null);
}

/** Drops the cost: listing models is free, even if it fails. */
export function toFailure(failed: ServiceFailure): Failure {
  return failureLike(failed);
}

function fetchModels(options: GoogleOptions, request: ModelListRequest, pageSize: number, maxCount: number) {
  const { context, connect, unsent } = request;
  const base = {
    ...({ signal: context.signal, makes: 'list', model: null, possibleCost: () => null } as const),
    destination: context.service,
  };
  return requestGoogle(options, { ...base, ...(unsent && { unsent }) }, async (tools) => {
    const found: ListedModel[] = [];
    const pager = await connect(tools).models.list({ config: { pageSize, abortSignal: tools.signal } });
    for await (const foreign of pager) {
      const model = modelSchema.safeParse(foreign);
      if (model.success) found.push(model.data);
      if (found.length >= maxCount) break;
    }
    return found;
  });
}

const pictureModels = /nano-banana|-image(-|$)/;
const unusableModels =
  /tts|live|audio|embedding|aqa|veo|lyria|robotics|computer-use|transcribe|translate|omni|research/;

/**
 * Returns what a model makes, judged by its name, because Google's list names a model's methods but not its output.
 * Undefined if Afterimage cannot use it, null if the name does not tell.
 */
export function outputOfModel(
  id: string,
  actions: readonly string[] | null,
): OfferedModel['makes'] | undefined {
  if (actions !== null && !actions.includes('generateContent')) return undefined;
  if (unusableModels.test(id)) return undefined;
  if (pictureModels.test(id)) return 'pictures';
  return /^(gemini|gemma)-/.test(id) ? 'text' : null;
}
