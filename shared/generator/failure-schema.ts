// The schema of a failure that one process sends to another.

import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../domain/errors';
import { sentenceSchema } from '../languages/sentence';

export const errorCodeSchema = z.custom<ErrorCode>(
  (value) => typeof value === 'string' && isErrorCode(value),
);

export const failureSchema = z.strictObject({
  ok: z.literal(false),
  code: errorCodeSchema,
  message: z.string(),
  sentence: z.exactOptional(sentenceSchema),
});
