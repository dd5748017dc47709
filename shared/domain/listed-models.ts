// The models that services have listed, in this process. They take precedence over the catalogue.
import type { OfferedModel } from './models';
import type { ServiceKind } from './service-kinds';
import type { ServiceId } from './services';

type List = { kind: ServiceKind; models: ReadonlyMap<string, OfferedModel> };

/** By the service's id. Each process has its own, like the directory of services. */
const lists = new Map<ServiceId, List>();

/**
 * Kinds whose services may have more models than they list. Replicate lists a collection
 * (https://replicate.com/docs/reference/http#collections.get), Azure the models behind deployments with names of their own
 * (https://learn.microsoft.com/azure/ai-foundry/openai/latest), and DeepInfra mainly text models
 * (https://deepinfra.com/docs/advanced/openai_api). Only the picture categories of fal are read. Fireworks lists one account
 * of many (https://docs.fireworks.ai/api-reference/list-models). ModelArk's list lacks models that work.
 */
const selections: readonly ServiceKind[] = [
  ...(['replicate', 'azure', 'deepinfra', 'fal', 'fireworks', 'volcengine'] as const),
];

/** Remembers the current list of a service. An empty list counts as unknown, and removes the previous one. */
export function rememberModels(
  service: ServiceId,
  kind: ServiceKind,
  offered: readonly OfferedModel[],
): void {
  lists.delete(service);
  if (offered.length > 0)
    lists.set(service, { kind, models: new Map(offered.map((model) => [model.id, model])) });
}

/** The list of a service, as sent to another process. */
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

/** Returns a model from its service's list; undefined if it is not listed, or if no list was read. */
export function listedModel(service: ServiceId, modelId: string): OfferedModel | undefined {
  return lists.get(service)?.models.get(modelId);
}

/** Returns a model from the list of the first service that has it. */
export function listedAnywhere(modelId: string): OfferedModel | undefined {
  for (const { models } of lists.values()) {
    const listed = models.get(modelId);
    if (listed) return listed;
  }
  return undefined;
}

/** Returns whether the list of a service is known and complete and does not have this model. */
export function isUnlisted(service: ServiceId, modelId: string): boolean {
  const list = lists.get(service);
  return list !== undefined && !selections.includes(list.kind) && !list.models.has(modelId);
}

/** Returns the list that was read last, in the service's order; empty if none was. */
export function listedModels(service: ServiceId): OfferedModel[] {
  return [...(lists.get(service)?.models.values() ?? [])];
}
