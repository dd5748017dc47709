// Which keys are valid.
import { z } from 'zod';
import { readKeyOfAnyLength } from './read-key';

/** Accepts what `readKeyOfAnyLength` does, and transforms it into the key alone. The page refuses keys that look cut off. */
export const keySchema = z.string().transform((pasted, context) => {
  const found = readKeyOfAnyLength(pasted);
  if (found.ok) return found.key;
  context.addIssue({ code: 'custom', message: found.message });
  return z.NEVER;
});
