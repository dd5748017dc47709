// The context of a service, with only the keys and addresses that a test sets.
import { failure } from '../../../shared/domain/errors';
import { type BuiltInServiceId, builtInService } from '../../../shared/domain/services';
import { type ServiceConfiguration, unconfigured } from '../../../shared/generator/jobs';
import { localCodec } from '../codec/local-codec';
import type { PictureContext, TextContext } from './service';

/** The settings of a test for built-in services. */
export type TestConfiguration = Partial<Record<BuiltInServiceId, Partial<ServiceConfiguration>>>;

/** Returns the configuration of all services, with a test's settings. */
export function configureServices(configuration: TestConfiguration): ServiceConfiguration[] {
  return (['painter', 'google', 'imagen', 'openai', 'automatic1111'] as const)
    .filter((id) => configuration[id] !== undefined)
    .map((id) => ({ ...unconfigured(builtInService(id)), ...configuration[id] }));
}

/**
 * Returns a context for both kinds of jobs. `receivedText` and `progress` record the service's reports.
 *
 * @param configuration of the service under test.
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
