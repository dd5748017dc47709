// For tests: the context of a service, without keys and addresses other than those that the test sets.
import { nothingConfigured, type ProviderConfiguration } from '../../../shared/generator/jobs';
import { localCodec } from '../codec/local-codec';
import type { PictureContext, TextContext } from './service';

/** Returns a context for both kinds of jobs. `receivedText` and `progress` record what the service reported. */
export function createServiceContext(
  configuration: Partial<ProviderConfiguration> = {},
  signal: AbortSignal = new AbortController().signal,
  references: Readonly<Record<string, Uint8Array>> = {},
): PictureContext & TextContext & { receivedText: string[]; progress: (number | null)[] } {
  const receivedText: string[] = [];
  const progress: (number | null)[] = [];
  return {
    configuration: { ...nothingConfigured, ...configuration },
    signal,
    readReference: async ({ imageId }) => references[imageId] ?? null,
    paint: localCodec.paint,
    onProgress: (fraction) => void progress.push(fraction),
    onText: (more) => void receivedText.push(more),
    receivedText,
    progress,
  };
}
