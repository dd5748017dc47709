// For tests: the context of a service, without keys and addresses other than those that the test sets.
import { failure } from '../../../shared/domain/errors';
import { type BuiltInServiceId, builtInService } from '../../../shared/domain/services';
import { type ServiceConfiguration, unconfigured } from '../../../shared/generator/jobs';
import { localCodec } from '../codec/local-codec';
import type { PictureContext, TextContext } from './service';

/** What a test sets of one of the services of every installation. */
export type TestConfiguration = Partial<Record<BuiltInServiceId, Partial<ServiceConfiguration>>>;

/** Returns the services of a test, with what it sets. */
export function configureServices(configuration: TestConfiguration): ServiceConfiguration[] {
  return (['painter', 'google', 'imagen', 'openai', 'automatic1111'] as const)
    .filter((id) => configuration[id] !== undefined)
    .map((id) => ({ ...unconfigured(builtInService(id)), ...configuration[id] }));
}

/**
 * Returns a context for both kinds of jobs. `receivedText` and `progress` record what the service reported.
 *
 * @param configuration of the one service that is asked.
 */
export function createServiceContext(
  configuration: TestConfiguration = { painter: {} },
  signal: AbortSignal = new AbortController().signal,
  references: Readonly<Record<string, Uint8Array>> = {},
): PictureContext & TextContext & { receivedText: string[]; progress: (number | null)[] } {
  const receivedText: string[] = [];
  const progress: (number | null)[] = [];
  const [service] = configureServices(configuration);
  if (!service) throw new Error('The test configures no service.');
  return {
    service,
    signal,
    readReference: async ({ imageId }) => references[imageId] ?? null,
    prepareEdit: async () => null,
    changeHere: async () => failure('reference_gone'),
    paint: localCodec.paint,
    onProgress: (fraction) => void progress.push(fraction),
    onText: (more) => void receivedText.push(more),
    receivedText,
    progress,
  };
}
