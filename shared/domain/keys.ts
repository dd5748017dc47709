// Which providers need an API key, and which keys are valid.
import { z } from 'zod';
import { providers } from './model-catalogue';
import type { ProviderId } from './models';
import { readKey } from './read-key';

/** Imagen's key is for Google Vertex, not for the Gemini API. */
export const keyedProviders = ['google', 'imagen', 'openai'] as const satisfies readonly ProviderId[];
export const keyedProviderSchema = z.enum(keyedProviders);
export type KeyedProvider = z.infer<typeof keyedProviderSchema>;

/** Accepts what `readKey` does, and transforms it into the key alone. */
export const keySchema = z.string().transform((pasted, context) => {
  const found = readKey(pasted);
  if (found.ok) return found.key;
  context.addIssue({ code: 'custom', message: found.message });
  return z.NEVER;
});

/** Returns the label of a provider's key. */
export function keyLabel(provider: KeyedProvider): string {
  return `${providers[provider].label} API key`;
}
