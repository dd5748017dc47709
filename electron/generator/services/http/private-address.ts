// Tells addresses of this machine and its network from those of the internet.
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress as isPrivateName } from '../../../../shared/domain/addresses';

/** https://www.iana.org/assignments/iana-ipv4-special-registry and …-ipv6-special-registry */
const privateRanges = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  // The same addresses, written as IPv6, are in it too.
  privateRanges.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(net, prefix, 'ipv6');
}

/** @param hostname as in a `URL`: IPv6 in brackets. @returns whether it is private by what is written, unasked. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return isPrivateName(`http://${host}`);
}

function isPrivateAddress(address: string): boolean {
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** A name leads to this machine or its network. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/**
 * Looks a name up and lets only addresses of the internet through. It is the very look-up that the connection uses,
 * so that a name which leads elsewhere a moment later gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return callback(error ?? new Error('No address.'), '', 0);
    if (found.some(({ address }) => isPrivateAddress(address))) {
      return callback(new PrivateAddress('A private address.'), '', 0);
    }
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};
