// Whether a key would travel where others can read it.
import { isPrivateHost } from './addresses';

/**
 * Returns what a user should know before a key is stored for an address; null if the connection is encrypted, or stays
 * on this computer or in its network. A text that is no address gets null: refuseAddress() says what is wrong with it.
 */
export function clearKeyWarning(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, hostname, host } = new URL(address);
  if (protocol !== 'http:' || isPrivateHost(hostname)) return null;
  return `The connection to ${host} is not encrypted. Everyone on the way to it can read your key. Use an address with https:// if there is one.`;
}
