// Starts the engine room. Nothing is read, downloaded or run before the interface asks for it or a download was left.

import { existsSync } from 'node:fs';
import { app, net, powerMonitor, powerSaveBlocker, utilityProcess } from 'electron';
import type { ProxyAnswer, ProxyQuestion } from '../../../shared/generator/proxies';
import { t } from '../../../shared/languages/translate';
import { type Environment, environmentOfUtility } from '../config/environment';
import type { SystemProxy } from '../config/system-proxy';
import type { Broadcast } from '../ipc/broadcast';
import { captureOutput } from '../logging/app-log';
import { showOpenDialog } from '../window/dialogs';
import { readCatalogue } from './catalogue';
import { createEngine } from './create-engine';
import { createDownloader, type ForkDownloader } from './downloader-process';
import { engineFolders } from './engine-folders';
import { createEngineItems } from './engine-items';
import type { EngineHost, EngineServer } from './engine-server';
import { fetchText } from './fetch-text';
import { createKeepAwake } from './keep-awake';
import { readMachine } from './machine/read-machine';
import { systemFacts } from './machine/system-facts';

export type EngineParts = {
  environment: Pick<Environment, 'engineCatalogue'>;
  dataFolder: string;
  broadcast: Broadcast;
  /** Path of the downloader's bundle. */
  downloaderModule: string;
  answerProxyQuestion: (question: ProxyQuestion) => Promise<ProxyAnswer>;
  findProxy: SystemProxy['find'];
  /** Creates the supervised server, which gets the installed items from this room. */
  createServer: (host: EngineHost) => EngineServer;
  /** Called when a downloaded model is ready to be used. */
  onReady: (label: string) => void;
  after: (milliseconds: number, work: () => void) => void;
};

export type StartedEngine = ReturnType<typeof startEngine>;

export function startEngine(parts: EngineParts) {
  const { environment, dataFolder, broadcast, createServer, after } = parts;
  const folders = engineFolders(dataFolder);
  const items = createEngineItems(folders);
  const downloader = createDownloader({
    fork: forkDownloader(parts.downloaderModule),
    answerProxyQuestion: parts.answerProxyQuestion,
  });
  // Chromium would connect directly while the way is unknown.
  async function fetchByRules(url: string, init: { signal: AbortSignal }): Promise<Response> {
    const way = await parts.findProxy(new URL(url).origin);
    if (!way.ok) throw new Error(way.message);
    return net.fetch(url, init);
  }
  const facts = () => systemFacts(dataFolder, () => app.getGPUInfo('basic'));
  const engine = createEngine({
    folders,
    items,
    server: createServer({ items, onChange: () => engine.changed() }),
    downloader,
    isGivenCatalogue: environment.engineCatalogue !== null,
    readCatalogue: () =>
      readCatalogue({
        given: environment.engineCatalogue,
        fetchText: (url, maxBytes) => fetchText(fetchByRules, url, maxBytes),
      }),
    readMachine: () => readMachine(facts()),
    freeDiskBytes: () => facts().freeDiskBytes(),
    chooseModelFile: async (sender) => {
      const filters = [{ name: t('desktop.filter_models'), extensions: ['gguf', 'safetensors', 'sft'] }];
      const [file] = await showOpenDialog(sender, { properties: ['openFile'], filters });
      return file ?? null;
    },
    send: (status) => broadcast('engine:changed', status),
    onReady: parts.onReady,
    keepAwake: createKeepAwake({
      start: () => powerSaveBlocker.start('prevent-app-suspension'),
      stop: (id) => void powerSaveBlocker.stop(id),
    }),
    now: Date.now,
    monotonic: () => performance.now(),
    after,
  });
  return {
    handlers: engine.handlers,
    /** Call it after the first paint. */
    start(): void {
      // The network was away, and a pause before the next attempt did not count down.
      powerMonitor.on('resume', engine.wake);
      if (existsSync(folders.root)) engine.start().catch(console.error);
    },
    close(): void {
      engine.close();
      downloader.close();
    },
  };
}

function forkDownloader(modulePath: string): ForkDownloader {
  return (onMessage, onExit) => {
    const env = environmentOfUtility(process.env);
    const child = utilityProcess.fork(modulePath, [], {
      // Not shown: the name of the process in the system's list.
      serviceName: 'Afterimage downloader',
      env,
      stdio: 'pipe',
    });
    captureOutput(child, 'downloader');
    child.on('message', onMessage);
    child.on('exit', onExit);
    return { post: (message) => child.postMessage(message), kill: () => void child.kill() };
  };
}
