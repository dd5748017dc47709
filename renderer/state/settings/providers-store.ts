// The state of keys, checks and model lists. Keys themselves are only passed on, never stored here.
import { create } from 'zustand';
import type { KeyState } from '../../../shared/contract/services';
import type { Problem } from '../../../shared/domain/errors';
import { rememberModels } from '../../../shared/domain/listed-models';
import type { OfferedModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { Service, ServiceCheck, ServiceId } from '../../../shared/domain/services';
import type { Sentence } from '../../../shared/languages/sentence';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { addressOfService, useServices } from './services-store';

/** The result of checking a provider. It is translated when it is shown. */
export type Checked =
  | { state: 'asking' }
  | { state: 'good'; says: Sentence }
  | { state: 'bad'; problem: Problem };

type ProvidersState = {
  keys: KeyState | null;
  checked: Partial<Record<ServiceId, Checked>>;
  /** The last result for each service from an earlier run. */
  lastChecks: Partial<Record<ServiceId, ServiceCheck>>;
  offered: Partial<Record<ServiceId, readonly OfferedModel[]>>;
  readKeys: () => Promise<void>;
  readChecks: () => Promise<void>;
  /** @returns whether the key was accepted. */
  setKey: (provider: ServiceId, key: string, remember: boolean) => Promise<boolean>;
  removeKey: (provider: ServiceId) => Promise<void>;
  /** Allows sending the key or the headers of a service to the shown address. */
  allow: (service: Service, what: 'key' | 'headers') => Promise<void>;
  check: (provider: ServiceId) => Promise<void>;
  forgetCheck: (provider: ServiceId) => void;
  listModels: (provider: ServiceId) => Promise<void>;
  /** Stores the models that a service lists, whoever requested the list. */
  receiveModels: (provider: ServiceId, models: readonly OfferedModel[]) => void;
};

/** The newest check of each service. The answers of older ones are outdated. */
const checks = new Map<ServiceId, symbol>();

export const useProviders = create<ProvidersState>()((set, get) => ({
  keys: null,
  checked: {},
  lastChecks: {},
  offered: {},

  async readKeys() {
    const reply = await request('keys:read', {});
    if (reply.ok) set({ keys: reply.value });
    else toast(reply.message, { tone: 'problem' });
  },

  async readChecks() {
    const reply = await request('services:checks', {});
    // After a failure, services have no last result.
    if (reply.ok) set({ lastChecks: Object.fromEntries(reply.value.map((check) => [check.service, check])) });
  },

  async setKey(provider, key, remember) {
    const service = useServices.getState().services.find(({ id }) => id === provider);
    const reply = await request('keys:set', {
      ...{ provider, key, remember },
      // A service that is just being added is not in the list yet.
      ...(service && { address: addressOfService(service) }),
    });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
    get().forgetCheck(provider);
    await get().readKeys();
    return reply.ok;
  },

  async removeKey(provider) {
    const reply = await request('keys:remove', { provider });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
    get().forgetCheck(provider);
    await get().readKeys();
  },

  async allow(service, what) {
    const { id } = service;
    const reply = await request('services:allow', { id, what, address: addressOfService(service) });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    get().forgetCheck(id);
    await get().readKeys();
  },

  async check(provider) {
    const check = Symbol();
    checks.set(provider, check);
    set(({ checked }) => ({ checked: { ...checked, [provider]: { state: 'asking' } } }));
    const reply = await request('provider:check', { provider });
    if (checks.get(provider) !== check) return;
    const verdict: Checked = reply.ok
      ? { state: 'good', says: reply.value }
      : { state: 'bad', problem: reply };
    set(({ checked }) => ({ checked: { ...checked, [provider]: verdict } }));
  },

  forgetCheck(provider) {
    checks.delete(provider);
    set(
      ({ checked: { [provider]: _gone, ...checked }, lastChecks: { [provider]: _last, ...lastChecks } }) => ({
        checked,
        lastChecks,
      }),
    );
  },

  async listModels(provider) {
    const reply = await request('provider:models', { provider });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    get().receiveModels(provider, reply.value);
  },

  receiveModels(provider, models) {
    rememberModels(provider, serviceOf(provider).kind, models);
    set(({ offered }) => ({ offered: { ...offered, [provider]: models } }));
  },
}));
