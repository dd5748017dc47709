// Downloads a picture to which a service links.

import { isPrivateHost } from '../../../../shared/domain/addresses';
import { sentence } from '../../../../shared/languages/sentence';
import { failed, proxyFailure } from '../failures';
import type { ServiceFailure } from '../service';
import { PrivateAddressError, publicLookup } from './public-lookup';
import { ResponseTooLargeError, requestBytes } from './request-bytes';

export const defaultMaxBytes = 100 * 1024 * 1024;
const maxRedirects = 3;

export type PictureDownload = {
  /** The address as the service sent it, not validated. */
  url: string;
  /** Whether a private address is permitted: only if the service itself has one. */
  allowPrivate: boolean;
  signal: AbortSignal;
  /** The picture's cost. It has been made even if the download fails. */
  costMicroUsd: number;
  /** Absent: 100 MB. */
  maxBytes?: number;
  /** Maximum duration of the download in milliseconds. Absent: until the signal aborts. */
  maxMs?: number | undefined;
};

/**
 * Sends no key, and applies the same rules to redirects. A proxy resolves names itself, so only literal private
 * addresses are refused then.
 *
 * @throws if the signal aborts.
 */
export async function downloadPicture(download: PictureDownload): Promise<Downloaded | ServiceFailure> {
  // Node 20 may collect the signals of AbortSignal.any and AbortSignal.timeout before they fire.
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = download.maxMs === undefined ? undefined : setTimeout(stop, download.maxMs);
  download.signal.addEventListener('abort', stop, { once: true });
  if (download.signal.aborted) stop();
  try {
    return await follow(download, controller.signal);
  } finally {
    clearTimeout(timer);
    download.signal.removeEventListener('abort', stop);
  }
}

type Downloaded = { ok: true; bytes: Uint8Array; mimeType: string | null };

/** @param until also aborts after the maximum duration. */
async function follow(
  { url: firstUrl, allowPrivate, signal, costMicroUsd, maxBytes = defaultMaxBytes }: PictureDownload,
  until: AbortSignal,
): Promise<Downloaded | ServiceFailure> {
  const refusedAddress = failed('bad_picture_address', costMicroUsd);
  let address = firstUrl;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return refusedAddress;
    if (!allowPrivate && isPrivateHost(url.hostname)) return refusedAddress;
    try {
      const response = await requestBytes(url, {
        signal: until,
        maxBytes,
        ...(!allowPrivate && { lookup: publicLookup }),
      });
      if (response.status >= 300 && response.status < 400 && response.location !== null) {
        address = URL.canParse(response.location, url.href) ? new URL(response.location, url).href : '';
        continue;
      }
      if (response.status === 200 && response.bytes.length > 0)
        return { ok: true, bytes: response.bytes, mimeType: response.contentType || null };
      return failed('bad_picture_address', costMicroUsd, sentence('services.picture_address_empty'));
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof PrivateAddressError) return refusedAddress;
      if (error instanceof ResponseTooLargeError) {
        return failed('picture_too_large', costMicroUsd, sentence('services.picture_over_limit'));
      }
      const proxy = proxyFailure(error);
      if (proxy) {
        const reason = proxy.sentence ?? proxy.message;
        return failed(
          'connection_lost',
          costMicroUsd,
          sentence('services.picture_download_no_way', { reason }),
        );
      }
      return failed('connection_lost', costMicroUsd, sentence('services.picture_download_broke'));
    }
  }
  return refusedAddress;
}
