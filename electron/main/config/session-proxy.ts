// The system's proxies as a session of Chromium knows them, under the switches of the command line.
import { app, type Session, session } from 'electron';
import { createSystemProxy, type SystemProxy } from './system-proxy';

/** Maximum time for a proxy script to load (ms). A request waits for it. */
const maxScriptMs = 10_000;

export function systemProxyOf(chromium: Session): SystemProxy {
  return createSystemProxy({
    reload: () => chromium.forceReloadProxyConfig(),
    resolve: (origin) => chromium.resolveProxy(origin),
    scriptUrl: scriptUrl(),
    read: readDirectly,
  });
}

/** Returns the address of the proxy script on the command line; null if there is none, or Chromium ignores it. */
function scriptUrl(): string | null {
  const { commandLine } = app;
  if (commandLine.hasSwitch('no-proxy-server') || commandLine.hasSwitch('proxy-auto-detect')) return null;
  return commandLine.getSwitchValue('proxy-pac-url') || null;
}

/** Returns the text at an address, loaded as Chromium loads proxy scripts: without a proxy. */
async function readDirectly(url: string): Promise<string> {
  const direct = session.fromPartition('proxy-script', { cache: false });
  await direct.setProxy({ mode: 'direct' });
  const response = await direct.fetch(url, { signal: AbortSignal.timeout(maxScriptMs) });
  return response.text();
}
