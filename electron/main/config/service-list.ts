// The services of this run: the saved ones with the environment's changes, or those of AFTERIMAGE_SERVICES.
import { engineServiceId } from '../../../shared/domain/engine';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { originOf, originsOfHeaders } from '../../../shared/domain/service-origin';
import {
  distinctName,
  newService,
  type Service,
  type ServiceId,
  shownServiceName,
} from '../../../shared/domain/services';
import type { Store } from '../db/open';
import type { StoredService } from '../db/services';
import type { Environment } from './environment';
import type { ServiceOrigins } from './key-origins';
import type { RunService } from './service-configuration';

export type ServiceListOptions = {
  store: Pick<Store, 'services' | 'settings' | 'transaction'>;
  environment: Pick<Environment, 'provider' | 'google' | 'imagen' | 'openai' | 'automatic1111' | 'comfyui'>;
  /** The services of AFTERIMAGE_SERVICES, at least one; null for the saved ones. */
  run: readonly Service[] | null;
  /** Returns the state of the engine on this computer; absent: there is none. */
  engine?: () => EnginePresence;
  /** UTC milliseconds. */
  now: () => number;
};

export type EnginePresence = {
  isPresent: boolean;
  /** Whether an engine and a model are installed. */
  canRun: boolean;
  /** The ids of the installed models. */
  models: readonly string[];
  /** The address of the running server; null if none is running. */
  address: string | null;
};

/** No program can listen at port 0. The default address of the kind may belong to another sd-server. */
const nowhere = 'http://127.0.0.1:0';

export const noEngine: EnginePresence = { isPresent: false, canRun: false, models: [], address: null };

export function createServiceList({
  store,
  environment,
  run,
  engine = () => noEngine,
  now,
}: ServiceListOptions) {
  /** The current state of the services of AFTERIMAGE_SERVICES. Changes to them last for this run. */
  let ofRun = run;
  rememberNames(run ?? namedByEnvironment(store.services.list()));

  /** Returns the services that the user sees, in order, as they are saved; no two have the same name. */
  function list(): readonly Service[] {
    const names: string[] = [];
    return listAsSaved().map((service) => {
      const name = distinctName(service.name, names);
      names.push(name, shownServiceName(service));
      return name === service.name ? service : { ...service, name };
    });
  }

  function listAsSaved(): readonly Service[] {
    if (ofRun !== null) return ofRun;
    const saved = store.services.list();
    const services = saved
      .filter(({ id, removedAt }) => removedAt === null && (id !== engineServiceId || engine().isPresent))
      .map((row) => withInstalledModel(withoutRemoval(row)));
    const added = namedByEnvironment(services).map((unsaved) => {
      const removed = saved.find(({ id }) => id === unsaved.id);
      return removed ? withoutRemoval(removed) : unsaved;
    });
    return [...services, ...added];
  }

  /** A service that the environment names exists in this run even if it was removed or never saved. */
  function namedByEnvironment(others: readonly Service[]): Service[] {
    const named = new Set([environment.provider, environment.comfyui.baseUrl && ('comfyui' as const)]);
    return [...named].flatMap((id) =>
      !id || others.some((service) => service.id === id) ? [] : [newService(id, id, serviceKinds[id].label)],
    );
  }

  /** Returns the services with the addresses of the environment. */
  function effective(): RunService[] {
    return list().map((saved) => {
      const service = { ...saved, headerOrigins: originsOfHeaders(saved) };
      if (ownsEngine(service.id)) {
        return { ...service, address: engine().address ?? nowhere, isAddressFromEnvironment: false };
      }
      const address = ofRun === null ? addressFromEnvironment(environment, service.id) : service.address;
      return address === null
        ? { ...service, isAddressFromEnvironment: false }
        : { ...service, address, isAddressFromEnvironment: true };
    });
  }

  function find(id: ServiceId): Service | undefined {
    return list().find((service) => service.id === id);
  }

  /** The current and saved origins of the services: see key-origins.ts. */
  const origins: ServiceOrigins = {
    inUse(id) {
      const service = effective().find((candidate) => candidate.id === id);
      return service ? originOf(service.kind, service.address) : null;
    },
    saved(id) {
      const service = find(id);
      return service ? originOf(service.kind, service.address) : null;
    },
    ofEnvironment(id) {
      const service = (run ?? list()).find((candidate) => candidate.id === id);
      const address = run === null ? addressFromEnvironment(environment, id) : (service?.address ?? null);
      return service ? originOf(service.kind, address) : null;
    },
    allowedOfEnvironment: (id) => find(id)?.environmentKeyFor ?? [],
  };

  /** Returns whether the id is that of the engine, and not of a service of AFTERIMAGE_SERVICES. */
  function ownsEngine(id: ServiceId): boolean {
    return id === engineServiceId && ofRun === null;
  }

  /** Replaces a model that was removed with an installed one. */
  function withInstalledModel(service: Service): Service {
    const { models } = engine();
    if (!ownsEngine(service.id) || (service.pictureModel !== null && models.includes(service.pictureModel)))
      return service;
    return { ...service, pictureModel: models[0] ?? null };
  }

  /** Saves the names of services, because rows of this run refer to them. Nothing else about them is saved. */
  function rememberNames(services: readonly Service[]): void {
    const known = new Map(store.services.list().map((service) => [service.id, service]));
    store.transaction(() => {
      for (const { id, kind, name } of services) {
        const before = known.get(id);
        if (before === undefined) store.services.add({ ...newService(id, kind, name), removedAt: now() });
        else if (before.removedAt !== null) store.services.write({ ...before, kind, name });
      }
    });
  }

  return {
    ownsEngine,
    origins,
    list,
    effective,
    find,
    /** Saves a service of the list. Changes to one of AFTERIMAGE_SERVICES last for this run only. */
    save(service: Service): void {
      if (ofRun !== null) {
        ofRun = ofRun.map((before) => (before.id === service.id ? service : before));
        return;
      }
      const isStored = store.services.list().some(({ id }) => id === service.id);
      store.transaction(() => {
        if (isStored) store.services.write({ ...service, removedAt: null });
        else store.services.add({ ...service, removedAt: null });
      });
    },
  };
}

/** Returns the service of a row. */
export function withoutRemoval({ removedAt: _, ...service }: StoredService): Service {
  return service;
}

function addressFromEnvironment(
  environment: ServiceListOptions['environment'],
  id: ServiceId,
): string | null {
  switch (id) {
    case 'google':
    case 'imagen':
    case 'openai':
    case 'automatic1111':
    case 'comfyui':
      return environment[id].baseUrl;
    default:
      return null;
  }
}
