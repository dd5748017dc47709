// Details of a failure besides its code and sentence, for the user to copy.

import { z } from 'zod';
import { parseJson } from './parse-json';

/** Maximum length of the service's own message, in UTF-16 units. */
export const maxServiceMessageLength = 2000;

export const failureDetailsSchema = z.strictObject({
  /** Afterimage's own id of the request, under which its charge is kept. */
  requestId: z.string().optional(),
  /** The status of the service's HTTP response. */
  httpStatus: z.int().min(100).max(999).optional(),
  /** The service's own id of the request. */
  serviceRequestId: z.string().max(200).optional(),
  /** The service's own message, without keys. */
  serviceMessage: z.string().max(maxServiceMessageLength).optional(),
});

export type FailureDetails = z.infer<typeof failureDetailsSchema>;

/** Returns null for details in an unknown format, such as those of another version. */
export function readFailureDetails(json: string): FailureDetails | null {
  return failureDetailsSchema.safeParse(parseJson(json)).data ?? null;
}
