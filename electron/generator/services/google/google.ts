// Google's Gemini API: pictures, edits, and chat replies that request pictures.

import type { Content } from '@google/genai';
import { findModel, priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams, PictureResolution } from '../../../../shared/domain/models';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import type { Service, ServiceContext } from '../service';
import { buildContents } from './contents';
import { checkKey, listGoogleModels, outputOfModel, toFailure } from './models';
import { readPictureResponse } from './picture-response';
import { streamReply } from './reply';
import {
  defaultOptions,
  type GoogleOptions,
  type GoogleRequestTools,
  keyProblem,
  modelIdProblem,
  requestGoogle,
} from './request';

/** Set explicitly, because the SDK would read an address from the environment. */
const googleAddress = 'https://generativelanguage.googleapis.com';

/** Google documents pictures for this version. Set explicitly, because the SDK would read it from the environment. */
const apiVersion = 'v1beta';

/** Creates the service. It sends one request for each picture, and retries only if the first cost nothing. */
export function createGoogleService(options: GoogleOptions): Service {
  return {
    async makePicture(job, context) {
      const problem = keyProblem(context.service.apiKey) ?? modelIdProblem(job.model);
      if (problem) return problem;
      const contents = await buildContents(job, context);
      if (!contents.ok) return contents;

      const { model, params } = job;
      const price = priceOf(context.service.id, model, params) ?? 0;
      const request = { signal: context.signal, makes: 'picture', model, possibleCost: () => price } as const;
      const made = await requestGoogle(options, request, async (tools) => {
        const generate = (contents: Content[]) =>
          connect(tools, context).models.generateContent({
            model,
            contents,
            config: {
              responseModalities: ['IMAGE'],
              imageConfig: { aspectRatio: params.aspectRatio, ...sizeOf(model, params) },
              // Otherwise the SDK sends further paid requests while a response has a continuation token.
              automaticContinuation: false,
              abortSignal: tools.signal,
            },
          });
        const { bytesOf } = tools;
        try {
          return { response: await generate(contents.contents), bytesOf };
        } catch (error) {
          if (!contents.singleTurn || tools.exchange.status !== 400 || !isAboutSignature(error)) throw error;
          return { response: await generate(contents.singleTurn), bytesOf };
        }
      });
      if (!made.ok) return made;
      const { apiKey } = context.service;
      const onInterim = (bytes: Uint8Array) => context.onProgress(null, bytes);
      const { response, bytesOf } = made.value;
      return readPictureResponse(response, {
        bytesOf,
        service: context.service.id,
        model,
        params,
        apiKey,
        now: options.clock.now(),
        onInterim,
      });
    },

    async reply(job, context) {
      const model = job.model ?? serviceKinds.google.defaultTextModel ?? '';
      const problem = keyProblem(context.service.apiKey) ?? modelIdProblem(model);
      if (problem) return problem;
      return streamReply(options, { job, model, context, connect: (tools) => connect(tools, context) });
    },

    async listModels(context) {
      const problem = keyProblem(context.service.apiKey);
      return problem ? toFailure(problem) : listGoogleModels(options, modelListRequest(context));
    },

    async check(context) {
      const problem =
        keyProblem(context.service.apiKey) ?? (await checkKey(options, modelListRequest(context)));
      if (problem) return toFailure(problem);
      return { ok: true, message: 'Google accepts this API key.' };
    },
  };
}

export const google: Service = createGoogleService(defaultOptions);

function connect({ sdk, httpOptions }: GoogleRequestTools, { service }: ServiceContext) {
  const { apiKey, baseUrl, headers } = service;
  return new sdk.GoogleGenAI({
    apiKey: apiKey ?? '',
    vertexai: false,
    apiVersion,
    httpOptions: {
      ...httpOptions,
      headers: { ...headers, ...httpOptions.headers },
      baseUrl: baseUrl ?? googleAddress,
    },
  });
}

function modelListRequest(context: ServiceContext) {
  return { context, makes: outputOfModel, connect: (tools: GoogleRequestTools) => connect(tools, context) };
}

/** Another model made the picture, or its signature has expired. A request rejected for this costs nothing. */
function isAboutSignature(error: unknown): boolean {
  return error instanceof Error && /thought[_ ]?signature/i.test(error.message);
}

/** Sends no size to a model with only one; an unknown model gets the size that the user chose. */
function sizeOf(modelId: string, { resolution }: PictureParams): { imageSize?: PictureResolution } {
  const offered = findModel(modelId)?.prices;
  if (offered === undefined) return resolution ? { imageSize: resolution } : {};
  if (Object.keys(offered).length < 2) return {};
  return { imageSize: resolution && resolution in offered ? resolution : '1K' };
}
