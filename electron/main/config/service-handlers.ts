// Answers requests about services and their keys. No reply contains a key.

import type { serviceRequests } from '../../../shared/contract/services';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { rememberModels } from '../../../shared/domain/listed-models';
import type { OfferedModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import { originOf } from '../../../shared/domain/service-origin';
import type { ServiceId } from '../../../shared/domain/services';
import type { Sentence } from '../../../shared/languages/sentence';
import type { Broadcast } from '../ipc/broadcast';
import type { HandlersOf } from '../ipc/handlers';
import { findLocalServices } from './find-local-services';
import type { Secrets } from './secrets';
import type { ServiceChecks } from './service-checks';
import type { Services } from './services';

/** Requests to a service that generate nothing. */
export type ServiceProbe = {
  check: (provider: ServiceId) => Promise<Result<Sentence>>;
  listModels: (provider: ServiceId) => Promise<Result<OfferedModel[]>>;
  /** Sends the generator the listed models. */
  configure: () => void;
};

export type ServiceListeners = {
  broadcast: Broadcast;
  /** Called when a service has listed its models, which may differ from the default ones. */
  onModels: () => void;
  /** Called when a service, or a model of one, may have another name. */
  onNames: () => void;
};

export function createServiceHandlers(
  services: Services,
  secrets: Secrets,
  probe: ServiceProbe,
  checks: ServiceChecks,
  { broadcast, onModels, onNames }: ServiceListeners,
): HandlersOf<typeof serviceRequests> {
  /** Remembers the models that a service offers. An empty list forgets them. */
  function list(service: ServiceId, models: readonly OfferedModel[]): void {
    rememberModels(service, serviceOf(service).kind, models);
    probe.configure();
    broadcast('models:listed', { service, models });
    onModels();
    if (models.length > 0) onNames();
  }

  function originAt(id: ServiceId, address: string | null): string | null {
    const service = services.find(id);
    return service ? originOf(service.kind, address) : null;
  }

  return {
    'services:add': (added) => services.add(added),
    'services:change': ({ id, changes }) => {
      const changed = services.change(id, changes);
      if (changed.ok && (changes.name !== undefined || changes.address !== undefined)) onNames();
      // The models at a new address are unknown.
      if (changed.ok && changes.address !== undefined) list(id, []);
      if (changed.ok && (changes.address !== undefined || changes.headers !== undefined)) checks.forget(id);
      return changed;
    },
    'services:remove': async ({ id }) => {
      const removed = services.remove(id);
      if (removed.ok) checks.forget(id);
      // Without its service, the key must not stay on disk.
      return removed.ok ? secrets.setAside(id) : removed;
    },
    'services:restore': async ({ id }) => {
      const restored = services.restore(id);
      if (restored.ok) await secrets.bringBack(id);
      return restored;
    },
    'services:order': ({ ids }) => services.order(ids),
    'services:find-local': async () => success(await findLocalServices()),
    'keys:read': async () => {
      const { canRemember, sources } = await secrets.state();
      return success({
        canRemember,
        sources: sources.map((key) => ({
          ...key,
          isRefused: key.source !== null && checks.isKeyRefused(key.provider),
        })),
      });
    },
    'keys:set': ({ provider, key, remember, address }) => {
      list(provider, []);
      checks.forget(provider);
      return secrets.set(
        provider,
        key,
        remember,
        address === undefined ? undefined : originAt(provider, address),
      );
    },
    'services:allow': ({ id, what, address }) => {
      const origin = originAt(id, address);
      if (origin === null) return failure('not_found');
      checks.forget(id);
      return what === 'key' ? secrets.allow(id, origin) : services.allowHeaders(id, origin);
    },
    'keys:remove': ({ provider }) => {
      checks.forget(provider);
      return secrets.remove(provider);
    },
    'services:checks': () => success(checks.list()),
    'provider:check': ({ provider }) => checks.run(provider, () => probe.check(provider)),
    'provider:models': async ({ provider }) => {
      const listed = await probe.listModels(provider);
      if (listed.ok) list(provider, listed.value);
      return listed;
    },
  };
}
