// Imagen on Google Vertex, with an express key or with a project and a location.
import { z } from 'zod';
import { imagenAspectRatios } from '../../../../shared/domain/model-catalogue';
import { findModel, priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams } from '../../../../shared/domain/models';
import { failed } from '../failures';
import { emptyResponse } from '../google/block-reasons';
import { keyRejected } from '../google/failures';
import { checkKey, listGoogleModels, toFailure } from '../google/models';
import {
  defaultOptions,
  type GoogleOptions,
  type GoogleRequestTools,
  isSendableKey,
  modelIdProblem,
  requestGoogle,
} from '../google/request';
import { useSystemAgents } from '../http/system-agents';
import { safeQuote } from '../safe-quote';
import type { MadePicture, Service, ServiceContext, ServiceFailure } from '../service';
import { optional, optionalList, optionalText } from '../tolerant';

const apiVersion = 'v1beta1';

/** Creates the service. Google has shut these models down, but some locations still serve them. */
export function createImagenService(options: GoogleOptions): Service {
  return {
    async makePicture(job, context) {
      const { model, params, prompt } = job;
      const problem =
        credentialsProblem(context) ??
        modelIdProblem(model) ??
        parametersProblem(params.aspectRatio, job.references?.length ?? 0);
      if (problem) return problem;
      const price = priceOf(context.service.id, model, params);
      const known = findModel(model);
      const offersSizes = known === undefined || Object.keys(known.prices).length > 1;
      const made = await requestGoogle(
        options,
        {
          signal: context.signal,
          makes: 'picture',
          model,
          possibleCost: () => price ?? 0,
          unsent: noCredentials,
        },
        (tools) =>
          connect(tools, context).models.generateImages({
            model,
            prompt,
            config: {
              numberOfImages: 1,
              aspectRatio: params.aspectRatio,
              // Otherwise a withheld picture is missing without a reason.
              includeRaiReason: true,
              ...(params.resolution && offersSizes && { imageSize: params.resolution }),
              ...(params.negativePrompt &&
                known?.negativePrompt !== false && { negativePrompt: params.negativePrompt }),
              abortSignal: tools.signal,
            },
          }),
      );
      if (!made.ok) return made;
      return readPredictions(made.value, price, context.service.apiKey);
    },

    async reply() {
      const text =
        'Imagen makes pictures but does not talk. Ask me for one, such as “generate an image of a lighthouse at dusk”.';
      return { ok: true, text, pictures: [], costMicroUsd: 0 };
    },

    async listModels(context) {
      const problem = credentialsProblem(context);
      return problem ? toFailure(problem) : listGoogleModels(options, modelListRequest(context));
    },

    async check(context) {
      const problem = credentialsProblem(context) ?? (await checkKey(options, modelListRequest(context)));
      if (problem) return toFailure(problem);
      return { ok: true, message: 'Google Vertex accepts these credentials.' };
    },
  };
}

export const imagen: Service = createImagenService(defaultOptions);

const noCredentials = failed(
  'key_missing',
  null,
  'This computer has no Google credentials. Sign in with “gcloud auth application-default login”, or use an express key instead of a project.',
);

/** An express key belongs to a project, so it needs none. */
function connect({ sdk, httpOptions }: GoogleRequestTools, { service }: ServiceContext) {
  const { apiKey, baseUrl, headers, project, location } = service;
  const place = location || 'global';
  // The library that gets this computer's credentials would know no proxy.
  if (!apiKey) useSystemAgents();
  return new sdk.GoogleGenAI({
    vertexai: true,
    apiVersion,
    ...(apiKey
      ? { apiKey }
      : {
          project: project ?? '',
          location: place,
          // Otherwise the SDK searches for the project, which takes seconds.
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
      return failed(
        'request_rejected',
        null,
        'GOOGLE_CLOUD_PROJECT or GOOGLE_CLOUD_LOCATION is not valid. Correct it, then start Afterimage again.',
      );
    }
    return null;
  }
  return failed(
    'key_missing',
    null,
    'There is neither an express key nor a project for Google Vertex. Add a key in Settings, or set GOOGLE_CLOUD_PROJECT and start Afterimage again.',
  );
}

function parametersProblem(
  aspectRatio: PictureParams['aspectRatio'],
  references: number,
): ServiceFailure | null {
  if (references > 0) {
    return failed(
      'request_rejected',
      null,
      'Imagen takes no reference pictures. Remove them, or choose another model.',
    );
  }
  if (imagenAspectRatios.includes(aspectRatio)) return null;
  const sentence = `Imagen does not support the shape ${aspectRatio}. Choose ${imagenAspectRatios.join(', ')}, then try again.`;
  return failed('request_rejected', null, sentence);
}

function modelListRequest(context: ServiceContext) {
  return {
    context,
    makes: (id: string) => (id.startsWith('imagen') ? ('pictures' as const) : undefined),
    connect: (tools: GoogleRequestTools) => connect(tools, context),
    unsent: noCredentials,
  };
}

/** The SDK's form of `predictions`: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api */
const predictionsSchema = z.object({
  generatedImages: optionalList(
    z.object({
      image: optional(z.object({ imageBytes: optionalText, mimeType: optionalText })),
      raiFilteredReason: optionalText,
    }),
  ),
});

function readPredictions(
  response: unknown,
  price: number | null,
  apiKey: string | null,
): MadePicture | ServiceFailure {
  const read = predictionsSchema.safeParse(response);
  const predictions = read.data?.generatedImages;
  if (!predictions) return failed('bad_answer', price ?? 0);
  const pictures = predictions.flatMap(({ image }) => {
    const bytes = Buffer.from(image?.imageBytes ?? '', 'base64');
    return bytes.length > 0 ? [{ bytes, mimeType: image?.mimeType ?? null }] : [];
  });
  const [first, ...further] = pictures;
  if (first) {
    const costMicroUsd = price === null ? null : price * pictures.length;
    return { ok: true, ...first, costMicroUsd, ...(further.length > 0 && { further }) };
  }
  // Google charges only for pictures that it returns: https://cloud.google.com/vertex-ai/generative-ai/pricing
  const reason = predictions.find(({ raiFilteredReason }) => raiFilteredReason)?.raiFilteredReason;
  if (reason) {
    const filtered = failed(
      'picture_filtered',
      null,
      'Google’s filter withheld this picture. Change the prompt, then try again.',
    );
    return { ...filtered, message: filtered.message + safeQuote(reason, [apiKey]) };
  }
  return failed(emptyResponse.code, null, emptyResponse.message);
}
