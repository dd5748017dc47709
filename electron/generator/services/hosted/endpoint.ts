// The URL and the headers of a hosted service.
import { isPrivateHost } from '../../../../shared/domain/addresses';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import { sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import { isHeaderSafe } from '../http/tracked-fetch';
import type { ServiceContext, ServiceFailure } from '../service';
import type { HostedProfile } from './profile';
import type { Endpoint } from './wire';

/** Returns the address and the headers, or the reason why no request can be sent. */
export function endpointOf(profile: HostedProfile, { service }: ServiceContext): Endpoint | ServiceFailure {
  const { apiKey, kind } = service;
  const configured = withoutTrailing(service.baseUrl ?? serviceKinds[kind].address ?? '', '/');
  const url = URL.canParse(configured) ? new URL(configured) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return failed('bad_answer', null, sentence('services.address_invalid'));
  }
  const isPrivate = isPrivateHost(url.hostname);
  if (!apiKey && serviceKinds[kind].needsKey) return failed('key_missing', null);
  if (apiKey && !isHeaderSafe(apiKey)) {
    return failed('key_rejected', null, sentence('services.key_unsendable'));
  }
  const keyHeaders = apiKey ? profile.keyHeaders(apiKey) : {};
  const baseUrl = profile.address?.(configured) ?? configured;
  return { baseUrl, headers: { ...service.headers, ...keyHeaders }, isPrivate };
}
