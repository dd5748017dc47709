// The schema of an API key.
import { z } from 'zod';
import { readKeyOfAnyLength } from './read-key';

/** Extracts the key with `readKeyOfAnyLength`. Only the renderer refuses keys that look cut off. */
export const keySchema = z.string().transform((pasted, context) => {
  const found = readKeyOfAnyLength(pasted);
  if (found.ok) return found.key;
  context.addIssue({ code: 'custom', message: found.message });
  return z.NEVER;
});
