// Providers, their keys and their models: requests, replies and events. No reply contains a key.
import { z } from 'zod';
import { type KeyedProvider, keyedProviderSchema, keySchema } from '../domain/keys';
import { type OfferedModel, type ProviderId, providerIdSchema } from '../domain/models';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

const providerInput = z.strictObject({ provider: providerIdSchema });

export const serviceRequests = {
  'keys:read': { input: noInput, reply: reply<KeyState>() },
  'keys:set': {
    input: z.strictObject({ provider: keyedProviderSchema, key: keySchema, remember: z.boolean() }),
    reply: reply<null>(),
  },
  'keys:remove': { input: z.strictObject({ provider: keyedProviderSchema }), reply: reply<null>() },
  /** Checks the key or the address in use. Replies with a sentence that says what works. */
  'provider:check': { input: providerInput, reply: reply<string>() },
  'provider:models': { input: providerInput, reply: reply<OfferedModel[]>() },
} satisfies Record<string, RequestDefinition>;

export type ServiceEvents = {
  /** A key was added or removed, so another provider may be in use. */
  'provider:changed': ActiveProvider;
};

/** `session`: until the app ends. */
export type KeySource = 'environment' | 'keychain' | 'session';

/** Where keys come from; never a key. */
export type KeyState = {
  /** Whether a keychain is available. */
  canRemember: boolean;
  sources: { provider: KeyedProvider; source: KeySource | null }[];
};

export type ActiveProvider = {
  id: ProviderId;
  reason: 'environment' | 'settings' | 'key' | 'no-key';
  /** The ids of the models in use. */
  pictureModel: string;
  /** Null if the provider has no text model. */
  textModel: string | null;
};
