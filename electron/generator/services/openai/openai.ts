// Any OpenAI-compatible service at a given address: pictures, edits, and chat replies that request pictures.

import { priceOf } from '../../../../shared/domain/model-lookup';
import { type ServiceKind, serviceKinds } from '../../../../shared/domain/service-kinds';
import type { Sentence } from '../../../../shared/languages/sentence';
import { textPromptOf } from '../chat-prompt';
import { failed } from '../failures';
import { createDetachedStrings } from '../http/detach-base64';
import type { RequestTiming } from '../http/with-retries';
import { readPictures } from '../read-pictures';
import { salvagePictures } from '../salvage-pictures';
import type { Service } from '../service';
import { costOfAnswer, isFree } from './cost';
import { readEndpoint } from './endpoint';
import { checkOpenai, listOpenaiModels } from './models';
import { readAttachments, readPictureResponse, requestPicture } from './pictures';
import { emptyReply, estimateUsage, readReply, requestReply, takeReplyPictures } from './reply';
import { sendRequest } from './request';

/** Creates the service. It sends one request for each picture, and retries only if the first cost nothing. */
export function createOpenaiService(timing: RequestTiming): Service {
  return {
    async makePicture(job, context) {
      const endpoint = readEndpoint(context);
      if (!('baseUrl' in endpoint)) return endpoint;
      // Ollama does not support edits: https://docs.ollama.com/api/openai-compatibility
      if (context.service.kind === 'ollama' && job.references?.length) return failed('no_references', null);
      const attachments = await readAttachments(job, context);
      if (!attachments.ok) return attachments;
      const priceMicroUsd = priceOf(context.service.id, job.model, job.params);
      const possibleCost = () => (isFree(context) ? null : (priceMicroUsd ?? 0));
      const strings = createDetachedStrings(['b64_json']);
      const subject = { model: job.model, makes: 'picture', possibleCost, strings } as const;
      const { isPrivate, baseUrl } = endpoint;
      const warnings: Sentence[] = [];
      // Other services reject these parameters as unknown, or charge differently for them.
      const mayPreview = context.service.kind === 'openai' && !isFree(context);
      const onPartial = mayPreview ? (bytes: Uint8Array) => context.onProgress(null, bytes) : null;
      const warn = (warning: Sentence) => void warnings.push(warning);
      const sent = await sendRequest(timing, context, endpoint, subject, async (client, tools) => {
        const pictureTools = { ...tools, bytesOf: strings.bytesOf };
        return readPictureResponse(
          await requestPicture(client, job, attachments, pictureTools, { warn, onPartial }),
          { costOf: (usage) => costOfAnswer(context, job.model, usage), priceMicroUsd, baseUrl, isPrivate },
          pictureTools,
        );
      });
      const made = salvagePictures(sent.ok ? sent.value : sent, strings, isFree(context) ? 0 : priceMicroUsd);
      if (!made.ok || warnings.length === 0) return made;
      return { ...made, warnings: [...warnings, ...(made.warnings ?? [])] };
    },

    async reply(job, context) {
      const endpoint = readEndpoint(context);
      if (!('baseUrl' in endpoint)) return endpoint;
      const model = job.model ?? serviceKinds[context.service.kind].defaultTextModel ?? '';
      const read = await readPictures(job.references ?? [], context);
      if (!read.ok) return read;
      const question = { model, prompt: textPromptOf(job), pictures: read.pictures };
      const partial = emptyReply(context.onText);
      // Zero if the price is unknown, because something may have been charged.
      const possibleCost = () =>
        isFree(context)
          ? null
          : (costOfAnswer(context, model, partial.usage ?? estimateUsage(job, partial)) ?? 0);
      const subject = { model, makes: 'answer', possibleCost } as const;
      const done = await sendRequest(timing, context, endpoint, subject, async (client, tools) => {
        await requestReply(client, question, partial, tools);
        if (!tools.exchange.isJsonResponse) throw new TypeError('A page instead of a stream.');
        await takeReplyPictures(partial, endpoint, tools);
      });
      return done.ok
        ? readReply(partial, job, {
            known: costOfAnswer(context, model, partial.usage),
            possible: possibleCost(),
          })
        : done;
    },

    listModels: (context) => listOpenaiModels(timing, context),
    check: (context) => checkOpenai(timing, context),
  };
}

/** Returns the service with the time limit of its kind: a user's own server may take as long as an engine. */
export function openaiFor(kind: ServiceKind): Service {
  const { timeLimitMs } = serviceKinds[kind];
  return createOpenaiService({ timeoutMs: timeLimitMs, retryDelayMs: () => 500 + Math.random() * 1500 });
}

/** For the replies of other services that implement OpenAI's chat API. */
export const openai: Service = openaiFor('openai');
