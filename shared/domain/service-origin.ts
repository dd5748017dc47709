// The origin of a service's requests. A key may only be sent to the origins that it was entered for.
import { type ServiceKind, serviceKinds } from './service-kinds';

/** Returns the origin of a service's address; null if it has none. @param address null for the default one of its kind */
export function originOf(kind: ServiceKind, address: string | null): string | null {
  const used = address ?? serviceKinds[kind].address;
  return used !== null && URL.canParse(used) ? new URL(used).origin : null;
}

/** Returns a short form of an origin for display. */
export function shownOrigin(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}

/** Returns whether secrets that belong to `origins` may be sent to `origin`. */
export function belongsTo(origins: readonly string[], origin: string | null): boolean {
  return origin !== null && origins.includes(origin);
}

/**
 * Returns the origins that the headers of a service may go to. Unless its address was changed after they were entered,
 * that is the one of its address.
 */
export function originsOfHeaders({
  kind,
  address,
  headersFor,
}: {
  kind: ServiceKind;
  address: string | null;
  headersFor: readonly string[] | null;
}): readonly string[] {
  const own = originOf(kind, address);
  return headersFor ?? (own === null ? [] : [own]);
}
