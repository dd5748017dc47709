// The services of this run: the saved ones, or those of AFTERIMAGE_SERVICES; and what the environment changes of them.
import type { RequestInput } from '../../../shared/contract';
import type { ServiceList } from '../../../shared/contract/services';
import { refuseAddress } from '../../../shared/domain/addresses';
import { engineServiceId, engineServiceName } from '../../../shared/domain/engine';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import {
  distinctName,
  newService,
  type Service,
  type ServiceId,
  serviceIdSchema,
  shownServiceName,
} from '../../../shared/domain/services';
import type { Store } from '../db/open';
import type { StoredService } from '../db/services';
import type { Environment } from './environment';
import type { RunService } from './service-configuration';

export type ServicesOptions = {
  store: Pick<Store, 'services' | 'settings' | 'transaction'>;
  environment: Pick<Environment, 'provider' | 'google' | 'imagen' | 'openai' | 'automatic1111' | 'comfyui'>;
  /** The services of AFTERIMAGE_SERVICES, at least one; null for the saved ones. */
  run: readonly Service[] | null;
  /** What is known about the engine on this computer; absent: there is none. */
  engine?: () => EnginePresence;
  /** UTC milliseconds. */
  now: () => number;
};

export type EnginePresence = {
  isPresent: boolean;
  /** Whether an engine and a model are there. */
  canRun: boolean;
  /** The ids of the installed models. */
  models: readonly string[];
  /** Of the server that is running; null if none is. */
  address: string | null;
};

export type Services = ReturnType<typeof createServices>;

/** What the user says of a new service; the rest is as its kind has it. */
export type NewService = RequestInput<'services:add'>;

/** The painter works when nothing else does. */
const alwaysThere: ServiceId = 'painter';

/** No program can listen at port 0. At the usual address of the kind, another sd-server may. */
const nowhere = 'http://127.0.0.1:0';

export const noEngine: EnginePresence = { isPresent: false, canRun: false, models: [], address: null };

export function createServices({ store, environment, run, engine = () => noEngine, now }: ServicesOptions) {
  let listeners: (() => void)[] = [];
  /** The services of AFTERIMAGE_SERVICES as they are now: changes of them last for this run. */
  let ofRun = run;
  const chosenBefore = store.settings.read().provider;
  if (run !== null) rememberNames(run);

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
    // The environment takes precedence: what it names is there for its run, also if it was removed.
    const named = new Set([environment.provider, environment.comfyui.baseUrl && ('comfyui' as const)]);
    const added = [...named].flatMap((id) => {
      if (!id || services.some((service) => service.id === id)) return [];
      const removed = saved.find((service) => service.id === id);
      return [removed ? withoutRemoval(removed) : newService(id, id, serviceKinds[id].label)];
    });
    return [...services, ...added];
  }

  /** Returns the services with the addresses of the environment. */
  function effective(): RunService[] {
    return list().map((service) => {
      if (ownsEngine(service.id)) {
        return { ...service, address: engine().address ?? nowhere, isAddressFromEnvironment: false };
      }
      const address = ofRun === null ? addressFromEnvironment(environment, service.id) : service.address;
      return address === null
        ? { ...service, isAddressFromEnvironment: false }
        : { ...service, address, isAddressFromEnvironment: true };
    });
  }

  /** Returns whether the id is that of the engine: the services of AFTERIMAGE_SERVICES have ids of their own. */
  function ownsEngine(id: ServiceId): boolean {
    return id === engineServiceId && ofRun === null;
  }

  /** A model that was removed gives way to one that is there. */
  function withInstalledModel(service: Service): Service {
    const { models } = engine();
    if (!ownsEngine(service.id) || (service.pictureModel !== null && models.includes(service.pictureModel)))
      return service;
    return { ...service, pictureModel: models[0] ?? null };
  }

  /** Adds the engine's service when its first model is there, or brings it back with a new one. */
  function ensureEngine(isNew: boolean): void {
    if (!engine().isPresent || ofRun !== null) return;
    const row = store.services.list().find(({ id }) => id === engineServiceId);
    const added = { ...newService(engineServiceId, 'sd-server', engineServiceName), removedAt: null };
    if (row === undefined) store.transaction(() => store.services.add(added));
    // A run with services of its own may have used the id for another one.
    else if (row.kind !== 'sd-server') store.transaction(() => store.services.write(added));
    else if (isNew && row.removedAt !== null)
      store.transaction(() => store.services.write({ ...row, removedAt: null }));
  }

  /** Rows of this run refer to them, so later runs need their names. Nothing else of them is saved. */
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

  function publish(): void {
    const current = effective();
    const ids = new Set(current.map(({ id }) => id));
    useServiceDirectory([...store.services.list().filter(({ id }) => !ids.has(id)), ...current]);
  }
  publish();

  function changed(): void {
    publish();
    for (const listener of listeners) listener();
  }

  function save(service: Service): void {
    if (ofRun !== null) {
      ofRun = ofRun.map((before) => (before.id === service.id ? service : before));
      return;
    }
    const isStored = store.services.list().some(({ id }) => id === service.id);
    store.transaction(() => {
      if (isStored) store.services.write({ ...service, removedAt: null });
      else store.services.add({ ...service, removedAt: null });
    });
  }

  /** Returns the name, with a number if another service has it. @param id of the service itself; null for a new one */
  function freeName(name: string, id: ServiceId | null): string {
    const others = list().filter((service) => service.id !== id);
    return distinctName(
      name,
      others.flatMap((service) => [service.name, shownServiceName(service)]),
    );
  }

  function find(id: ServiceId): Service | undefined {
    return list().find((service) => service.id === id);
  }

  function refusal({ kind, address }: Pick<Service, 'kind' | 'address'>) {
    return address === null
      ? null
      : refuseAddress(kind, address, store.settings.read().allowPrivateAddresses);
  }

  /** Returns what the renderer shows. */
  function describe(): ServiceList {
    const services = list();
    const ids = new Set(services.map(({ id }) => id));
    const removed = store.services.list().filter(({ id }) => !ids.has(id));
    const addresses = effective().flatMap(({ id, address, isAddressFromEnvironment }) =>
      isAddressFromEnvironment && address !== null ? [[id, address] as const] : [],
    );
    return {
      services,
      removed: removed.map(({ id, kind, name, address }) => ({ id, kind, name, address })),
      addresses: Object.fromEntries(addresses),
      isFromEnvironment: ofRun !== null,
    };
  }

  return {
    ownsEngine,
    /** Returns whether the engine can make pictures. */
    canRunEngine: (): boolean => ofRun === null && engine().canRun,
    /** Call it when the engine's models have changed, and once at start. @param isNew whether the user has done it */
    onEngine(isNew: boolean): void {
      ensureEngine(isNew);
      changed();
    },
    /** Call it when saved services were added by something else, such as an export that was brought in. */
    reload: changed,
    list,
    describe,
    effective,
    find,
    /** Returns why the services cannot keep their addresses with this setting; null if they can. */
    refuseAddresses(allowPrivate: boolean) {
      const refused = list().map(({ kind, address }) =>
        address === null || ofRun !== null ? null : refuseAddress(kind, address, allowPrivate),
      );
      return refused.find((code) => code !== null) ?? null;
    },
    /** Returns the service that the environment puts in use; null if it names none. */
    fromEnvironment(): ServiceId | null {
      if (environment.provider !== null && find(environment.provider)) return environment.provider;
      const { provider } = store.settings.read();
      // The user may choose another service of this run.
      if (provider !== chosenBefore && ofRun?.some(({ id }) => id === provider) === true) return null;
      return ofRun?.[0]?.id ?? null;
    },
    /** Calls `listener` after every change of a service. */
    on(listener: () => void): void {
      listeners = [...listeners, listener];
    },
    /** Adds a service behind the others. Its id is never that of another one, not even of a removed one. */
    add(added: NewService): Result<Service> {
      if (ofRun !== null) return failure('services_from_environment');
      const refused = refusal({ kind: added.kind, address: added.address ?? null });
      if (refused !== null) return failure(refused);
      const taken = new Set([...store.services.list(), ...list()].map(({ id }) => id));
      const service: Service = {
        ...newService(freeId(added.kind, taken), added.kind, added.name),
        ...withoutUndefined(added),
        name: freeName(added.name, null),
      };
      store.transaction(() => store.services.add({ ...service, removedAt: null }));
      changed();
      return success(service);
    },
    change(id: ServiceId, changes: RequestInput<'services:change'>['changes']): Result<Service> {
      const before = find(id);
      if (!before) return failure('not_found');
      const name = changes.name === undefined ? before.name : freeName(changes.name, id);
      const service: Service = { ...before, ...withoutUndefined(changes), name };
      // Only a new address is refused: a change of the name must not fail because of an old address.
      const refused = service.address === before.address ? null : refusal(service);
      if (refused !== null) return failure(refused);
      if (id === alwaysThere && !service.enabled) return failure('service_needed');
      save(service);
      changed();
      return success(service);
    },
    /** Removes a service from the list. Its row stays: history has its name from there, and `restore` undoes it. */
    remove(id: ServiceId): Result<null> {
      if (ofRun !== null) return failure('services_from_environment');
      if (id === alwaysThere) return failure('service_needed');
      const service = find(id);
      if (!service) return failure('not_found');
      store.transaction(() => {
        store.services.write({ ...service, removedAt: now() });
        if (store.settings.read().provider === id) store.settings.write({ provider: 'automatic' });
      });
      changed();
      return success(null);
    },
    restore(id: ServiceId): Result<Service> {
      const removed = store.services.list().find((service) => service.id === id);
      if (ofRun !== null || !removed) return failure('not_found');
      // Another service may have got its name since.
      const restored = { ...withoutRemoval(removed), name: freeName(removed.name, id) };
      store.transaction(() => store.services.write({ ...restored, removedAt: null }));
      changed();
      return success(restored);
    },
    /** Puts the services in this order. Those that are not named come after it. */
    order(ids: readonly ServiceId[]): Result<null> {
      if (ofRun !== null) return failure('services_from_environment');
      const known = store.services.list().map(({ id }) => id);
      const named = [...new Set(ids)].filter((id) => known.includes(id));
      store.transaction(() => store.services.order([...named, ...known.filter((id) => !named.includes(id))]));
      changed();
      return success(null);
    },
  };
}

function withoutRemoval({ removedAt: _, ...service }: StoredService): Service {
  return service;
}

function addressFromEnvironment(environment: ServicesOptions['environment'], id: ServiceId): string | null {
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

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** A field that is absent from a request is undefined once it is parsed. */
function withoutUndefined<Values extends object>(values: Values): Defined<Values> {
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<Values>;
}

/** Returns the kind's own name, or that name with the first number that is free. */
function freeId(kind: string, taken: ReadonlySet<ServiceId>): ServiceId {
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? kind : `${kind}-${count}`;
    if (!taken.has(id)) return serviceIdSchema.parse(id);
  }
}
