// Imagen on Google Vertex, with an express key or with a project and a location.

import { z } from 'zod';
import { imagenAspectRatios } from '../../../../shared/domain/model-catalogue';
import { findModel, priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams } from '../../../../shared/domain/models';
import { sentence } from '../../../../shared/languages/sentence';
import { t } from '../../../../shared/languages/translate';
import { failed } from '../failures';
import { emptyResponse } from '../google/block-reasons';
import { vertex } from '../google/connections';
import { checkKey, listGoogleModels, toFailure } from '../google/models';
import {
  defaultOptions,
  type GoogleOptions,
  type GoogleRequestTools,
  modelIdProblem,
  pictureProperties,
  requestGoogle,
} from '../google/request';
import { createDetachedStrings, type DetachedStrings } from '../http/detach-base64';
import { withQuote } from '../safe-quote';
import { salvagePictures } from '../salvage-pictures';
import type { MadePicture, Service, ServiceContext, ServiceFailure } from '../service';
import { optional, optionalList, optionalText } from '../tolerant';

/** Creates the service. Google has retired these models, but some locations still serve them. */
export function createImagenService(options: GoogleOptions): Service {
  return {
    async makePicture(job, context) {
      const { model, params, prompt } = job;
      const problem =
        vertex.problem(context) ??
        modelIdProblem(model) ??
        parametersProblem(params.aspectRatio, job.references?.length ?? 0);
      if (problem) return problem;
      const price = priceOf(context.service.id, model, params);
      const known = findModel(model);
      const offersSizes = known === undefined || Object.keys(known.prices).length > 1;
      const strings = createDetachedStrings(pictureProperties);
      const made = await requestGoogle(
        options,
        {
          signal: context.signal,
          destination: context.service,
          makes: 'picture',
          model,
          possibleCost: () => price ?? 0,
          strings,
          unsent: vertex.unsent,
        },
        (tools) =>
          vertex.connect(tools, context).models.generateImages({
            model,
            prompt,
            config: {
              numberOfImages: 1,
              aspectRatio: params.aspectRatio,
              // Without it, a withheld picture is missing without a reason.
              includeRaiReason: true,
              ...(params.resolution && offersSizes && { imageSize: params.resolution }),
              ...(params.negativePrompt &&
                known?.negativePrompt !== false && { negativePrompt: params.negativePrompt }),
              abortSignal: tools.signal,
            },
          }),
      );
      const read = (response: unknown) =>
        readPredictions(response, { price, apiKey: context.service.apiKey, bytesOf: strings.bytesOf });
      return salvagePictures(made.ok ? read(made.value) : made, strings, price);
    },

    async reply() {
      return { ok: true, text: t('services.imagen_does_not_talk'), pictures: [], costMicroUsd: 0 };
    },

    async listModels(context) {
      const problem = vertex.problem(context);
      return problem ? toFailure(problem) : listGoogleModels(options, modelListRequest(context));
    },

    async check(context) {
      const problem = vertex.problem(context) ?? (await checkKey(options, modelListRequest(context)));
      if (problem) return toFailure(problem);
      return { ok: true, says: vertex.accepted };
    },
  };
}

export const imagen: Service = createImagenService(defaultOptions);

function parametersProblem(
  aspectRatio: PictureParams['aspectRatio'],
  references: number,
): ServiceFailure | null {
  if (references > 0) return failed('no_references', null);
  if (imagenAspectRatios.includes(aspectRatio)) return null;
  const values = { shape: aspectRatio, shapes: imagenAspectRatios.join(', ') };
  return failed('request_rejected', null, sentence('services.imagen_shape', values));
}

function modelListRequest(context: ServiceContext) {
  return {
    context,
    makes: (id: string) => (id.startsWith('imagen') ? ('pictures' as const) : undefined),
    connect: (tools: GoogleRequestTools) => vertex.connect(tools, context),
    unsent: vertex.unsent,
  };
}

/**
 * `predictions` as the SDK returns them:
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api
 */
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
  {
    price,
    apiKey,
    bytesOf,
  }: { price: number | null; apiKey: string | null } & Pick<DetachedStrings, 'bytesOf'>,
): MadePicture | ServiceFailure {
  const read = predictionsSchema.safeParse(response);
  const predictions = read.data?.generatedImages;
  if (!predictions) return failed('bad_answer', price ?? 0);
  const pictures = predictions.flatMap(({ image }) => {
    const bytes = bytesOf(image?.imageBytes ?? '');
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
    const withheld = sentence('services.google_filter_withheld');
    return failed('picture_filtered', null, withQuote(withheld, reason, [apiKey]));
  }
  return failed(emptyResponse.code, null, emptyResponse.precise);
}
