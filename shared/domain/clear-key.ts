// Warns about a key that would be sent unencrypted.
import { t } from '../languages/translate';
import { isPrivateHost } from './addresses';

/**
 * Returns what a user should know before a key is stored for an address; null if the connection is encrypted, or stays
 * on this computer or in its network. Null for an invalid address too, which refuseAddress() explains.
 */
export function clearKeyWarning(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, hostname, host } = new URL(address);
  if (protocol !== 'http:' || isPrivateHost(hostname)) return null;
  return t('services.clear_key', { host });
}
