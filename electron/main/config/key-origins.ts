// Where keys may be sent: a key goes to the origins that it was entered for, and to those that the user has allowed.

import { belongsTo } from '../../../shared/domain/service-origin';
import type { ServiceId } from '../../../shared/domain/services';

/** The origins of services, each null where there is none. */
export type ServiceOrigins = {
  /** Returns the origin to which a service's requests currently go. */
  inUse: (id: ServiceId) => string | null;
  /** Returns the origin of the saved address, regardless of the environment. */
  saved: (id: ServiceId) => string | null;
  /**
   * Returns the origin that a key from the environment is for: that of the environment's address, or else the default
   * one.
   */
  ofEnvironment: (id: ServiceId) => string | null;
  /** Returns further origins that the user has allowed for a key from the environment. */
  allowedOfEnvironment: (id: ServiceId) => readonly string[];
};

/** Decides where the keys of services may be sent. */
export function createKeyOrigins({ inUse, saved, ofEnvironment, allowedOfEnvironment }: ServiceOrigins) {
  return {
    /**
     * Returns the origins of a newly entered key. @param origin the one it was entered for; absent: the current one;
     * null: none.
     */
    forEntered: (id: ServiceId, origin: string | null = inUse(id)): string[] => originList(origin),
    /** Returns the origins of a key that an earlier version stored without any. */
    forUnmarked: (id: ServiceId): string[] => [...new Set([saved(id), inUse(id)].flatMap(originList))],
    /** Returns the origins of a key from the environment. */
    forEnvironment: (id: ServiceId): string[] => [
      ...originList(ofEnvironment(id)),
      ...allowedOfEnvironment(id),
    ],
    /** Returns whether a key with these origins may be sent to a service's current origin. */
    mayGo: (id: ServiceId, origins: readonly string[]): boolean => belongsTo(origins, inUse(id)),
    /** Returns whether a service's current origin is the one of the environment. */
    isWhereEnvironmentSays: (id: ServiceId): boolean => inUse(id) === ofEnvironment(id),
  };
}

function originList(origin: string | null): string[] {
  return origin === null ? [] : [origin];
}
