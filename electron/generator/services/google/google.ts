// Google's Gemini API: pictures, edits, and chat replies that request pictures.

import type { Content } from '@google/genai';
import { findModel, priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams, PictureResolution } from '../../../../shared/domain/models';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { createDetachedStrings } from '../http/detach-base64';
import { salvagePictures } from '../salvage-pictures';
import type { Service, ServiceContext } from '../service';
import { type GoogleConnection, gemini, vertex } from './connections';
import { buildContents } from './contents';
import { checkKey, listGoogleModels, outputOfModel, toFailure } from './models';
import { readPictureResponse } from './picture-response';
import { streamReply } from './reply';
import {
  defaultOptions,
  type GoogleOptions,
  type GoogleRequestTools,
  modelIdProblem,
  pictureProperties,
  requestGoogle,
} from './request';

/** Creates the service. It sends one request for each picture, and retries only if the first cost nothing. */
export function createGoogleService(options: GoogleOptions, connection: GoogleConnection = gemini): Service {
  const { connect, unsent } = connection;
  const modelListRequest = (context: ServiceContext) => ({
    context,
    makes: outputOfModel,
    connect: (tools: GoogleRequestTools) => connect(tools, context),
    ...(unsent && { unsent }),
  });

  return {
    async makePicture(job, context) {
      const problem = connection.problem(context) ?? modelIdProblem(job.model);
      if (problem) return problem;
      const contents = await buildContents(job, context);
      if (!contents.ok) return contents;

      const { model, params } = job;
      const price = priceOf(context.service.id, model, params);
      const strings = createDetachedStrings(pictureProperties);
      const request = {
        ...({
          signal: context.signal,
          makes: 'picture',
          model,
          strings,
          possibleCost: () => price ?? 0,
        } as const),
        destination: context.service,
        ...(unsent && { unsent }),
      };
      const made = await requestGoogle(options, request, async (tools) => {
        const generate = (contents: Content[]) =>
          connect(tools, context).models.generateContent({
            model,
            contents,
            config: {
              responseModalities: ['IMAGE'],
              ...thinkingOf(params, tools.sdk),
              imageConfig: { aspectRatio: params.aspectRatio, ...sizeOf(model, params) },
              // Otherwise the SDK sends further paid requests while a response has a continuation token.
              automaticContinuation: false,
              abortSignal: tools.signal,
            },
          });
        try {
          return await generate(contents.contents);
        } catch (error) {
          if (!contents.singleTurn || tools.exchange.status !== 400 || !isAboutSignature(error)) throw error;
          return await generate(contents.singleTurn);
        }
      });
      const read = (response: unknown) =>
        readPictureResponse(response, {
          bytesOf: strings.bytesOf,
          service: context.service.id,
          model,
          params,
          apiKey: context.service.apiKey,
          now: options.clock.now(),
          onInterim: (bytes) => context.onProgress(null, bytes),
        });
      return salvagePictures(made.ok ? read(made.value) : made, strings, price);
    },

    async reply(job, context) {
      const model = job.model ?? serviceKinds.google.defaultTextModel ?? '';
      const problem = connection.problem(context) ?? modelIdProblem(model);
      if (problem) return problem;
      return streamReply(options, {
        ...{ job, model, context, connect: (tools) => connect(tools, context) },
        ...(unsent && { unsent }),
      });
    },

    async listModels(context) {
      const problem = connection.problem(context);
      return problem ? toFailure(problem) : listGoogleModels(options, modelListRequest(context));
    },

    async check(context) {
      const problem = connection.problem(context) ?? (await checkKey(options, modelListRequest(context)));
      if (problem) return toFailure(problem);
      return { ok: true, says: connection.accepted };
    },
  };
}

export const google: Service = createGoogleService(defaultOptions);

/** Gemini's models on Google Cloud: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-generation */
export const geminiOnVertex: Service = createGoogleService(defaultOptions, vertex);

/** The SDK has its own names for the levels. */
function thinkingOf({ thinking }: PictureParams, { ThinkingLevel }: GoogleRequestTools['sdk']) {
  const levels = { minimal: ThinkingLevel.MINIMAL, medium: ThinkingLevel.MEDIUM, high: ThinkingLevel.HIGH };
  return thinking === undefined ? {} : { thinkingConfig: { thinkingLevel: levels[thinking] } };
}

/**
 * Returns whether the signature was rejected: another model made the picture, or the signature has expired. Such a
 * request costs nothing.
 */
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
