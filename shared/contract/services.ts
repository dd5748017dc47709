// Services, their keys and their models: requests, replies and events. No reply contains a key.

import { z } from 'zod';
import { addressSchema } from '../domain/addresses';
import type { FoundService } from '../domain/found-services';
import { keySchema } from '../domain/keys';
import type { OfferedModel } from '../domain/models';
import {
  type Service,
  type ServiceCheck,
  type ServiceId,
  serviceChangesSchema,
  serviceIdSchema,
  serviceSchema,
} from '../domain/services';
import type { Sentence } from '../languages/sentence';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

const providerInput = z.strictObject({ provider: serviceIdSchema });
const serviceInput = z.strictObject({ id: serviceIdSchema });

const newServiceSchema = serviceSchema.omit({ id: true }).partial().required({ kind: true, name: true });

export const serviceRequests = {
  /** Adds a service after the others. */
  'services:add': { input: newServiceSchema, reply: reply<Service>() },
  'services:change': {
    input: serviceInput.extend({
      changes: serviceChangesSchema.refine((changes) => Object.keys(changes).length > 0),
    }),
    reply: reply<Service>(),
  },
  /** Removes a service and its key. Its pictures and its costs stay. */
  'services:remove': { input: serviceInput, reply: reply<null>() },
  /** Undoes `services:remove` until the app ends, with the key. */
  'services:restore': { input: serviceInput, reply: reply<Service>() },
  'services:order': {
    input: z.strictObject({ ids: z.array(serviceIdSchema).max(1000) }),
    reply: reply<null>(),
  },
  /** Probes the usual ports of this computer. Sent only when the user is about to add a service. */
  'services:find-local': { input: noInput, reply: reply<FoundService[]>() },
  'keys:read': { input: noInput, reply: reply<KeyState>() },
  'keys:set': {
    input: providerInput.extend({
      key: keySchema,
      remember: z.boolean(),
      /** The address that the user saw, null for the default one. Absent: the address in use. */
      address: addressSchema.nullable().optional(),
    }),
    reply: reply<null>(),
  },
  /** Allows sending a service's key and headers to this address, which the user saw; null for the default one. */
  'services:allow': {
    input: serviceInput.extend({ what: z.enum(['key', 'headers']), address: addressSchema.nullable() }),
    reply: reply<null>(),
  },
  /** Removes the key of a service, or the note that it is missing. */
  'keys:remove': { input: providerInput, reply: reply<null>() },
  /** Returns the last test result of each service, including those of earlier runs. */
  'services:checks': { input: noInput, reply: reply<ServiceCheck[]>() },
  /** Checks the key or the address in use. Replies with a sentence that says what works. */
  'provider:check': { input: providerInput, reply: reply<Sentence>() },
  'provider:models': { input: providerInput, reply: reply<OfferedModel[]>() },
} satisfies Record<string, RequestDefinition>;

export type ServiceEvents = {
  /** A service or a key was added, changed or removed, so another service may be in use. */
  'provider:changed': NumberedProvider;
  /** A service was added, changed, moved or removed. */
  'services:changed': ServiceList;
  /** A service has listed its models, whoever asked. */
  'models:listed': { service: ServiceId; models: readonly OfferedModel[] };
};

/** The services of this run, in the user's order. */
export type ServiceList = {
  services: readonly Service[];
  /** Removed services, whose names older pictures and costs still show. */
  removed: readonly Pick<Service, 'id' | 'kind' | 'name' | 'address'>[];
  /** The addresses that the environment sets for this run, by the service's id. */
  addresses: Readonly<Record<ServiceId, string>>;
  /** Whether AFTERIMAGE_SERVICES replaces the saved services, so that none can be added or removed. */
  isFromEnvironment: boolean;
};

/** `session`: until the app ends. */
export type KeySource = 'environment' | 'keychain' | 'session';

/** Why a key of an earlier run is missing: it lasted for that session, or the keychain did not give it back. */
export type KeyLoss = 'session' | 'keychain';

/** The source of a key; never the key itself. */
export type HeldKey = {
  provider: ServiceId;
  source: KeySource | null;
  /** Null if a key is in use, or if there was none. */
  loss: KeyLoss | null;
  /** The origin that the key was entered for, if the address has changed. The key is not sent to the new address. */
  heldFor: string | null;
};

/** `canRemember`: whether a keychain is available. */
type Keys<Key> = { canRemember: boolean; sources: Key[] };
export type HeldKeys = Keys<HeldKey>;

/** `isRefused`: in the last test, the service did not accept the key. */
export type KeyState = Keys<HeldKey & { isRefused: boolean }>;

export type ActiveProvider = {
  id: ServiceId;
  /**
   * `engine`: there is no key, and the engine on this computer has a model. `key-refused`: the engine or the painter is in
   * use because the existing key was not accepted.
   */
  reason: 'environment' | 'settings' | 'key' | 'engine' | 'no-key' | 'key-refused';
  /** The ids of the models in use. */
  pictureModel: string;
  /** Null if the provider has no text model. */
  textModel: string | null;
};

/** The renderer keeps the one with the highest revision, because a reply may overtake an earlier event. */
export type NumberedProvider = ActiveProvider & { revision: number };
