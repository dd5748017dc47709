// Which addresses a provider may be asked at.
import { z } from 'zod';
import { providers } from './model-catalogue';
import { type ProviderId, providerIdSchema } from './models';

/**
 * An address that the user has typed: http or https, with no name and password in it, which would go into logs and
 * errors.
 */
export const addressSchema = z
  .string()
  .trim()
  .max(500)
  .refine((text) => problemOf(text) === null);

export const addressesSchema = z.partialRecord(providerIdSchema, addressSchema);
export type Addresses = z.infer<typeof addressesSchema>;

function problemOf(text: string): string | null {
  if (!URL.canParse(text)) return 'no address';
  const { protocol, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'not of the web';
  return username || password ? 'holds a password' : null;
}

/** @returns whether an address leads into this machine or the local network, judged by its name or number alone. */
export function isPrivateAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.toLowerCase().replace(/\.$/, '');
  if (/^(localhost|.*\.(localhost|local|internal|lan|home|home\.arpa))$/.test(host)) return true;
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1));
  const numbers = host.split('.').map(Number);
  if (numbers.length === 4 && numbers.every((part) => part >= 0 && part <= 255)) return isPrivateV4(numbers);
  // A name without a dot can only be one of the local network.
  return !host.includes('.');
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry */
function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 198 && (b === 18 || b === 19)) ||
    a >= 224
  );
}

/** https://www.iana.org/assignments/iana-ipv6-special-registry; `host` as URL writes it, shortened. */
function isPrivateV6(host: string): boolean {
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(host) ?? [];
  if (high !== undefined && low !== undefined) {
    const numbers = [Number.parseInt(high, 16), Number.parseInt(low, 16)].flatMap((part) => [
      part >> 8,
      part & 255,
    ]);
    return isPrivateV4(numbers);
  }
  return host === '::' || host === '::1' || /^f[cd]/.test(host) || /^fe[89a-f]/.test(host);
}

/**
 * @returns why this provider must not be asked there; null where it may be. A provider that is local by nature may be
 *   anywhere; another one only on a private address where the user allows it.
 */
export function refuseAddress(
  provider: ProviderId,
  address: string,
  allowPrivate: boolean,
): 'bad_address' | 'private_address' | null {
  if (!addressSchema.safeParse(address).success) return 'bad_address';
  if (providers[provider].local || allowPrivate) return null;
  return isPrivateAddress(address) ? 'private_address' : null;
}
