// Why Google's models answer without what they were asked for: each reason with its code and its sentence.
import type { ErrorCode } from '../../../../shared/domain/errors';

export type Reason = { code: ErrorCode; message?: string };

const blocked = (message: string): Reason => ({ code: 'blocked_prompt', message });
const refused = (message: string): Reason => ({ code: 'refused', message });
const filtered = (message: string): Reason => ({ code: 'picture_filtered', message });
const missing = (message: string): Reason => ({ code: 'no_picture', message });

/** https://ai.google.dev/api/generate-content#BlockReason; the last two are Vertex's. */
const blockReasons: Readonly<Record<string, Reason>> = {
  SAFETY: blocked(
    'Google’s safety filter stopped this prompt before anything was made. Change the prompt, then try again.',
  ),
  OTHER: blocked(
    'Google stopped this prompt before anything was made and gave no reason. Change the prompt, or choose another model.',
  ),
  BLOCKLIST: blocked(
    'This prompt holds words that are on Google’s block list, so nothing was made. Say it in other words, then try again.',
  ),
  PROHIBITED_CONTENT: blocked(
    'Google’s rules forbid what this prompt asks for, so nothing was made. Ask for something else.',
  ),
  IMAGE_SAFETY: blocked(
    'Google’s safety filter stopped this prompt because of a picture that it asks for or brings. Change the prompt or that picture, then try again.',
  ),
  MODEL_ARMOR: blocked(
    'A filter of your own Google Cloud project, Model Armor, stopped this prompt. Change the prompt, or ask whoever looks after the project.',
  ),
  JAILBREAK: blocked(
    'Google took this prompt for a way around its rules, so nothing was made. Say it in other words, then try again.',
  ),
};

/** https://ai.google.dev/api/generate-content#FinishReason */
const finishReasons: Readonly<Record<string, Reason>> = {
  SAFETY: refused(
    'Google’s safety filter ended this request without a result. Change the prompt, then try again.',
  ),
  RECITATION: refused(
    'Google ended this request because the result came too close to an existing work. Ask for something more of your own, then try again.',
  ),
  LANGUAGE: refused('Google’s model does not take this language. Use another one, then try again.'),
  BLOCKLIST: refused(
    'Google ended this request because of words on its block list. Say it in other words, then try again.',
  ),
  PROHIBITED_CONTENT: refused(
    'Google ended this request because its rules forbid the result. Ask for something else.',
  ),
  SPII: refused(
    'Google ended this request because of somebody’s personal details, such as an account number. Take them out of the prompt, then try again.',
  ),
  IMAGE_SAFETY: filtered(
    'Google’s safety filter kept the finished picture back. Change the prompt, then try again.',
  ),
  IMAGE_PROHIBITED_CONTENT: filtered(
    'Google’s rules forbid what the finished picture shows, so it was kept back. Ask for something else.',
  ),
  IMAGE_RECITATION: filtered(
    'The finished picture came too close to an existing one, so Google kept it back. Ask for something more of your own, then try again.',
  ),
  IMAGE_OTHER: missing(
    'Google could not finish this picture and gave no reason. Try again, or choose another model.',
  ),
  NO_IMAGE: missing(
    'Google’s model took this request and made no picture. Say more plainly what is to be seen, then try again.',
  ),
  OTHER: missing(
    'Google ended this request without a picture and gave no reason. Try again later, or choose another model.',
  ),
  MAX_TOKENS: missing(
    'The answer grew too long before there was a picture. Make the prompt shorter, then try again.',
  ),
  STOP: missing(
    'Google says that it is done, yet it sent no picture. Change the prompt a little, then try again.',
  ),
};

/** Valid JSON with nothing in it. */
export const emptyResponse: Reason = missing(
  'Google sent an empty answer, without a picture and without a reason. Try again, or choose another model.',
);

/** @returns what a prompt's `blockReason` means; one that this version does not know is a block all the same. */
export function explainBlockReason(reason: string): Reason {
  return lookUp(blockReasons, reason) ?? { code: 'blocked_prompt' };
}

/** @returns what a candidate's `finishReason` means where no picture came; an unknown one is a mishap. */
export function explainFinishReason(reason: string): Reason {
  return lookUp(finishReasons, reason) ?? { code: 'no_picture' };
}

/** @returns the reason where Google's rules ended an answer in words; null where it ended by itself. */
export function explainTextRefusal(reason: string): Reason | null {
  const found = lookUp(finishReasons, reason);
  return found?.code === 'refused' ? found : null;
}

function lookUp(table: Readonly<Record<string, Reason>>, reason: string): Reason | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}
