// Where keys may be sent: a key goes to the origins that it was entered for, and to those that the user has allowed.

import { belongsTo } from '../../../shared/domain/service-origin';
import type { ServiceId } from '../../../shared/domain/services';

/** The origins of services, each null where there is none. */
export type ServiceOrigins = {
  /** Where a service is asked now. */
  inUse: (id: ServiceId) => string | null;
  /** Of the address that is saved, whatever the environment says. */
  saved: (id: ServiceId) => string | null;
  /** What a key from the environment is for: the address of the environment, or else the usual one. */
  ofEnvironment: (id: ServiceId) => string | null;
  /** Where else the user lets a key from the environment go. */
  allowedOfEnvironment: (id: ServiceId) => readonly string[];
};

/** Decides where the keys of services may go. */
export function createKeyOrigins({ inUse, saved, ofEnvironment, allowedOfEnvironment }: ServiceOrigins) {
  return {
    /** Returns the origins of a key that is entered for an address; absent: for where the service is asked now; null: for none. */
    forEntered: (id: ServiceId, origin: string | null = inUse(id)): string[] => originList(origin),
    /** Returns the origins of a key that an earlier version has stored without any. */
    forUnmarked: (id: ServiceId): string[] => [...new Set([saved(id), inUse(id)].flatMap(originList))],
    /** Returns the origins of a key from the environment. */
    forEnvironment: (id: ServiceId): string[] => [
      ...originList(ofEnvironment(id)),
      ...allowedOfEnvironment(id),
    ],
    /** Returns whether a key of these origins may go to where a service is asked now. */
    mayGo: (id: ServiceId, origins: readonly string[]): boolean => belongsTo(origins, inUse(id)),
    /** Returns whether a service is asked where the environment says. */
    isWhereEnvironmentSays: (id: ServiceId): boolean => inUse(id) === ofEnvironment(id),
  };
}

function originList(origin: string | null): string[] {
  return origin === null ? [] : [origin];
}
