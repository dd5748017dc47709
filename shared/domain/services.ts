// A service: a row that the user has added, with its own key, address, models and limits.
import { z } from 'zod';
import { t } from '../languages/translate';
import { addressSchema, isPrivateHost } from './addresses';
import { engineServiceId, engineServiceName } from './engine';
import type { Problem } from './errors';
import { limitsSchema } from './limits';
import { type KindProfile, type ServiceKind, serviceKindSchema, serviceKinds } from './service-kinds';

/**
 * The id of a service: what rows, keys and settings call it. `automatic` is a choice and no service. Names that every
 * object has, such as `constructor`, would be found in a record that has no such service.
 */
export const serviceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/)
  .refine((id) => id !== 'automatic' && !(id in Object.prototype));
export type ServiceId = string;

/** The services of every installation. Rows of older versions refer to them by these ids. */
export const builtInServiceIds = ['painter', 'google', 'imagen', 'openai', 'automatic1111'] as const;
export type BuiltInServiceId = (typeof builtInServiceIds)[number];

const controlCharacter = /\p{Cc}/u;

export const maxServiceNameLength = 80;
const maxHeaders = 20;

export const serviceNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(maxServiceNameLength)
  .refine((name) => !controlCharacter.test(name));

/** Accepts what a service lists, in any script: only its length and control characters are limited. */
export const modelIdSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((id) => !controlCharacter.test(id));

/** Sent by the app itself, or able to change how long a request is or where it goes. */
const ownHeaders =
  /^(host|connection|content-(length|type|encoding)|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** Headers with these names hold secrets, which belong into the keychain as the service's key. */
export const secretHeaders =
  /^(authorization|proxy-authorization|cookie|x-api-key|api-key|x-goog-api-key|x-key)$/i;

/** Extra headers of every request: https://www.rfc-editor.org/rfc/rfc9110#section-5 */
export const serviceHeadersSchema = z
  .record(
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/)
      .refine((name) => !ownHeaders.test(name) && !secretHeaders.test(name)),
    z.string().regex(/^[\t\x20-\x7e]{0,1000}$/),
  )
  .refine((headers) => Object.keys(headers).length <= maxHeaders);

export const serviceSchema = z.strictObject({
  id: serviceIdSchema,
  name: serviceNameSchema,
  kind: serviceKindSchema,
  /** Null for the address of its kind. */
  address: addressSchema.nullable(),
  /** Known secrets belong into the keychain. */
  headers: serviceHeadersSchema,
  enabled: z.boolean(),
  /** The models that the user has chosen; null for the defaults of its kind. */
  pictureModel: modelIdSchema.nullable(),
  textModel: modelIdSchema.nullable(),
  /** Null for the default limits. */
  limits: limitsSchema.nullable(),
});
/** What the user lets go to which origins. No one enters them: service-origin.ts. */
export type Consents = {
  /**
   * The origins that the headers may go to, because they may hold secrets all the same; null as long as that is the one of
   * `address`.
   */
  headersFor: readonly string[] | null;
  /** The origins that a key of the environment may go to besides its own. */
  environmentKeyFor: readonly string[];
};
export type Service = z.infer<typeof serviceSchema> & Consents;

/** Of a service for which the user was not asked on this computer. */
export const noConsents: Consents = { headersFor: null, environmentKeyFor: [] };

/** What a test of a service has said. */
export type ServiceCheck = {
  service: ServiceId;
  /** UTC milliseconds. */
  at: number;
  /** Null: it works. */
  problem: Problem | null;
};

/** What can be changed of a service. Its kind and id stay what they were. */
export const serviceChangesSchema = serviceSchema.omit({ id: true, kind: true }).partial();
export type ServiceChanges = Partial<Omit<Service, 'id' | 'kind' | keyof Consents>>;

/** What is known about a service: its row, and what follows from its kind and its address. */
export type ServiceFacts = Omit<KindProfile, 'label' | 'address'> & {
  id: ServiceId;
  kind: ServiceKind;
  name: string;
  /** Where its requests go; null if it has none, or none is known. */
  address: string | null;
  /** Whether its pictures cost nothing: by nature, or because it is the user's own server. */
  free: boolean;
};

/** Returns what is known about a service of this row. */
export function factsOf({
  id,
  kind,
  name,
  address,
}: Pick<Service, 'id' | 'kind' | 'name' | 'address'>): ServiceFacts {
  const { label: _, ...profile } = serviceKinds[kind];
  const effective = address ?? profile.address;
  const isOwnServer = profile.anyServer && effective !== null && isPrivateAddress(effective);
  return {
    ...profile,
    id,
    kind,
    name,
    address: effective,
    free: profile.local || isOwnServer,
    needsKey: profile.needsKey && !isOwnServer,
  };
}

function isPrivateAddress(address: string): boolean {
  return URL.canParse(address) && isPrivateHost(new URL(address).hostname);
}

/** Returns the name of a service in the language of the interface: those of the app's own have one in each. */
export function shownServiceName({ id, kind, name }: Pick<Service, 'id' | 'kind' | 'name'>): string {
  if (kind === 'painter' && name === serviceKinds.painter.label) return t('connect.offline_painter');
  return id === engineServiceId && name === engineServiceName ? t('connect.this_computer') : name;
}

/** Returns a name that none of the others is called by: with the first number that makes it another one. */
export function distinctName(name: string, others: Iterable<string>): string {
  const taken = new Set([...others].map(foldName));
  for (let count = 1; ; count += 1) {
    const mark = count === 1 ? '' : ` ${count}`;
    const candidate = `${name
      .trim()
      .slice(0, maxServiceNameLength - mark.length)
      .trimEnd()}${mark}`;
    if (!taken.has(foldName(candidate))) return candidate;
  }
}

/** Returns the name of a service that has none but its address: its computer with the port; empty without one. */
export function nameOfAddress(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^(www|api)\.(?=.+\.)/, '') : '';
}

/** Returns whether a name was made from an address, also one with a number. */
export function isNameOfAddress(name: string, address: string): boolean {
  const own = nameOfAddress(address);
  return own !== '' && name.replace(/ \d+$/, '') === own;
}

/** Returns whether two names look the same to a user. */
export function isSameName(name: string, other: string): boolean {
  return foldName(name) === foldName(other);
}

function foldName(name: string): string {
  return name.trim().toLowerCase();
}

/** Returns the service of every installation with this id, as it is before anything is changed. */
export function builtInService(id: BuiltInServiceId): Service {
  return newService(id, id, serviceKinds[id].label);
}

/** Returns a service as it is before anything of it is set. */
export function newService(id: ServiceId, kind: ServiceKind, name: string): Service {
  return {
    id,
    name,
    kind,
    address: null,
    headers: {},
    enabled: true,
    pictureModel: null,
    textModel: null,
    limits: null,
    ...noConsents,
  };
}
