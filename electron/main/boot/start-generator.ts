// Configures the generator process: its module, its environment, its configuration and when it starts.

import type { BrowserWindow, WebContents } from 'electron';
import { allLists } from '../../../shared/domain/listed-models';
import type { LongTasks } from '../../../shared/domain/long-tasks';
import { unconfigured } from '../../../shared/generator/jobs';
import { longTaskReportSchema } from '../../../shared/generator/long-tasks';
import { currentLanguage } from '../../../shared/languages/translate';
import codecModule from '../../generator/codec/index?modulePath';
import generatorModule from '../../generator/index?modulePath';
import { type Environment, environmentOfUtility } from '../config/environment';
import type { ProxyLogins } from '../config/proxy-logins';
import type { Secrets } from '../config/secrets';
import { configureService } from '../config/service-configuration';
import type { Services } from '../config/services';
import type { SystemProxy } from '../config/system-proxy';
import type { ReadStore } from '../db/open';
import { forkGenerator } from '../generation/fork-generator';
import { createGenerator, type Generator, type GeneratorOptions } from '../generation/generator-process';
import type { Metrics } from '../logging/metrics';
import { createProxyAnswers } from './proxy-answers';
import { timers } from './timers';

export type GeneratorParts = {
  environment: Environment;
  dataFolder: string;
  store: ReadStore;
  services: Services;
  secrets: Secrets;
  metrics: Metrics;
  longTasks: LongTasks;
  proxy: SystemProxy;
  proxyLogins: ProxyLogins;
  firstWindow: BrowserWindow;
  /** The generator waits for the first paint, because two processes starting at once compete for the processor. */
  afterFirstPaint: (work: () => void) => void;
};

export function startGenerator(
  {
    environment,
    dataFolder,
    store,
    services,
    secrets,
    metrics,
    longTasks,
    proxy,
    proxyLogins,
    firstWindow,
    afterFirstPaint,
  }: GeneratorParts,
  listeners: Pick<
    GeneratorOptions,
    | 'onJobUpdate'
    | 'onShowable'
    | 'onArrived'
    | 'onAnnounced'
    | 'onJobEnd'
    | 'onDerived'
    | 'onSmallVersions'
    | 'onPrefetchEnded'
    | 'onDiskFull'
  >,
): Generator {
  const env = environmentOfUtility(process.env);
  const modules = { generator: generatorModule, codec: codecModule };
  const generator = createGenerator({
    fork: (onMessage, onExit) =>
      forkGenerator(
        modules,
        env,
        (message) => {
          const { success, data } = longTaskReportSchema.safeParse(message);
          if (success) longTasks.record(`Generator: ${data.name}`, data.milliseconds);
          // Not shown: a name in Diagnostics.
          else longTasks.measure('A message of the generator', () => onMessage(message));
        },
        onExit,
      ),
    configuration: () => ({
      type: 'configure',
      dataFolder,
      services: [
        ...services.effective().map((service) =>
          configureService(service, environment, secrets, {
            allowPrivate: store.settings.read().allowPrivateAddresses,
            workflows: store.workflows.list(service.id),
          }),
        ),
        ...services.describe().removed.map((service) => ({
          ...unconfigured(service),
          // The painter must always work, even when it was removed.
          ...(service.kind !== 'painter' && { isRemoved: true as const }),
        })),
      ],
      displayQuality: store.settings.read().displayQuality,
      replaceOriginals: !store.settings.read().keepOriginals,
      lists: allLists(),
      language: currentLanguage(),
    }),
    answerProxyQuestion: createProxyAnswers({ proxy, proxyLogins }),
    whenToStart: afterFirstPaint,
    isOnDemand: true,
    after: timers.after,
    // Not shown: a name in Diagnostics.
    onStart: (milliseconds) => metrics.record('Start the generator', milliseconds),
    ...listeners,
  });
  onFirstKey(firstWindow.webContents, generator.warmUp);
  return generator;
}

/**
 * Started at the first key press, the generator is ready before the user has typed a prompt, and uses no memory until
 * then.
 */
export function onFirstKey(page: WebContents, work: () => void): void {
  page.on('input-event', function listener(_event, { type }) {
    if (type !== 'keyDown' && type !== 'rawKeyDown' && type !== 'char') return;
    page.off('input-event', listener);
    work();
  });
}
