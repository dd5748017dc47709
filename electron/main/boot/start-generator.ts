// The generator as this app runs it: its module, its environment, its configuration and when it starts.
import { setTimeout as wait } from 'node:timers/promises';
import { app } from 'electron';
import codecModule from '../../generator/codec/index?modulePath';
import generatorModule from '../../generator/index?modulePath';
import { type Environment, withoutKeys } from '../config/environment';
import { providerConfiguration } from '../config/provider-configuration';
import type { Secrets } from '../config/secrets';
import type { SystemProxy } from '../config/system-proxy';
import type { ReadStore } from '../db/open';
import { forkGenerator } from '../generation/fork-generator';
import { createGenerator, type Generator, type GeneratorOptions } from '../generation/generator-process';
import type { Metrics } from '../logging/metrics';
import { after } from './timers';

/** How long the generator's start waits for the system's proxy (ms). */
const maxProxyWaitMs = 3_000;

export type GeneratorParts = {
  environment: Environment;
  dataFolder: string;
  store: ReadStore;
  secrets: Secrets;
  metrics: Metrics;
  proxy: SystemProxy;
};

export function startGenerator(
  { environment, dataFolder, store, secrets, metrics, proxy }: GeneratorParts,
  listeners: Pick<
    GeneratorOptions,
    'onJobUpdate' | 'onArrived' | 'onDerived' | 'onPrefetchEnded' | 'onDiskFull'
  >,
): Generator {
  const env = { ...withoutKeys(process.env), AFTERIMAGE_MAIN_PID: String(process.pid) };
  const modules = { generator: generatorModule, codec: codecModule };
  return createGenerator({
    fork: (onMessage, onExit) => forkGenerator(modules, env, onMessage, onExit),
    configuration: () => ({
      type: 'configure',
      dataFolder,
      providers: providerConfiguration(environment, store.settings.read(), secrets.get),
      displayQuality: store.settings.read().displayQuality,
      proxies: proxy.rules(),
    }),
    whenToStart: (start) =>
      whenWindowShows(() => void firstOf(proxy.ready(), wait(maxProxyWaitMs)).then(start)),
    after,
    onStart: (milliseconds) => metrics.record('Start the generator', milliseconds),
    ...listeners,
  });
}

/**
 * Two processes that start at once compete for the processor, and the user waits for the window. Without the system's
 * proxy a first request would fail.
 */
function whenWindowShows(work: () => void): void {
  app.once('browser-window-created', (_event, window) => window.once('ready-to-show', work));
}

function firstOf(...promises: Promise<void>[]): Promise<void> {
  return Promise.race(promises);
}
