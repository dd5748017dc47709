// The reasons for which Google's models answer without a result, each with its code and sentence.
import type { ErrorCode } from '../../../../shared/domain/errors';

export type Reason = { code: ErrorCode; message?: string };

const blocked = (message: string): Reason => ({ code: 'blocked_prompt', message });
const refused = (message: string): Reason => ({ code: 'refused', message });
const filtered = (message: string): Reason => ({ code: 'picture_filtered', message });
const missing = (message: string): Reason => ({ code: 'no_picture', message });

/** https://ai.google.dev/api/generate-content#BlockReason. The last two are from Vertex. */
const blockReasons: Readonly<Record<string, Reason>> = {
  SAFETY: blocked(
    'Google’s safety filter stopped this prompt before anything was made. Change the prompt, then try again.',
  ),
  OTHER: blocked(
    'Google stopped this prompt before anything was made and gave no reason. Change the prompt, or choose another model.',
  ),
  BLOCKLIST: blocked(
    'This prompt contains words from Google’s blocklist, so nothing was made. Rephrase the prompt, then try again.',
  ),
  PROHIBITED_CONTENT: blocked(
    'Google’s rules prohibit what this prompt asks for, so nothing was made. Ask for something else.',
  ),
  IMAGE_SAFETY: blocked(
    'Google’s safety filter stopped this prompt because of its pictures. Change the prompt or the reference pictures, then try again.',
  ),
  MODEL_ARMOR: blocked(
    'Model Armor, a filter of your Google Cloud project, stopped this prompt. Change the prompt, or ask the project’s administrator.',
  ),
  JAILBREAK: blocked(
    'Google classified this prompt as a jailbreak, so nothing was made. Rephrase the prompt, then try again.',
  ),
};

/** https://ai.google.dev/api/generate-content#FinishReason */
const finishReasons: Readonly<Record<string, Reason>> = {
  SAFETY: refused(
    'Google’s safety filter ended this request without a result. Change the prompt, then try again.',
  ),
  RECITATION: refused(
    'Google ended this request because the result was too similar to an existing work. Ask for something more original, then try again.',
  ),
  LANGUAGE: refused('Google’s model does not support this language. Use another language, then try again.'),
  BLOCKLIST: refused(
    'Google ended this request because of words on its blocklist. Rephrase the prompt, then try again.',
  ),
  PROHIBITED_CONTENT: refused(
    'Google ended this request because its rules prohibit the result. Ask for something else.',
  ),
  SPII: refused(
    'Google ended this request because of personal data, such as an account number. Remove it from the prompt, then try again.',
  ),
  IMAGE_SAFETY: filtered(
    'Google’s safety filter withheld the finished picture. Change the prompt, then try again.',
  ),
  IMAGE_PROHIBITED_CONTENT: filtered(
    'Google’s rules prohibit what the finished picture shows, so Google withheld it. Ask for something else.',
  ),
  IMAGE_RECITATION: filtered(
    'The finished picture was too similar to an existing one, so Google withheld it. Ask for something more original, then try again.',
  ),
  IMAGE_OTHER: missing(
    'Google could not finish this picture and gave no reason. Try again, or choose another model.',
  ),
  NO_IMAGE: missing(
    'Google’s model accepted this request but made no picture. Describe the picture more clearly, then try again.',
  ),
  OTHER: missing(
    'Google ended this request without a picture and gave no reason. Try again later, or choose another model.',
  ),
  MAX_TOKENS: missing(
    'The answer became too long before there was a picture. Shorten the prompt, then try again.',
  ),
  STOP: missing('Google reported success but sent no picture. Change the prompt, then try again.'),
};

/** The response is valid JSON without any content. */
export const emptyResponse: Reason = missing(
  'Google sent an empty answer, without a picture and without a reason. Try again, or choose another model.',
);

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
