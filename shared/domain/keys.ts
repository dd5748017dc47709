// Which providers need an API key, and which keys are valid.
import { z } from 'zod';
import { providers } from './model-catalogue';
import type { ProviderId } from './models';

/** Imagen's key is for Google Vertex, not for the Gemini API. */
export const keyedProviders = ['google', 'imagen', 'openai'] as const satisfies readonly ProviderId[];
export const keyedProviderSchema = z.enum(keyedProviders);
export type KeyedProvider = z.infer<typeof keyedProviderSchema>;

/** Accepts what fits into an HTTP header, without spaces. Anything else was pasted by mistake. */
export const keySchema = z
  .string()
  .max(1000)
  .transform((key) => key.trim())
  .refine((key) => /^[\x21-\x7e]{8,}$/.test(key));

/** Returns the label of a provider's key. */
export function keyLabel(provider: KeyedProvider): string {
  return `${providers[provider].label} API key`;
}
