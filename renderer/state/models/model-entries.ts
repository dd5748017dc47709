// Builds the list of models with their facts, in groups by service.
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
  /** Price of one picture in micro-dollars; null if unknown. */
  price: number | null;
  life: ModelLife;
  /** Whether the service's own list does not have it. */
  isUnlisted: boolean;
  /** The usual time of a picture in milliseconds; null if none was made yet. */
  usualMs: number | null;
  /** Why its service cannot be used; null if it can. */
  keyLack: KeyLack | null;
  /** Its size on this computer in bytes; null if it is elsewhere. */
  bytes: number | null;
  /** Not for newcomers: listed when the user searches or asks for more. */
  isMore: boolean;
};

/** `recent`: recently used models of all services. */
export type ModelGroup = { service: Service; entries: readonly ModelEntry[]; more: readonly ModelEntry[] };
export type ModelList = { recent: readonly ModelEntry[]; groups: readonly ModelGroup[] };

/** A list may mark models that hardly anybody looks for. */
type Offered = OfferedModel & { isMore?: boolean | undefined };

/** Facts about a model on this computer. `estimatedMs`: time for a picture in milliseconds; null if unknown. */
export type EngineModelFacts = { id: string; label: string; bytes: number; estimatedMs: number | null };

export type ModelSources = {
  services: readonly Service[];
  /** Returns why a service lacks its key; null if it lacks none. */
  keyLackOf: (service: Service) => KeyLack | null;
  /** Returns whether the user has connected a service. Of the others, only those that need a key can be searched. */
  isConnected: (service: Service) => boolean;
  /** The chosen models, which are always listed, even if they no longer exist. */
  inUse: readonly ChosenModel[];
  /** The services' own lists that were read. */
  offered: Readonly<Partial<Record<ServiceId, readonly Offered[]>>>;
  uses: readonly ModelUse[];
  /** The installed models, for the service of the engine. */
  engineModels: readonly EngineModelFacts[];
};

const maxRecent = 4;
/** Maximum number of models that can be overlooked without a section for recent ones. */
const maxWithoutRecent = 8;
/** Maximum number of models shown per service, so that the next service stays within reach. */
const maxOfService = 20;

/**
 * Returns every model of every connected service, in the user's order, followed by those of services that lack a key. Models
 * that were shut down are left out unless they are in use.
 */
export function listModels(sources: ModelSources): ModelList {
  const shown = sources.services.filter(
    (service) => service.enabled && (sources.isConnected(service) || sources.keyLackOf(service) !== null),
  );
  const groups = shown
    .map((service) =>
      service.id === engineServiceId ? engineGroup(service, sources) : groupOf(service, sources),
    )
    // Keeps empty groups that may have to show why the list could not be read.
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
    // A single recent model is the one in use, which is marked as such. A short list shows all models anyway.
    recent: used.length > 1 && usable.length > maxWithoutRecent ? used.slice(0, maxRecent) : [],
    groups: groups.toSorted((a, b) => lacksKey(a) - lacksKey(b)),
  };
}

function groupOf(service: Service, sources: ModelSources): ModelGroup {
  const { keyLackOf, isConnected, inUse, offered, uses } = sources;
  const { id: serviceId, name: serviceName, kind } = service;
  const list = offered[serviceId];
  // The user's own server has only the models that it lists. Before it has answered, only chosen models are known.
  const isUnknown = list === undefined && hasOnlyListed(service);
  const { pictureModel: configured } = modelsOfService(service);
  const known = isUnknown ? [] : models.filter((model) => model.kind === kind && model.makes === 'pictures');
  // Upscalers are only offered for enlarging pictures.
  const listed = (list ?? []).filter(({ id, makes }) => makes !== 'text' && webUiUpscalerName(id) === null);
  const offers = new Map(listed.map((model) => [model.id, model]));
  const isSure = listed.some(({ makes }) => makes === 'pictures');
  const used = uses.filter(({ provider }) => provider === serviceId).map(({ model }) => model);
  const ids = new Set([
    ...(isUnknown && service.pictureModel === null ? [] : [configured]),
    ...inUse.filter((chosen) => chosen.serviceId === serviceId).map(({ model }) => model),
    ...known.map(({ id }) => id),
    ...listed.map(({ id }) => id),
    // Used models that the service no longer lists are left out.
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

/** Returns whether a service has only the models that it lists, because it is the user's own server. */
export function hasOnlyListed({ id, kind }: Service): boolean {
  return serviceKinds[kind].anyServer && isAtOwnServer(kind, serviceOf(id).address);
}

/** Returns the group of the engine, which has all installed models, whichever its server has loaded. */
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

/** Returns the matches of a query. Models are ranked within their service, and services by their best match. */
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
