// Makes a service of a wire profile: keys, time limits, cancel, charge safety, explanations and lists are the same for all.
import { isPrivateHost } from '../../../../shared/domain/addresses';
import { aboutAnswer, failureLike } from '../../../../shared/domain/errors';
import { priceOf } from '../../../../shared/domain/model-lookup';
import { maxOfferedModels, type OfferedModel } from '../../../../shared/domain/models';
import { maxReferencesOf } from '../../../../shared/domain/part-support';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { type Sentence, say, sentence } from '../../../../shared/languages/sentence';
import { cancelledBeforeSending, failed, isRetryableConnectError } from '../failures';
import { createDetachedStrings } from '../http/detach-base64';
import { isHeaderSafe } from '../http/tracked-fetch';
import { type RequestTiming, withRetries } from '../http/with-retries';
import { describeCount } from '../name-offered-model';
import { dataUrlOf, readPictures } from '../read-pictures';
import type { PictureContext, Service, ServiceContext, ServiceFailure } from '../service';
import { takePictures } from '../take-pictures';
import { explain } from './explain';
import { EditError, type HostedProfile, type PictureRequest, type Wire } from './profile';
import { type Course, createWire, type Endpoint } from './wire';

export type HostedTiming = RequestTiming & {
  /** Between two looks at a job, in milliseconds. */
  pollMs: number;
};

/** A replacement for text, of services whose text models come by another profile. */
export type TextPart = Pick<Service, 'reply'>;

const maxListMs = 20_000;

export function createHostedService(profile: HostedProfile, timing: HostedTiming, text?: TextPart): Service {
  const { name, free } = profile;
  return {
    async makePicture(job, context) {
      const endpoint = endpointOf(profile, context);
      if (!('baseUrl' in endpoint)) return endpoint;
      const references = await readReferences(profile, job, context);
      if (!references.ok) return references;
      const price = free ? 0 : priceOf(context.service.id, job.model, job.params);
      const possible = () => (free ? null : (price ?? 0));
      const course: Course = { accepted: false, stops: [], warnings: [...references.warnings] };
      warnAboutIgnored(profile, job, course);
      const made = await withRetries(
        timing,
        {
          signal: context.signal,
          onCancel: ({ sent }) => {
            if (free) return failed('cancelled', null);
            const isLate = course.accepted || sent;
            return isLate ? failed('cancelled_late', possible()) : cancelledBeforeSending('picture');
          },
          onTimeout: ({ sent }) =>
            course.accepted || sent ? failed('timed_out', possible()) : failed('unreachable', null),
          explain: (error, exchange) => {
            if (error instanceof EditError) return { ...failureLike(error.failure), costMicroUsd: null };
            return explain(error, exchange, {
              ...{ name, model: job.model, apiKey: context.service.apiKey, address: endpoint.baseUrl },
              ...{ accepted: course.accepted, possibleCost: possible() },
            });
          },
          mayRetry: (failure, { status, left }, error) =>
            !course.accepted &&
            (status === 503 ||
              (free === true && failure.code === 'connection_lost') ||
              (status === null && !left && isRetryableConnectError(error))),
        },
        async (tools) => {
          // Volcengine, xAI, OpenRouter and others name pictures as OpenAI does.
          const strings = createDetachedStrings(['b64_json']);
          const wire = createWire(endpoint, course, tools, timing.pollMs, context.onProgress, strings);
          const answer = await profile.makePicture(
            {
              job,
              service: context.service,
              references: references.urls,
              prepareEdit: editsOf(job, context),
            },
            wire,
          );
          return takePictures(answer.pictures, {
            baseUrl: endpoint.baseUrl,
            allowPrivate: endpoint.isPrivate,
            signal: tools.signal,
            costMicroUsd: free ? 0 : (answer.costMicroUsd ?? price),
            bytesOf: strings.bytesOf,
          });
        },
      );
      // Not awaited: the user has already stopped waiting. Harmless if the work has ended.
      if (!made.ok && endsWork(made)) for (const stop of course.stops) void stop().catch(() => undefined);
      if (!made.ok || !made.value.ok) return made.ok ? made.value : made;
      return course.warnings.length === 0 ? made.value : { ...made.value, warnings: course.warnings };
    },

    async reply(job, context) {
      if (text) return text.reply(job, context);
      return {
        ok: true,
        text: say(sentence('services.does_not_talk', { service: name })),
        pictures: [],
        costMicroUsd: 0,
      };
    },

    ...(profile.models && {
      async listModels(context) {
        const found = await list(profile, timing, context);
        if (!('models' in found)) return failureLike(found);
        return { ok: true, models: found.models };
      },
      async check(context) {
        const found = await list(profile, timing, context);
        if (!('models' in found)) return failureLike(found);
        return { ok: true, says: describeCount(found.count, context.service.apiKey !== null) };
      },
    }),

    ...(profile.listFiles && {
      async listFiles(context: ServiceContext, classes: readonly string[]) {
        const { listFiles } = profile;
        const found = await ask(profile, timing, context, async (wire) => listFiles?.(classes, wire) ?? {});
        if (!found.ok) return failureLike(found);
        return { ok: true, files: found.value };
      },
    }),
  };
}

function endsWork({ code }: ServiceFailure): boolean {
  return code === 'cancelled' || code === 'cancelled_late' || code === 'timed_out';
}

function endpointOf(profile: HostedProfile, { service }: ServiceContext): Endpoint | ServiceFailure {
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

async function readReferences(
  { name, references: own }: HostedProfile,
  { references = [], model }: PictureJob,
  context: PictureContext,
): Promise<{ ok: true; urls: string[]; warnings: Sentence[] } | ServiceFailure> {
  const taken = own?.(model, context.service) ?? maxReferencesOf(context.service.id, model);
  if (references.length > 0 && taken === 0) return failed('no_references', null);
  const read = await readPictures(references.slice(0, taken), context);
  if (!read.ok) return read;
  const urls = read.pictures.map(dataUrlOf);
  const left = references.length - urls.length;
  return {
    ok: true,
    urls,
    warnings: left > 0 ? [sentence('services.first_references_only', { service: name, count: taken })] : [],
  };
}

/** @throws EditError if a file is missing or does not fit. */
function editsOf(job: PictureJob, context: PictureContext): PictureRequest['prepareEdit'] {
  return async (limits, form = 'gray') => {
    const edit = await context.prepareEdit(job, form, { ...limits, isRegion: true });
    if (!edit) return null;
    if (!edit.ok) throw new EditError(edit);
    const { picture, mask, width, height } = edit.value;
    const isExtended = job.params.edit?.frame !== undefined;
    return { picture: pngUrl(picture), mask: pngUrl(mask), width, height, isExtended };
  };
}

function pngUrl(bytes: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
}

function warnAboutIgnored(
  { takes, name }: HostedProfile,
  { params }: PictureJob,
  { warnings }: Course,
): void {
  if (params.negativePrompt && !takes.negativePrompt)
    warnings.push(sentence('services.no_negative_prompt', { service: name }));
  if (params.seedChosen && !takes.seed) warnings.push(sentence('services.no_seed', { service: name }));
}

async function list(
  profile: HostedProfile,
  timing: HostedTiming,
  context: ServiceContext,
): Promise<{ ok: true; models: OfferedModel[]; count: number } | ServiceFailure> {
  const { models } = profile;
  if (models === null) return failed('nothing_to_list', null);
  const read = await ask(
    profile,
    timing,
    context,
    async (wire, address) =>
      'list' in models
        ? models.list(wire, address)
        : models.read(await wire.read(models.path), context.service),
    'list' in models ? models.address : undefined,
  );
  if (!read.ok) return read;
  return { ok: true, models: read.value.slice(0, maxOfferedModels), count: read.value.length };
}

/** Runs requests that make nothing, for which a user waits. */
async function ask<Value>(
  profile: HostedProfile,
  timing: HostedTiming,
  context: ServiceContext,
  work: (wire: Wire, address: string) => Promise<Value>,
  addressOf = (configured: string): string => configured,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const found = endpointOf(profile, context);
  if (!('baseUrl' in found)) return found;
  const endpoint = { ...found, baseUrl: addressOf(found.baseUrl) };
  const course: Course = { accepted: false, stops: [], warnings: [] };
  const origin = {
    name: profile.name,
    model: null,
    apiKey: context.service.apiKey,
    address: endpoint.baseUrl,
  };
  const late = failed('unreachable', null, sentence('services.no_answer_in_time'));
  return withRetries(
    { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxListMs) },
    {
      signal: context.signal,
      onCancel: () => failed('cancelled', null),
      onTimeout: () => late,
      explain: (error, exchange) =>
        aboutAnswer(explain(error, exchange, { ...origin, accepted: false, possibleCost: null })),
      mayRetry: (_failure, { status }) => status === 503,
    },
    (tools) =>
      work(
        createWire(endpoint, course, tools, timing.pollMs, () => {}),
        endpoint.baseUrl,
      ),
  );
}
