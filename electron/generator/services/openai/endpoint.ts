// The URL of an OpenAI-compatible service, and its client.

import type { OpenAI } from 'openai';
import { isPrivateHost } from '../../../../shared/domain/addresses';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import { sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import { closeConnection, isHeaderSafe } from '../http/tracked-fetch';
import type { ServiceContext, ServiceFailure } from '../service';

export type Endpoint = {
  apiKey: string | null;
  baseUrl: string;
  isPrivate: boolean;
  /** Headers of every request, without the key. */
  headers: Readonly<Record<string, string>>;
  /** Azure has its own header for keys. */
  isAzure: boolean;
};

/** Returns the endpoint of a service, or the reason why no request can be sent. */
export function readEndpoint({ service }: ServiceContext): Endpoint | ServiceFailure {
  const { apiKey, headers, kind, baseUrl: configured } = service;
  const address = withoutTrailing(configured ?? serviceKinds[kind].address ?? '', '/');
  const isAzure = kind === 'azure';
  const baseUrl = isAzure ? azureAddress(address) : address;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return failed('bad_answer', null, sentence('services.address_invalid_example'));
  }
  const isPrivate = isPrivateHost(url.hostname);
  if (!apiKey && !isPrivate) {
    return failed('key_missing', null, sentence('services.no_key'));
  }
  if (apiKey && !isHeaderSafe(apiKey)) {
    return failed('key_rejected', null, sentence('services.key_unsendable'));
  }
  return { apiKey, baseUrl, isPrivate, headers, isAzure };
}

/**
 * Completes an Azure address, because the portal shows it without a path:
 * https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
function azureAddress(address: string): string {
  return /\/openai\/v1$/.test(address) ? address : `${address.replace(/\/openai$/, '')}/openai/v1`;
}

/** Creates the SDK's client. Explicitly sets everything that the SDK would otherwise read from the environment. */
export function connect(
  Client: typeof OpenAI,
  { apiKey, baseUrl, headers, isAzure }: Endpoint,
  fetch: typeof globalThis.fetch,
): OpenAI {
  return new Client({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    fetch,
    defaultHeaders: {
      ...headers,
      ...closeConnection,
      ...((!apiKey || isAzure) && { Authorization: null }),
      ...(apiKey && isAzure && { 'api-key': apiKey }),
    },
  });
}
