// Which providers have an API key, and what one looks like.
import { z } from 'zod';
import { providers } from './model-catalogue';
import type { ProviderId } from './models';

/** Imagen's key is one of Google's enterprise platform, not of the Gemini API. */
export const keyedProviders = ['google', 'imagen', 'openai'] as const satisfies readonly ProviderId[];
export const keyedProviderSchema = z.enum(keyedProviders);
export type KeyedProvider = z.infer<typeof keyedProviderSchema>;

/** What fits into an HTTP header, without spaces: anything else was pasted by mistake. */
export const keySchema = z
  .string()
  .max(1000)
  .transform((key) => key.trim())
  .refine((key) => /^[\x21-\x7e]{8,}$/.test(key));

/** @returns how the provider is called beside its key. */
export function keyLabel(provider: KeyedProvider): string {
  return `${providers[provider].label} API key`;
}
