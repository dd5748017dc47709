// A DNS lookup that rejects names that resolve to private addresses.
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateHost } from '../../../../shared/domain/addresses';

/** Thrown for a name that resolves to this computer or its network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/**
 * Resolves a name, and accepts only public addresses. The connection itself uses this lookup, so a name that
 * changes its address after a check cannot bypass it.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return callback(error ?? new Error('No address.'), '', 0);
    if (found.some(({ address }) => isPrivateHost(address))) {
      return callback(new PrivateAddressError('A private address.'), '', 0);
    }
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};
