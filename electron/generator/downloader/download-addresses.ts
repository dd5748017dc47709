// Decides which addresses a download may use. Redirects follow the same rule.
import type { LookupFunction } from 'node:net';
import { isLoopbackHost, isPrivateHost } from '../../../shared/domain/addresses';
import { publicLookup } from '../services/http/public-lookup';

/**
 * Returns how to connect to an address: https, and public. null if it must not be used.
 *
 * @param allowLoopback whether this computer may serve it, over http too: only where the user's own catalogue says so.
 */
export function permittedLookup(url: URL, allowLoopback: boolean): { lookup?: LookupFunction } | null {
  if (url.username !== '' || url.password !== '') return null;
  if (allowLoopback && isLoopbackHost(url.hostname)) return /^https?:$/.test(url.protocol) ? {} : null;
  if (url.protocol !== 'https:' || isPrivateHost(url.hostname)) return null;
  return { lookup: publicLookup };
}
