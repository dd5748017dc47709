// Creates a service from a wire profile. Keys, timeouts, cancellation, protection against double charges and
// explanations are the same for all services.
import { failureLike } from '../../../../shared/domain/errors';
import { priceOf } from '../../../../shared/domain/model-lookup';
import { maxReferencesOf } from '../../../../shared/domain/part-support';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { type Sentence, say, sentence } from '../../../../shared/languages/sentence';
import { cancelledBeforeSending, failed, isRetryableConnectError, noConnectionFailure } from '../failures';
import { createDetachedStrings } from '../http/detach-base64';
import { withRetries } from '../http/with-retries';
import { dataUrlOf, readPictures } from '../read-pictures';
import { withQuote } from '../safe-quote';
import { salvagePictures } from '../salvage-pictures';
import type { MadePicture, PictureContext, Service, ServiceFailure } from '../service';
import { takePictures } from '../take-pictures';
import { endpointOf } from './endpoint';
import { explain } from './explain';
import { EditError, type HostedProfile, type MadeByService, type PictureRequest } from './profile';
import { createQueries } from './queries';
import type { HostedTiming } from './timing';
import { createWire, type JobState } from './wire';

/** Replaces text replies, for services whose text models use another profile. */
export type TextPart = Pick<Service, 'reply'>;

/**
 * Creates a service.
 *
 * @param text replaces the fixed note for text messages, if the service has text models.
 */
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
      const jobState: JobState = {
        ...{ accepted: false, stops: [], warnings: [...references.warnings] },
        isSeedChosen: job.params.seedChosen === true,
        onProgress: context.onProgress,
      };
      warnAboutIgnored(profile, job, jobState);
      // Volcengine, xAI, OpenRouter and others name pictures as OpenAI does.
      const strings = createDetachedStrings(['b64_json']);
      const worked = await withRetries(
        timing,
        {
          signal: context.signal,
          onCancel: ({ wasSent }) => {
            if (free) return failed('cancelled', null);
            const isLate = jobState.accepted || wasSent;
            return isLate ? failed('cancelled_late', possible()) : cancelledBeforeSending('picture');
          },
          onTimeout: ({ wasSent }) =>
            jobState.accepted || wasSent
              ? failed('timed_out', possible())
              : noConnectionFailure('unreachable', context.service),
          explain: (error, exchange) => {
            if (error instanceof EditError) return { ...failureLike(error.failure), costMicroUsd: null };
            return explain(error, exchange, {
              ...{ name, model: job.model, apiKey: context.service.apiKey, destination: context.service },
              ...{ accepted: jobState.accepted, possibleCost: possible() },
            });
          },
          mayRetry: (failure, { status, hasLeft }, error) =>
            !jobState.accepted &&
            (status === 503 ||
              (free === true && failure.code === 'connection_lost') ||
              (status === null && !hasLeft && isRetryableConnectError(error))),
        },
        async (tools) => {
          const wire = createWire(endpoint, jobState, { ...tools, strings }, timing.pollMs);
          const answer = await profile.makePicture(
            {
              job,
              service: context.service,
              references: references.urls,
              prepareEdit: editsOf(job, context),
            },
            wire,
          );
          const taken = await takePictures(answer.pictures, {
            baseUrl: endpoint.baseUrl,
            allowPrivate: endpoint.isPrivate,
            signal: tools.signal,
            costMicroUsd: free ? 0 : (answer.costMicroUsd ?? priceOfAll(price, answer)),
            bytesOf: strings.bytesOf,
          });
          return withWords(taken, answer, context.service.apiKey);
        },
      );
      const made = salvagePictures(worked.ok ? worked.value : worked, strings, free ? 0 : price);
      // Not awaited, because the user has already stopped waiting. Harmless if the job has ended.
      if (!made.ok && endsWork(made)) for (const stop of jobState.stops) void stop().catch(() => undefined);
      if (!made.ok || jobState.warnings.length === 0) return made;
      return { ...made, warnings: [...jobState.warnings, ...(made.warnings ?? [])] };
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

    ...createQueries(profile, timing),
  };
}

/**
 * Returns the price of all pictures of an answer, because services also charge for more pictures than were
 * requested.
 *
 * @param price of one picture
 */
function priceOfAll(price: number | null, { pictures }: MadeByService): number | null {
  return price === null ? null : price * Math.max(1, pictures.length);
}

/** Adds the service's own text. An answer that reports a cost was charged, whatever it contains. */
function withWords(
  taken: MadePicture | ServiceFailure,
  { words = '', costMicroUsd: reported }: MadeByService,
  apiKey: string | null,
): MadePicture | ServiceFailure {
  if (taken.ok) return words.trim() === '' ? taken : { ...taken, words };
  if (taken.code !== 'no_picture') return taken;
  const charged = reported === null || reported === 0 ? null : reported;
  if (words.trim() === '') return { ...taken, costMicroUsd: charged };
  const explanation = sentence('errors.answered_with_words');
  return failed('answered_with_words', charged, withQuote(explanation, words, [apiKey]));
}

function endsWork({ code }: ServiceFailure): boolean {
  return code === 'cancelled' || code === 'cancelled_late' || code === 'timed_out';
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
  { warnings }: JobState,
): void {
  if (params.negativePrompt && !takes.negativePrompt)
    warnings.push(sentence('services.no_negative_prompt', { service: name }));
  if (params.seedChosen && !takes.seed) warnings.push(sentence('services.no_seed', { service: name }));
}
