// Which keys are valid.
import { z } from 'zod';
import { readKey } from './read-key';

/** Accepts what `readKey` does, and transforms it into the key alone. */
export const keySchema = z.string().transform((pasted, context) => {
  const found = readKey(pasted);
  if (found.ok) return found.key;
  context.addIssue({ code: 'custom', message: found.message });
  return z.NEVER;
});
