// Runs with each unit test file that shares a process with others. Resets the process-wide state, and fails a file
// that leaves something running.
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, vi } from 'vitest';
import { useProxyDirectory } from '../../electron/generator/services/http/proxy-directory';
import { useLists } from '../../shared/domain/listed-models';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { builtInService, builtInServiceIds } from '../../shared/domain/services';
import { en } from '../../shared/languages/en';
import { setLanguage } from '../../shared/languages/translate';

/** Resources that keep a process alive and act by themselves. Connections may end a little later than the test. */
const lasting = ['FSEventWrap', 'MessagePort', 'ProcessWrap', 'TCPServerWrap', 'Timeout'];
/** Maximum time for a process to end or a server to close on a busy computer. */
const maxEndingMs = 60_000;

useServiceDirectory(builtInServiceIds.map(builtInService));
useLists([]);
useProxyDirectory(null);
setLanguage('en', en);
const before = running();
const agents = { http: http.globalAgent, https: https.globalAgent };

afterAll(async () => {
  vi.restoreAllMocks();
  http.globalAgent = agents.http;
  https.globalAgent = agents.https;
  const start = performance.now();
  while (leftRunning().length > 0) {
    if (performance.now() - start > maxEndingMs)
      throw new Error(`The tests leave something running: ${leftRunning().join(', ')}`);
    await pause(10);
  }
}, maxEndingMs * 2);

function running(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => lasting.includes(kind));
}

function leftRunning(): string[] {
  const left = running();
  for (const kind of before) {
    const at = left.indexOf(kind);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
