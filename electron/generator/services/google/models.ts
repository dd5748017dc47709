// Which models Google offers now, and whether a key works: one free request answers both.
import type { GoogleGenAI } from '@google/genai';
import { z } from 'zod';
import { type Failure, failure } from '../../../../shared/domain/errors';
import type { OfferedModel } from '../../../../shared/domain/models';
import { failed } from '../failures';
import type { OfferedModels, ProviderContext, ProviderFailure } from '../service';
import { type ExchangeOptions, exchangeWith, type Hands, isModelId } from './exchange';

/** https://ai.google.dev/api/models#Model, as the SDK passes it on. */
const modelSchema = z.object({
  name: z.string(),
  displayName: z.string().nullish(),
  supportedActions: z.array(z.string()).nullish(),
});
type ListedModel = z.infer<typeof modelSchema>;

/** A list that does not end is not read to its end. */
const maxModels = 1000;

export type ListAsk = {
  context: ProviderContext;
  connect: (hands: Hands) => GoogleGenAI;
  /** @returns what a model makes; undefined where it is of no use here. */
  makes: (id: string, actions: readonly string[] | null) => OfferedModel['makes'] | undefined;
  unsent?: ProviderFailure;
};

export async function listModelsWith(options: ExchangeOptions, ask: ListAsk): Promise<OfferedModels> {
  const found = await ofGoogle(options, ask, 200, maxModels);
  if (!found.ok) return withoutCost(found);
  const models: OfferedModel[] = [];
  for (const { name, displayName, supportedActions } of found.value) {
    const id = name.slice(name.lastIndexOf('/') + 1);
    const makes = ask.makes(id, supportedActions ?? null);
    if (makes === undefined || !isModelId(id)) continue;
    models.push({ id, label: displayName?.slice(0, 80) || id, makes });
  }
  return { ok: true, models };
}

/** @returns null where the key works, else why not. */
export async function tryKey(options: ExchangeOptions, ask: ListAsk): Promise<ProviderFailure | null> {
  const found = await ofGoogle(options, ask, 1, 1);
  if (!found.ok) return found;
  // Google always has a model to name: an answer without one is another service's.
  return found.value.length > 0 ? null : failed('bad_answer', null);
}

/** What is asked here costs nothing, whatever comes of it. */
export function withoutCost({ code, message }: ProviderFailure): Failure {
  return failure(code, message);
}

function ofGoogle(options: ExchangeOptions, ask: ListAsk, pageSize: number, most: number) {
  const { context, connect, unsent } = ask;
  const question = { signal: context.signal, makes: 'answer', model: null, mayCost: () => null } as const;
  return exchangeWith(options, { ...question, ...(unsent && { unsent }) }, async (hands) => {
    const found: ListedModel[] = [];
    const pager = await connect(hands).models.list({ config: { pageSize, abortSignal: hands.signal } });
    for await (const foreign of pager) {
      const model = modelSchema.safeParse(foreign);
      if (model.success) found.push(model.data);
      if (found.length >= most) break;
    }
    return found;
  });
}

const picturesByName = /nano-banana|-image(-|$)/;
const otherTrades =
  /tts|live|audio|embedding|aqa|veo|lyria|robotics|computer-use|transcribe|translate|omni|research/;

/** Google's list says which calls a model takes, but not what comes out of it: its name does. */
export function madeByGoogle(
  id: string,
  actions: readonly string[] | null,
): OfferedModel['makes'] | undefined {
  if (actions !== null && !actions.includes('generateContent')) return undefined;
  if (otherTrades.test(id)) return undefined;
  if (picturesByName.test(id)) return 'pictures';
  return /^(gemini|gemma)-/.test(id) ? 'text' : null;
}
