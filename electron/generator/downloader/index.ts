// The downloader process: downloads, verifies and unpacks engines and models.
import type { FromDownloader, ToDownloader } from '../../../shared/generator/downloader-messages';
import { createEndProcess } from '../../files/end-process';
import { createProxyQuestions } from '../proxy-questions';
import { useProxyDirectory } from '../services/http/proxy-directory';
import { createDownloaderTasks } from './tasks';

const port = process.parentPort;
const send = (message: FromDownloader) => port.postMessage(message);
const perform = createDownloaderTasks(send);
const proxyQuestions = createProxyQuestions(send);
useProxyDirectory(proxyQuestions.directory);

/** A rejection is a bug. The process exits, and the main process reports that the download failed. */
const endProcess = createEndProcess({ stopListening: () => port.removeAllListeners('message') });

port.on('message', ({ data }: { data: ToDownloader }) => {
  if (data.type === 'proxy-found' || data.type === 'proxy-login-found') return proxyQuestions.receive(data);
  perform(data).catch(endProcess);
});

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', endProcess);
process.on('uncaughtException', endProcess);
