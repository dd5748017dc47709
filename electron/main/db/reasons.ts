// The columns for the reason of a failure and its details.
import { type ErrorCode, type Explanation, errorSentences, isErrorCode } from '../../../shared/domain/errors';
import { type FailureDetails, readFailureDetails } from '../../../shared/domain/failure-details';
import { readSentence } from '../../../shared/languages/sentence';

export type Reason = { code: ErrorCode } & Explanation;

type ReasonRow = { error_code: string | null; error_message: string | null; error_sentence: string | null };

/** Returns null if nothing failed, or only another version knows the code. */
export function readReason({
  error_code: code,
  error_message: message,
  error_sentence: json,
}: ReasonRow): Reason | null {
  if (code === null || !isErrorCode(code)) return null;
  const precise = json === null ? null : readSentence(json);
  return {
    code,
    message: message ?? errorSentences[code],
    ...(precise !== null && { sentence: precise }),
  };
}

/** Returns the columns of a message that say why it waits or has failed. */
export function reasonColumns({ code, message, sentence }: Reason) {
  return { code, message, sentence: sentence === undefined ? null : JSON.stringify(sentence) };
}

/** Returns no details for a row without any, or with those of another version. */
export function detailsOf({ error_details: json }: { error_details: string | null }): {
  details?: FailureDetails;
} {
  const details = json === null ? null : readFailureDetails(json);
  return details === null ? {} : { details };
}
