// Services that answer on this computer, as entries of the list of known services.
import { type KnownService, knownServices } from './known-services';
import { serviceKinds } from './service-kinds';

/** `name` is that of a known service; `address` is the one that a user would enter. */
export type FoundService = { name: string; address: string };

/** Returns the known service at the address where it was found; undefined if this version does not know it. */
export function knownServiceAt({ name, address }: FoundService): KnownService | undefined {
  const known = knownServices.find((entry) => entry.name === name);
  if (!known) return undefined;
  const usual = known.address ?? serviceKinds[known.kind].address;
  return address === usual ? known : { ...known, address };
}
