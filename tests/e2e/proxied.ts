// The app behind proxies: an HTTP and a SOCKS proxy, a script, and the dialog that asks for a login.

import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { type ConnectProxy, startConnectProxy } from '../servers/connect-proxy';
import { closeServer, listen } from '../servers/listen';
import { type SocksProxy, startSocksProxy } from '../servers/socks-proxy';
import { test as base, expect } from './fixture';

/** Chromium uses no proxy for this computer unless it is told to. */
export const alsoForThisComputer = '--proxy-bypass-list=<-loopback>';
/** Only a proxy can resolve these names. */
export const farGoogle = { GEMINI_API_KEY: 'test-key', GOOGLE_GEMINI_BASE_URL: 'http://gemini.test' };

type Script = {
  url: string;
  /** Until then, the script cannot be loaded. */
  setTo: (expression: string) => void;
};

export const test = base.extend<{
  httpProxy: ConnectProxy;
  socks: SocksProxy;
  script: Script;
  /** A port where nothing listens. */
  closedPort: number;
}>({
  async httpProxy({ google }, use) {
    const proxy = await startConnectProxy(Number(new URL(google.baseUrl).port));
    await use(proxy);
    await proxy.close();
  },
  async socks({ google }, use) {
    const socks = await startSocksProxy(Number(new URL(google.baseUrl).port));
    await use(socks);
    await socks.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  async script({}, use) {
    let expression: string | null = null;
    const server = createServer((_request, response) => {
      if (expression === null) return void response.destroy();
      response.setHeader('content-type', 'application/x-ns-proxy-autoconfig');
      response.end(`function FindProxyForURL(url, host) { return ${expression}; }`);
    });
    const port = await listen(server);
    await use({
      url: `http://127.0.0.1:${port}/proxy.pac`,
      setTo: (next) => {
        expression = next;
      },
    });
    await closeServer(server);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  async closedPort({}, use) {
    const { port, close } = await startConnectProxy(9);
    await close();
    await use(port);
  },
});

export const login = (page: Page) => page.getByRole('dialog', { name: 'Sign in to the proxy' });

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await login(page).getByLabel('User name').fill(username);
  await login(page).getByLabel('Password').fill(password);
  await login(page).getByRole('button', { name: 'Sign in' }).click();
}

/** Sets the address of Google's service. */
export async function useAddress(page: Page, address: string): Promise<void> {
  const replies = await page.evaluate(
    async (changed) => [
      await window.afterimage.request('settings:set', { allowPrivateAddresses: true }),
      await window.afterimage.request('services:change', { id: 'google', changes: { address: changed } }),
      // The key belongs to the address before.
      await window.afterimage.request('services:allow', { id: 'google', what: 'key', address: changed }),
    ],
    address,
  );
  expect(replies).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
}
