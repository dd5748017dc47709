// The list of models: which there are, what is known about each, in groups by service.
import type { ModelUse } from '../../../shared/contract/usage';
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { modelsOfService } from '../../../shared/domain/default-models';
import { engineServiceId } from '../../../shared/domain/engine';
import { models } from '../../../shared/domain/model-catalogue';
import { findModelOf, labelOfModel, priceOf } from '../../../shared/domain/model-lookup';
import type { ModelLife, OfferedModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import { isAtOwnServer, serviceKinds } from '../../../shared/domain/service-kinds';
import type { Service, ServiceId } from '../../../shared/domain/services';
import { webUiUpscalerName } from '../../../shared/domain/upscalers';
import type { KeyLack } from '../settings/service-keys';
import { scoreOf } from './match-models';

export type ModelEntry = {
  serviceId: ServiceId;
  serviceName: string;
  model: string;
  label: string;
  /** Of one picture, in micro-dollars; null if it is unknown. */
  price: number | null;
  life: ModelLife;
  /** Whether the service's own list does not have it. */
  isUnlisted: boolean;
  /** The usual time of a picture in milliseconds; null if none was made yet. */
  usualMs: number | null;
  /** Why it cannot be asked. */
  keyLack: KeyLack | null;
  /** Its size on this computer; null if it is elsewhere. */
  bytes: number | null;
  /** Not for newcomers: listed when the user searches or asks for more. */
  isMore: boolean;
};

/** `recent`: used last, whatever the service. */
export type ModelGroup = { service: Service; entries: readonly ModelEntry[]; more: readonly ModelEntry[] };
export type ModelList = { recent: readonly ModelEntry[]; groups: readonly ModelGroup[] };

/** A list may mark models that hardly anybody looks for. */
type Offered = OfferedModel & { isMore?: boolean | undefined };

/** What is known about a model on this computer. `estimatedMs`: time for a picture, null if it is unknown. */
export type EngineModelFacts = { id: string; label: string; bytes: number; estimatedMs: number | null };

export type ModelSources = {
  services: readonly Service[];
  /** Returns why a service has no key that it needs; null if nothing is lacking. */
  keyLackOf: (service: Service) => KeyLack | null;
  /** Which of the services the user has connected. Of the others, those that need a key are there to be found. */
  isConnected: (service: Service) => boolean;
  /** The models that are chosen now: they are listed, whatever became of them. */
  inUse: readonly ChosenModel[];
  /** The services' own lists, as far as they were read. */
  offered: Readonly<Partial<Record<ServiceId, readonly Offered[]>>>;
  uses: readonly ModelUse[];
  /** The models that are on this computer, for the service of the engine. */
  engineModels: readonly EngineModelFacts[];
};

const maxRecent = 4;
/** So many models are seen at a glance. */
const maxWithoutRecent = 8;
/** So many models of one service leave the next service in reach. */
const maxOfService = 20;

/**
 * Returns every model of every connected service, in the user's order, and after them those of services that lack a key. What
 * its owner has shut down is not there, unless something uses it.
 */
export function listModels(sources: ModelSources): ModelList {
  const shown = sources.services.filter(
    (service) => service.enabled && (sources.isConnected(service) || sources.keyLackOf(service) !== null),
  );
  const groups = shown
    .map((service) =>
      service.id === engineServiceId ? engineGroup(service, sources) : groupOf(service, sources),
    )
    // Why a list could not be read is said under the name of its service.
    .filter(({ service, entries, more }) => entries.length > 0 || more.length > 0 || hasOnlyListed(service));
  const all = groups.flatMap(({ entries, more }) => [...entries, ...more]);
  const used = sources.uses.flatMap(
    ({ provider, model }) =>
      all.find((entry) => entry.serviceId === provider && entry.model === model && entry.keyLack === null) ??
      [],
  );
  const usable = all.filter(({ keyLack }) => keyLack === null);
  const lacksKey = ({ service }: ModelGroup) => Number(sources.keyLackOf(service) !== null);
  return {
    // One recent model is the one in use, which says so itself. A short list shows them all at once.
    recent: used.length > 1 && usable.length > maxWithoutRecent ? used.slice(0, maxRecent) : [],
    groups: groups.toSorted((a, b) => lacksKey(a) - lacksKey(b)),
  };
}

function groupOf(service: Service, sources: ModelSources): ModelGroup {
  const { keyLackOf, isConnected, inUse, offered, uses } = sources;
  const { id: serviceId, name: serviceName, kind } = service;
  const list = offered[serviceId];
  // A server of the user's own has what it lists. Before it has answered, nothing is known of it but what was chosen.
  const isUnknown = list === undefined && hasOnlyListed(service);
  const { pictureModel: configured } = modelsOfService(service);
  const known = isUnknown ? [] : models.filter((model) => model.kind === kind && model.makes === 'pictures');
  // What only enlarges is offered where pictures are enlarged.
  const listed = (list ?? []).filter(({ id, makes }) => makes !== 'text' && webUiUpscalerName(id) === null);
  const offers = new Map(listed.map((model) => [model.id, model]));
  const isSure = listed.some(({ makes }) => makes === 'pictures');
  const used = uses.filter(({ provider }) => provider === serviceId).map(({ model }) => model);
  const ids = new Set([
    ...(isUnknown && service.pictureModel === null ? [] : [configured]),
    ...inUse.filter((chosen) => chosen.serviceId === serviceId).map(({ model }) => model),
    ...known.map(({ id }) => id),
    ...listed.map(({ id }) => id),
    // What a service does not list any more cannot be used again.
    ...(list === undefined ? used : []),
  ]);
  const mayUse = (model: string) =>
    (model === configured && isConnected(service)) ||
    inUse.some((chosen) => isSameModel(chosen, { serviceId, model }));
  const entries = [...ids].flatMap((model): ModelEntry[] => {
    const offer = offers.get(model);
    const life = findModelOf(serviceId, model)?.life ?? { state: 'available' };
    if (life.state === 'shut-down' && !mayUse(model)) return [];
    const isUncertain = offer !== undefined && isSure && offer.makes === null;
    const entry: ModelEntry = {
      serviceId,
      serviceName,
      model,
      label: labelOfModel(model, serviceId),
      price: priceOf(serviceId, model),
      life,
      isUnlisted: list !== undefined && list.length > 0 && offer === undefined,
      usualMs: uses.find((use) => use.provider === serviceId && use.model === model)?.usualMs ?? null,
      keyLack: keyLackOf(service),
      bytes: null,
      isMore: !mayUse(model) && model !== configured && (offer?.isMore === true || isUncertain),
    };
    return [entry];
  });
  const shown = entries.filter(({ isMore }) => !isMore);
  return {
    service,
    entries: shown.slice(0, maxOfService),
    more: [...shown.slice(maxOfService), ...entries.filter(({ isMore }) => isMore)],
  };
}

/** Returns whether a service has what it lists and nothing else that is known: it is at a server of the user's own. */
export function hasOnlyListed({ id, kind }: Service): boolean {
  return serviceKinds[kind].anyServer && isAtOwnServer(kind, serviceOf(id).address);
}

/** The engine has the models that are on the disk, whatever its server has loaded. */
function engineGroup(service: Service, { engineModels, uses }: ModelSources): ModelGroup {
  const { id: serviceId, name: serviceName } = service;
  const entries = engineModels.map(({ id: model, label, bytes, estimatedMs }): ModelEntry => {
    const use = uses.find((each) => each.provider === serviceId && each.model === model);
    return {
      ...{ serviceId, serviceName, model, label, bytes },
      price: 0,
      life: { state: 'available' },
      isUnlisted: false,
      usualMs: use?.usualMs ?? estimatedMs,
      keyLack: null,
      isMore: false,
    };
  });
  return { service, entries, more: [] };
}

/** Returns what matches a query, the best matches first within their service, and services with better ones first. */
export function searchModels({ groups }: ModelList, query: string): ModelList {
  const scored = groups.map(({ service, entries, more }) => {
    const matches = [...entries, ...more]
      .map((entry) => ({ entry, score: scoreOf(entry, query) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
    return { service, matches, best: matches[0]?.score ?? 0 };
  });
  return {
    recent: [],
    groups: scored
      .filter(({ best }) => best > 0)
      .toSorted((a, b) => b.best - a.best)
      .map(({ service, matches }) => ({ service, entries: matches.map(({ entry }) => entry), more: [] })),
  };
}
