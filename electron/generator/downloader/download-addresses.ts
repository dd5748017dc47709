// Decides which addresses a download may use. Redirects are subject to the same rules.
import type { LookupFunction } from 'node:net';
import { isLoopbackHost, isPrivateHost } from '../../../shared/domain/addresses';
import { publicLookup } from '../services/http/public-lookup';

/**
 * Returns how to connect to an address, which must be https and public; null if it must not be used.
 *
 * @param allowLoopback whether this computer may serve it, also over http; true only if the user's own catalogue is
 *   in use.
 */
export function permittedLookup(url: URL, allowLoopback: boolean): { lookup?: LookupFunction } | null {
  if (url.username !== '' || url.password !== '') return null;
  if (allowLoopback && isLoopbackHost(url.hostname)) return /^https?:$/.test(url.protocol) ? {} : null;
  if (url.protocol !== 'https:' || isPrivateHost(url.hostname)) return null;
  return { lookup: publicLookup };
}
