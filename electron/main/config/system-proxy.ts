// Asks the system which proxies to use for a server. Never falls back to "direct" because of a failure.

import { failure, type Result, success } from '../../../shared/domain/errors';
import { sentence } from '../../../shared/languages/sentence';

export type SystemProxyOptions = {
  /** As Electron's `session.forceReloadProxyConfig`. */
  reload: () => Promise<void>;
  /** As Electron's `session.resolveProxy`. */
  resolve: (origin: string) => Promise<string>;
  /** The address of the proxy script from the command line, or null. */
  scriptUrl: string | null;
  /** Returns the text at an address, fetched without a proxy. */
  read: (url: string) => Promise<string>;
};

export type SystemProxy = ReturnType<typeof createSystemProxy>;

export function createSystemProxy({ reload, resolve, scriptUrl, read }: SystemProxyOptions) {
  let ready: Promise<void> | null = null;

  /** Right after start, the first answer may be "DIRECT" although there is a proxy. */
  async function warmUp(origin: string): Promise<void> {
    await reload();
    await resolve(origin);
    await reload();
  }

  async function resolveWhenReady(origin: string): Promise<string> {
    ready ??= warmUp(origin);
    await ready;
    return resolve(origin);
  }

  /** Chromium connects directly if it cannot load the script, and reads none from a file. */
  async function isScriptLoaded(url: string): Promise<boolean> {
    if (!/^(https?|data):/i.test(url)) return false;
    try {
      return (await read(url)).includes('FindProxyForURL');
    } catch {
      return false;
    }
  }

  return {
    /**
     * Returns the rules for a server in Chromium's notation, such as "PROXY host:port; DIRECT".
     *
     * @param origin such as `https://example.com`.
     */
    async find(origin: string): Promise<Result<string>> {
      try {
        const rules = await resolveWhenReady(origin);
        if (scriptUrl === null || rules !== 'DIRECT' || isLoopback(origin)) return success(rules);
        if (!(await isScriptLoaded(scriptUrl))) return failure('unreachable', scriptSentence);
        await reload();
        return success(await resolve(origin));
      } catch (error) {
        ready = null;
        console.error('The system proxy could not be resolved:', error);
        return failure('unreachable', unknownSentence);
      }
    },
  };
}

const unknownSentence = sentence('services.proxy_settings_unknown');
const scriptSentence = sentence('services.proxy_script_unknown');

/** Chromium uses no proxy script for this computer. */
function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\]$)/.test(hostname);
}
