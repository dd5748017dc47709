// Requests suggestions from text models. Each request has a row and a charge before it is sent, and is never repeated
// automatically.
import type { RequestInput } from '../../../shared/contract';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { cleanSuggestion } from '../../../shared/domain/clean-suggestion';
import {
  aboutAnswer,
  explanation,
  explanationOf,
  failure,
  failureLike,
  type Result,
  success,
} from '../../../shared/domain/errors';
import { protectPatterns, restorePatterns } from '../../../shared/domain/protect-patterns';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { Suggestion, SuggestionKind } from '../../../shared/domain/suggestions';
import type { TextService } from '../../../shared/domain/text-service';
import { asUncharged } from '../../../shared/domain/without-charge';
import { isBilledReply } from '../../../shared/generator/billing';
import type { Ended } from '../../../shared/generator/ended';
import type { Job, PictureReference, TextJob } from '../../../shared/generator/jobs';
import { type FailedJob, failedJob, type Outcome } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';

export type SuggestionOptions = {
  store: Store;
  broadcast: Broadcast;
  /** Returns the service to ask; null if no connected one supports this. */
  chooseService: (kind: SuggestionKind, chosen: ChosenModel | undefined) => TextService | null;
  /** Returns why the user's own cap refuses a text; null if it does not. */
  refusalOf: (text: { id: string; provider: string; model: string }) => FailedJob | null;
  /** Returns a picture as a reference for a request; undefined if it is in Trash or missing. */
  referenceTo: (imageId: string) => PictureReference | undefined;
  /** Runs the job. Never rejects: a failure is an outcome. */
  run: (job: TextJob) => Promise<Outcome>;
  /** Asks a running job to stop; it ends through `run`'s promise. */
  stop: (jobId: string) => void;
  replies: {
    direct: (jobId: string, target: { save: (text: string) => void; show: (text: string) => void }) => void;
    end: (jobId: string) => void;
  };
  /** Ends the charge of a request. @param received the text that had arrived. */
  endCharge: (ended: Ended, received: string) => void;
  /** Keeps a text out of the log. */
  concealPrompt: (text: string) => void;
  /** Writes a request's result, now or as soon as possible. @param name for the log */
  saveEnd: (name: string, write: () => void) => void;
  onWriteError: (error: unknown) => void;
  /** UTC milliseconds. */
  now: () => number;
  /** Runs work once the replies to the current requests have been sent. */
  later: (work: () => void) => void;
};

export type Suggestions = ReturnType<typeof createSuggestions>;

/**
 * A suggestion does not wait in a queue: its request leaves at once, or is refused with a reason. Its row makes a
 * paid answer survive a crash; see docs/decisions/065.
 */
export function createSuggestions(options: SuggestionOptions) {
  const { store, broadcast, now } = options;
  /** Ids of suggestions requested in this run of the app. */
  const ofThisRun = new Set<string>();
  /** Ids of suggestions that the user has stopped, perhaps before they began. */
  const stopped = new Set<string>();

  function announce(id: string): void {
    const suggestion = store.suggestions.find(id);
    if (suggestion) broadcast('suggestion:changed', suggestion);
  }

  /** Returns the text of an answer as the composer can take it. */
  function prepared(answer: string, original: string): string {
    return restorePatterns(cleanSuggestion(answer, original), original, store.settings.read().wordLists);
  }

  function ask(input: RequestInput<'suggestions:ask'>): Result<Suggestion> {
    const { id, conversationId, kind, model: chosen } = input;
    const known = store.suggestions.find(id);
    if (known) return success(known);
    const service = options.chooseService(kind, chosen);
    if (!service) return failure(kind === 'improve' ? 'no_text_model' : 'no_seeing_model');
    const { serviceId: provider, model } = service;
    const asked = { jobId: id, requestId: id, provider, model };
    const job = input.kind === 'improve' ? improvement(asked, input) : description(asked, input.imageId);
    if (!job) return failure(kind === 'improve' ? 'empty_message' : 'not_found');
    const refused = options.refusalOf({ id, provider, model });
    if (refused) return failureLike(aboutAnswer(refused));
    const requestedAt = now();
    const original = input.kind === 'improve' ? input.text : '';
    const imageId = input.kind === 'describe' ? input.imageId : null;
    store.transaction(() => {
      store.suggestions.closeEmpty(conversationId);
      store.suggestions.insert({ id, conversationId, kind, original, imageId, provider, model, requestedAt });
      store.charges.open({
        ...{ id, kind: 'text', messageId: null, provider, model, requestedAt },
        amountMicroUsd: isBilledReply(job) ? null : 0,
      });
    });
    ofThisRun.add(id);
    options.concealPrompt(input.kind === 'improve' ? input.text : '');
    options.later(() => start(job, original, requestedAt));
    const begun = store.suggestions.find(id);
    return begun ? success(begun) : failure('internal');
  }

  function improvement(
    asked: Omit<TextJob, 'kind' | 'text' | 'history'>,
    { text, attached }: Extract<RequestInput<'suggestions:ask'>, { kind: 'improve' }>,
  ): TextJob | null {
    const { text: marked, parts } = protectPatterns(text.trim(), store.settings.read().wordLists);
    if (marked.trim() === '') return null;
    return {
      ...asked,
      ...{ kind: 'text', text: marked, history: [], suggestion: { kind: 'improve', attached, parts } },
    };
  }

  function description(asked: Omit<TextJob, 'kind' | 'text' | 'history'>, imageId: string): TextJob | null {
    const reference = options.referenceTo(imageId);
    if (!reference) return null;
    // Without the signature, which is only useful to the model that made the picture and would keep the file's
    // metadata.
    const references = [{ ...reference, prompt: '', signature: null }];
    return { ...asked, kind: 'text', text: '', history: [], suggestion: { kind: 'describe' }, references };
  }

  function start(job: TextJob, original: string, requestedAt: number): void {
    const { jobId } = job;
    if (stopped.has(jobId)) {
      save({ job, outcome: failedJob(jobId, 'cancelled', 0), requestedAt });
      return;
    }
    const { conversationId = '' } = store.suggestions.find(jobId) ?? {};
    options.replies.direct(jobId, {
      save: (answer) => store.suggestions.setArrived(jobId, prepared(answer, original)),
      show: (answer) =>
        broadcast('suggestion:text', { id: jobId, conversationId, text: prepared(answer, original) }),
    });
    options
      .run(job)
      .catch((error: unknown) => {
        console.error(`Suggestion ${jobId} has failed in an unknown way:`, error);
        return failedJob(jobId, 'internal', 0);
      })
      .then((outcome) => save({ job, outcome, requestedAt }))
      .catch(options.onWriteError);
  }

  function save(ended: Ended): void {
    const { jobId } = ended.job;
    // Not shown: a name in Diagnostics.
    options.saveEnd(`The end of suggestion ${jobId}`, () => {
      options.replies.end(jobId);
      settle(ended);
    });
  }

  function settle(ended: Ended): void {
    const { job, outcome } = ended;
    const { jobId: id } = job;
    const { text: arrived = '', original = '' } = store.suggestions.find(id) ?? {};
    const text = outcome.type === 'replied' ? prepared(outcome.text, original) : arrived;
    const isEmpty = outcome.type === 'replied' && text === '';
    const failed = outcome.type === 'failed' ? explained(job, outcome) : isEmpty ? failure('no_reply') : null;
    const error = failed && { code: failed.code, ...explanationOf(failed) };
    const details = error && {
      requestId: job.requestId,
      ...(outcome.type === 'failed' && outcome.details),
    };
    // Stopped before its request was sent: there is nothing to show.
    const isClosed = error?.code === 'cancelled' && text === '';
    store.transaction(() => {
      options.endCharge(ended, text);
      store.suggestions.end(id, { text, error, details, isClosed });
    });
    announce(id);
  }

  return {
    ask,
    /** Asks a running request to stop. */
    stop(id: string): void {
      stopped.add(id);
      options.stop(id);
    },
    list(conversationId: string, isNew: boolean): Suggestion[] {
      // A new chat without a draft gets a new id at the next start.
      const orphans = isNew ? store.suggestions.orphans().filter(({ id }) => !ofThisRun.has(id)) : [];
      if (orphans.length > 0)
        store.batch(() => {
          for (const { id } of orphans) store.suggestions.move(id, conversationId);
        });
      return store.suggestions.openIn(conversationId);
    },
    /** @returns false if there is no such suggestion, or it has not ended. */
    edit: (id: string, text: string): boolean => store.batch(() => store.suggestions.setEdited(id, text)),
    close(ids: readonly string[], isUndo: boolean): void {
      store.transaction(() => {
        for (const id of ids) store.suggestions.setClosed(id, !isUndo);
      });
      for (const id of ids) announce(id);
    },
    /**
     * Ends the requests of an earlier process with the text received so far. They may have been charged, so none is
     * repeated.
     */
    recover(): void {
      for (const { id, original, imageId, provider, model } of store.suggestions.running()) {
        if (ofThisRun.has(id)) continue;
        const job: TextJob = {
          ...{ kind: 'text', jobId: id, requestId: id, provider, model, text: original, history: [] },
          ...(imageId !== null && { references: [{ imageId, file: '', prompt: '', signature: null }] }),
        };
        const code = isBilledReply(job) ? 'interrupted' : 'generator_stopped';
        const requestedAt = store.charges.find(id)?.requestedAt ?? now();
        save({ job, outcome: failedJob(id, code, 0), requestedAt });
      }
      try {
        store.batch(() => store.suggestions.removeClosed());
      } catch (error) {
        // For example on a full disk. The next start removes them.
        options.onWriteError(error);
      }
    },
  };
}

/** The standard texts for interruptions mention a button that suggestions do not have. */
function explained({ provider }: Job, failed: FailedJob): FailedJob {
  const said =
    failed.code === 'interrupted'
      ? { ...failed, ...explanation('interrupted', sentence('services.suggestion_interrupted')) }
      : aboutAnswer(failed);
  return serviceOf(provider).free ? asUncharged(said) : said;
}
