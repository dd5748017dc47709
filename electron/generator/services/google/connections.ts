// The two connections to Google's models: the Gemini API with its key, and Vertex with an express key or a project.

import type { GoogleGenAI } from '@google/genai';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import { useSystemAgents } from '../http/system-agents';
import type { ServiceContext, ServiceFailure } from '../service';
import { keyRejected } from './failures';
import { type GoogleRequestTools, isSendableKey, keyProblem } from './request';

export type GoogleConnection = {
  connect: (tools: GoogleRequestTools, context: ServiceContext) => GoogleGenAI;
  /** Returns why no request can be sent; null if one can. */
  problem: (context: ServiceContext) => ServiceFailure | null;
  /** The failure if the SDK sends no request; absent if that is a bug. */
  unsent?: ServiceFailure;
  /** The result of a successful check. */
  accepted: Sentence;
};

/** Set explicitly, because the SDK would read an address from the environment. */
const geminiAddress = 'https://generativelanguage.googleapis.com';

export const gemini: GoogleConnection = {
  connect({ sdk, httpOptions }, { service }) {
    const { apiKey, baseUrl, headers } = service;
    return new sdk.GoogleGenAI({
      apiKey: apiKey ?? '',
      vertexai: false,
      // Google documents pictures for this version. Set explicitly, because the SDK would read it from the environment.
      apiVersion: 'v1beta',
      httpOptions: {
        ...httpOptions,
        headers: { ...headers, ...httpOptions.headers },
        baseUrl: baseUrl ?? geminiAddress,
      },
    });
  },
  problem: ({ service }) => keyProblem(service.apiKey),
  accepted: sentence('services.google_key_accepted'),
};

const noCredentials = failed('key_missing', null, sentence('services.vertex_no_credentials'));

/** Connects to Vertex. An express key belongs to a project, so no project is needed with it. */
function connectToVertex({ sdk, httpOptions }: GoogleRequestTools, { service }: ServiceContext): GoogleGenAI {
  const { apiKey, baseUrl, headers, project, location } = service;
  const place = location || 'global';
  // The library that gets this computer's credentials does not support proxies.
  if (!apiKey) useSystemAgents();
  return new sdk.GoogleGenAI({
    vertexai: true,
    apiVersion: 'v1beta1',
    ...(apiKey
      ? { apiKey }
      : {
          project: project ?? '',
          location: place,
          // Without an id, the SDK would search for the project, which takes seconds.
          googleAuthOptions: { projectId: project ?? '' },
        }),
    // Set explicitly, because the SDK would read an address from the environment.
    httpOptions: {
      ...httpOptions,
      headers: { ...headers, ...httpOptions.headers },
      baseUrl: baseUrl ?? addressOf(apiKey ? 'global' : place),
    },
  });
}

/** https://docs.cloud.google.com/vertex-ai/docs/reference/rest#rest_endpoints */
function addressOf(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

function credentialsProblem({ service }: ServiceContext): ServiceFailure | null {
  const { apiKey, project, location } = service;
  if (apiKey && !isSendableKey(apiKey)) return keyRejected();
  if (apiKey || project) {
    const names = [project ?? '', location ?? ''].filter((name) => name !== '');
    if (!apiKey && !names.every((name) => /^[a-z0-9][a-z0-9.:-]*$/.test(name))) {
      return failed('request_rejected', null, sentence('services.vertex_place_invalid'));
    }
    return null;
  }
  return failed('key_missing', null, sentence('services.vertex_no_key'));
}

export const vertex = {
  connect: connectToVertex,
  problem: credentialsProblem,
  unsent: noCredentials,
  accepted: sentence('services.vertex_accepted'),
} satisfies GoogleConnection;
