// The generator as this app runs it: its module, its environment, and what it is told.
import generatorModule from '../../generator/index?modulePath';
import { providerConfiguration } from '../config/active-provider';
import type { Secrets } from '../config/secrets';
import type { SystemProxy } from '../config/system-proxy';
import type { Store } from '../db/open';
import { forkGenerator } from '../generation/fork-generator';
import { createGenerator, type Generator, type GeneratorOptions } from '../generation/generator-process';
import type { Metrics } from '../logging/metrics';
import { type Environment, withoutKeys } from './environment';

export type GeneratorParts = {
  environment: Environment;
  dataFolder: string;
  store: Store;
  secrets: Secrets;
  metrics: Metrics;
  proxy: SystemProxy;
};

export function startGenerator(
  { environment, dataFolder, store, secrets, metrics, proxy }: GeneratorParts,
  listeners: Pick<
    GeneratorOptions,
    'whenToStart' | 'onNews' | 'onArrived' | 'onDerived' | 'onPrefetchEnded' | 'onDiskFull'
  >,
): Generator {
  const env = { ...withoutKeys(process.env), AFTERIMAGE_MAIN_PID: String(process.pid) };
  return createGenerator({
    fork: (onMessage, onExit) => forkGenerator(generatorModule, env, onMessage, onExit),
    configuration: () => ({
      type: 'configure',
      dataFolder,
      providers: providerConfiguration(environment, store.settings.read(), secrets.get),
      displayQuality: store.settings.read().displayQuality,
      proxies: proxy.known(),
      keptPrefetches: store.generationLog.handedOver(),
    }),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    onStart: (milliseconds) => metrics.record('Start the generator', milliseconds),
    ...listeners,
  });
}
