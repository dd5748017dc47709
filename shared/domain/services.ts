// A service: a row that the user has added, with its own key, address, models and limits.
import { z } from 'zod';
import { t } from '../languages/translate';
import { addressSchema, isPrivateHost } from './addresses';
import { engineServiceId, engineServiceName } from './engine';
import type { Problem } from './errors';
import { limitsSchema } from './limits';
import { type KindProfile, type ServiceKind, serviceKindSchema, serviceKinds } from './service-kinds';

/**
 * The id of a service in rows, keys and settings. `automatic` is reserved, because it is a setting. Properties of every
 * object, such as `constructor`, are excluded because lookups in a record would find them.
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

/** Headers that the app sends itself, or that could change the length or the destination of a request. */
const ownHeaders =
  /^(host|connection|content-(length|type|encoding)|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** Headers with these names hold secrets, which belong in the keychain as the service's key. */
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
  /** Null for the default address of its kind. */
  address: addressSchema.nullable(),
  /** Must not hold known secrets, which belong in the keychain. */
  headers: serviceHeadersSchema,
  enabled: z.boolean(),
  /** The models that the user has chosen; null for the defaults of its kind. */
  pictureModel: modelIdSchema.nullable(),
  textModel: modelIdSchema.nullable(),
  /** Null for the default limits. */
  limits: limitsSchema.nullable(),
});
/** The origins that the user has approved for secrets. They are derived, not entered: see service-origin.ts. */
export type Consents = {
  /**
   * The origins that the headers may be sent to, because headers may hold secrets; null while that is only the origin of
   * `address`.
   */
  headersFor: readonly string[] | null;
  /** The origins besides its own that a key from the environment may be sent to. */
  environmentKeyFor: readonly string[];
};
export type Service = z.infer<typeof serviceSchema> & Consents;

/** The consents of a service for which the user was not asked on this computer. */
export const noConsents: Consents = { headersFor: null, environmentKeyFor: [] };

/** The result of a test of a service. */
export type ServiceCheck = {
  service: ServiceId;
  /** UTC milliseconds. */
  at: number;
  /** Null: it works. */
  problem: Problem | null;
};

/** The fields of a service that can be changed. Its kind and id stay the same. */
export const serviceChangesSchema = serviceSchema.omit({ id: true, kind: true }).partial();
export type ServiceChanges = Partial<Omit<Service, 'id' | 'kind' | keyof Consents>>;

/** The facts about a service that follow from its row, its kind and its address. */
export type ServiceFacts = Omit<KindProfile, 'label' | 'address'> & {
  id: ServiceId;
  kind: ServiceKind;
  name: string;
  /** The address of its requests; null if it has none or none is known. */
  address: string | null;
  /** Whether its pictures are free: because of its kind, or because it is the user's own server. */
  free: boolean;
};

/** Returns the facts about the service of this row. */
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

/** Returns the name of a service. Names that the app gave are translated. */
export function shownServiceName({ id, kind, name }: Pick<Service, 'id' | 'kind' | 'name'>): string {
  if (kind === 'painter' && name === serviceKinds.painter.label) return t('connect.offline_painter');
  return id === engineServiceId && name === engineServiceName ? t('connect.this_computer') : name;
}

/** Returns a name that differs from all others, with a number appended if necessary. */
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

/** Returns a name for a service without one: the host and port of its address; empty without an address. */
export function nameOfAddress(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^(www|api)\.(?=.+\.)/, '') : '';
}

/** Returns whether a name was made from an address, possibly with a number appended. */
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

/** Returns a built-in service with its initial values. */
export function builtInService(id: BuiltInServiceId): Service {
  return newService(id, id, serviceKinds[id].label);
}

/** Returns a service with its initial values. */
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
