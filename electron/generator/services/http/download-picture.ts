// Fetches a picture from the address that a service gave instead of the picture itself.

import { isPrivateHost } from '../../../../shared/domain/addresses';
import { failed } from '../failures';
import type { ServiceFailure } from '../service';
import { PrivateAddressError, publicLookup } from './public-lookup';
import { ResponseTooLargeError, requestBytes } from './request-bytes';

const defaultMaxBytes = 100 * 1024 * 1024;
const maxRedirects = 3;

export type PictureDownload = {
  /** As the service wrote it. */
  url: string;
  /** Whether it may lie on this machine or its network: only where the service itself does. */
  allowPrivate: boolean;
  signal: AbortSignal;
  /** What the picture cost: it has been made. */
  costMicroUsd: number;
  /** Absent: 100 MB. */
  maxBytes?: number;
};

/**
 * No key goes along, and redirects are followed by the same rules. What the user cancels, or what takes too long,
 * throws as the signal does.
 */
export async function downloadPicture(
  place: PictureDownload,
): Promise<{ ok: true; bytes: Uint8Array } | ServiceFailure> {
  const problem = (message: string) => failed('bad_answer', place.costMicroUsd, message);
  const strange =
    'The service gave an address for the picture that Afterimage does not open. Try again, or choose another model.';
  let address = place.url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return problem(strange);
    if (!place.allowPrivate && isPrivateHost(url.hostname)) return problem(strange);
    try {
      const answer = await requestBytes(url, {
        signal: place.signal,
        maxBytes: place.maxBytes ?? defaultMaxBytes,
        ...(!place.allowPrivate && { lookup: publicLookup }),
      });
      if (answer.status >= 300 && answer.status < 400 && answer.location !== null) {
        address = URL.canParse(answer.location, url.href) ? new URL(answer.location, url).href : '';
        continue;
      }
      if (answer.status === 200 && answer.bytes.length > 0) return { ok: true, bytes: answer.bytes };
      return problem(
        'The service made the picture, but it was not at the address that it gave. It may already have been charged.',
      );
    } catch (error) {
      if (place.signal.aborted) throw error;
      if (error instanceof PrivateAddressError) return problem(strange);
      if (error instanceof ResponseTooLargeError) {
        return failed(
          'picture_too_large',
          place.costMicroUsd,
          'The service made a picture of more than 100 MB, which Afterimage does not keep. Ask for a smaller one.',
        );
      }
      return failed(
        'connection_lost',
        place.costMicroUsd,
        'The picture was made, but the connection broke while it was fetched. It may already have been charged.',
      );
    }
  }
  return problem(strange);
}
