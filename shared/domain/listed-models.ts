// The models that services have listed, in this process. They take precedence over the catalogue.
import type { OfferedModel } from './models';
import type { ServiceKind } from './service-kinds';
import type { ServiceId } from './services';

type List = { kind: ServiceKind; models: ReadonlyMap<string, OfferedModel> };

/** By the service's id. Each process has its own, like the directory of services. */
const lists = new Map<ServiceId, List>();

/**
 * Lists whose services may have more: a collection (https://replicate.com/docs/reference/http#collections.get), the models
 * behind deployments with names of their own (https://learn.microsoft.com/azure/ai-foundry/openai/latest), or mainly models
 * for text (https://deepinfra.com/docs/advanced/openai_api). Of fal's categories, those of pictures are read; Fireworks
 * lists one account of many (https://docs.fireworks.ai/api-reference/list-models); and ModelArk's list lacks models that
 * answer.
 */
const selections: readonly ServiceKind[] = [
  ...(['replicate', 'azure', 'deepinfra', 'fal', 'fireworks', 'volcengine'] as const),
];

/** Remembers what a service lists now. An empty list says nothing, and forgets what was known. */
export function rememberModels(
  service: ServiceId,
  kind: ServiceKind,
  offered: readonly OfferedModel[],
): void {
  lists.delete(service);
  if (offered.length > 0)
    lists.set(service, { kind, models: new Map(offered.map((model) => [model.id, model])) });
}

/** What a service lists, as it is sent to another process. */
export type ModelList = { service: ServiceId; kind: ServiceKind; models: readonly OfferedModel[] };

/** Returns every list that was read. */
export function allLists(): ModelList[] {
  return [...lists].map(([service, { kind, models }]) => ({ service, kind, models: [...models.values()] }));
}

/** Remembers these lists and no others. */
export function useLists(known: readonly ModelList[]): void {
  lists.clear();
  for (const { service, kind, models } of known) rememberModels(service, kind, models);
}

/** Returns a model as its service lists it; undefined if it does not, or no list was read. */
export function listedModel(service: ServiceId, modelId: string): OfferedModel | undefined {
  return lists.get(service)?.models.get(modelId);
}

/** Returns a model as the first service lists it that has it. */
export function listedAnywhere(modelId: string): OfferedModel | undefined {
  for (const { models } of lists.values()) {
    const listed = models.get(modelId);
    if (listed) return listed;
  }
  return undefined;
}

/** Returns whether a service was asked for its models and does not have this one. */
export function isUnlisted(service: ServiceId, modelId: string): boolean {
  const list = lists.get(service);
  return list !== undefined && !selections.includes(list.kind) && !list.models.has(modelId);
}

/** Returns the list that was read last, in the service's order; empty if none was. */
export function listedModels(service: ServiceId): OfferedModel[] {
  return [...(lists.get(service)?.models.values() ?? [])];
}
