// The reasons for which Google's models return no result, each with its code and sentence.

import type { ErrorCode } from '../../../../shared/domain/errors';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';

export type Reason = { code: ErrorCode; precise?: Sentence };

const blocked = (precise: Sentence): Reason => ({ code: 'blocked_prompt', precise });
const refused = (precise: Sentence): Reason => ({ code: 'refused', precise });
const filtered = (precise: Sentence): Reason => ({ code: 'picture_filtered', precise });
const missing = (precise: Sentence): Reason => ({ code: 'no_picture', precise });

/** https://ai.google.dev/api/generate-content#BlockReason. The last two are from Vertex. */
const blockReasons: Readonly<Record<string, Reason>> = {
  SAFETY: blocked(sentence('services.google_blocked_safety')),
  OTHER: blocked(sentence('services.google_blocked_other')),
  BLOCKLIST: blocked(sentence('services.google_blocked_words')),
  PROHIBITED_CONTENT: blocked(sentence('services.google_blocked_prohibited')),
  IMAGE_SAFETY: blocked(sentence('services.google_blocked_pictures')),
  MODEL_ARMOR: blocked(sentence('services.google_blocked_model_armor')),
  JAILBREAK: blocked(sentence('services.google_blocked_jailbreak')),
};

/** https://ai.google.dev/api/generate-content#FinishReason */
const finishReasons: Readonly<Record<string, Reason>> = {
  SAFETY: refused(sentence('services.google_refused_safety')),
  RECITATION: refused(sentence('services.google_refused_recitation')),
  LANGUAGE: refused(sentence('services.google_refused_language')),
  BLOCKLIST: refused(sentence('services.google_refused_words')),
  PROHIBITED_CONTENT: refused(sentence('services.google_refused_prohibited')),
  SPII: refused(sentence('services.google_refused_personal_data')),
  IMAGE_SAFETY: filtered(sentence('services.google_withheld_safety')),
  IMAGE_PROHIBITED_CONTENT: filtered(sentence('services.google_withheld_prohibited')),
  IMAGE_RECITATION: filtered(sentence('services.google_withheld_recitation')),
  IMAGE_OTHER: missing(sentence('services.google_unfinished')),
  NO_IMAGE: missing(sentence('services.google_made_no_picture')),
  OTHER: missing(sentence('services.google_ended_without_reason')),
  MAX_TOKENS: missing(sentence('services.google_answer_too_long')),
  STOP: missing(sentence('services.google_success_without_picture')),
};

/** The response is valid JSON without any content. */
export const emptyResponse: Reason = missing(sentence('services.google_empty_answer'));

/** Explains a prompt's `blockReason`. An unknown reason still means that the prompt was blocked. */
export function explainBlockReason(reason: string): Reason {
  return lookUp(blockReasons, reason) ?? { code: 'blocked_prompt' };
}

/** Explains a candidate's `finishReason` if there is no picture. An unknown reason counts as an error, not a refusal. */
export function explainFinishReason(reason: string): Reason {
  return lookUp(finishReasons, reason) ?? { code: 'no_picture' };
}

/** Returns the reason if Google's rules ended a text answer; null if it ended normally. */
export function explainTextRefusal(reason: string): Reason | null {
  const found = lookUp(finishReasons, reason);
  return found?.code === 'refused' ? found : null;
}

function lookUp(table: Readonly<Record<string, Reason>>, reason: string): Reason | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}
