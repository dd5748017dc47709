// For tests: what a provider is given, with no key and no address but those that the test brings.
import { nothingConfigured, type ProviderConfiguration } from '../../../shared/generator/messages';
import type { PictureContext, TextContext } from './service';

/** @returns a context for both kinds of jobs; `said` and `progress` are what the provider told on its way. */
export function createServiceContext(
  configuration: Partial<ProviderConfiguration> = {},
  signal: AbortSignal = new AbortController().signal,
  references: Readonly<Record<string, Uint8Array>> = {},
): PictureContext & TextContext & { said: string[]; progress: (number | null)[] } {
  const said: string[] = [];
  const progress: (number | null)[] = [];
  return {
    configuration: { ...nothingConfigured, ...configuration },
    signal,
    readReference: async ({ imageId }) => references[imageId] ?? null,
    onProgress: (fraction) => void progress.push(fraction),
    onText: (more) => void said.push(more),
    said,
    progress,
  };
}
