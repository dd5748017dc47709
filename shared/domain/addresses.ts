// Decides which addresses a service may use.
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { type ServiceKind, serviceKinds } from './service-kinds';
import { withoutTrailing } from './without-trailing';

export const maxAddressLength = 500;

/** An address that the user typed: http or https, without a name and password, which would appear in logs and errors. */
export const addressSchema = z.string().trim().max(maxAddressLength).refine(isWebAddress);

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** Names that resolve on this computer or in its network: https://www.iana.org/assignments/special-use-domain-names */
const localNames = /^(localhost|.*\.(localhost|local|internal|lan|home|home\.arpa))$/;

/**
 * Returns whether a host is this computer or in its local network, decided by its spelling, without a lookup.
 *
 * @param host a name or an IP address, as in `URL.hostname` or as DNS returns it: with or without brackets, a zone id or
 *   a trailing dot, and with IPv4 in any notation.
 */
export function isPrivateHost(host: string): boolean {
  const name = withoutTrailing(
    host
      .toLowerCase()
      .replace(/^\[|\]$/g, '')
      .replace(/%.*$/, ''),
    '.',
  );
  if (ipaddr.isValid(name)) return isPrivateIp(ipaddr.parse(name));
  // A colon, or a number as the last label, means that this is a malformed address.
  if (name.includes(':') || /(^|\.)(\d+|0x[\da-f]*)$/.test(name)) return true;
  // Only the local network resolves a name without a dot.
  return localNames.test(name) || !name.includes('.');
}

/** Returns whether a host is this computer itself, decided by its spelling, as in `isPrivateHost`. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(name)) return ipaddr.parse(name).range() === 'loopback';
  return name === 'localhost' || name.endsWith('.localhost');
}

/** Everything but global unicast counts as private. IPv6 addresses that stand for an IPv4 address are classified by it. */
function isPrivateIp(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const range = address.range();
  if (!(address instanceof ipaddr.IPv6)) return range !== 'unicast';
  const bytes = address.toByteArray();
  const isPrivateV4 = (start: number, flip = 0) =>
    isPrivateIp(new ipaddr.IPv4(bytes.slice(start, start + 4).map((byte) => byte ^ flip)));
  switch (range) {
    case 'ipv4Mapped':
    case 'rfc6145':
      return isPrivateV4(12);
    case 'rfc6052':
      // 64:ff9b:1::/48 is for translation within a network: https://www.rfc-editor.org/rfc/rfc8215
      return !address.match(nat64) || isPrivateV4(12);
    case '6to4':
      return isPrivateV4(2);
    case 'teredo':
      // The server's address, and the client's with every bit inverted: https://www.rfc-editor.org/rfc/rfc4380#section-4
      return isPrivateV4(4) || isPrivateV4(12, 0xff);
    case 'unicast':
      // The deprecated IPv4-compatible form: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.1
      return address.match(ipv4Compatible) && isPrivateV4(12);
    default:
      return true;
  }
}

const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const ipv4Compatible = ipaddr.IPv6.parseCIDR('::/96');

/**
 * Returns why a service must not use an address; null if it may. The user's own engine and a server that the user names
 * may have any address. Other services may have a private address only if the user allows it.
 */
export function refuseAddress(
  kind: ServiceKind,
  address: string,
  allowPrivate: boolean,
): 'bad_address' | 'private_address' | null {
  if (!addressSchema.safeParse(address).success) return 'bad_address';
  const { local, anyServer, address: usual } = serviceKinds[kind];
  if (local || (anyServer && usual === null) || allowPrivate) return null;
  return isPrivateHost(new URL(address).hostname) ? 'private_address' : null;
}
