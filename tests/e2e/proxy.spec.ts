// All traffic takes the way that the system or the command line names, and no other one.
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type ConnectProxy, startConnectProxy } from '../servers/connect-proxy';
import { type SocksProxy, startSocksProxy } from '../servers/socks-proxy';
import { startUpdateFeed } from '../servers/update-feed';
import {
  test as base,
  expect,
  expectFullPicture,
  googleEnvironment,
  openSettings,
  pictures,
  sendMessage,
} from './fixture';

/** Chromium uses no proxy for this computer unless it is told to. */
const alsoForThisComputer = '--proxy-bypass-list=<-loopback>';
/** Only a proxy can resolve these names. */
const farGoogle = { GEMINI_API_KEY: 'test-key', GOOGLE_GEMINI_BASE_URL: 'http://gemini.test' };

type Script = { url: string; setTo: (expression: string) => void };

const test = base.extend<{
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
    let expression = '"DIRECT"';
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/x-ns-proxy-autoconfig');
      response.end(`function FindProxyForURL(url, host) { return ${expression}; }`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await use({
      url: `http://127.0.0.1:${port}/proxy.pac`,
      setTo: (next) => {
        expression = next;
      },
    });
    server.closeAllConnections();
    server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  async closedPort({}, use) {
    const { port, close } = await startConnectProxy(9);
    await close();
    await use(port);
  },
});

const login = (page: Page) => page.getByRole('dialog', { name: 'Sign in to the proxy' });

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await login(page).getByLabel('User name').fill(username);
  await login(page).getByLabel('Password').fill(password);
  await login(page).getByRole('button', { name: 'Sign in' }).click();
}

test.describe('requests for pictures go', () => {
  test('through the HTTP proxy of the command line', async ({ start, httpProxy }) => {
    const { page } = await start({ args: [`--proxy-server=127.0.0.1:${httpProxy.port}`], env: farGoogle });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(httpProxy.targets).toContain('gemini.test:80');
  });

  test('through the SOCKS proxy of the command line', async ({ start, socks }) => {
    const { page } = await start({
      args: [`--proxy-server=socks5://127.0.0.1:${socks.port}`],
      env: farGoogle,
    });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(socks.targets).toContain('5 gemini.test:80');
  });

  test('through the proxy of the environment', async ({ start, httpProxy }) => {
    const { page } = await start({ env: { ...farGoogle, http_proxy: `http://127.0.0.1:${httpProxy.port}` } });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(httpProxy.targets).toContain('gemini.test:80');
  });

  test('to this computer through the proxy only if the command line says so', async ({
    start,
    google,
    httpProxy,
  }) => {
    const args = [`--proxy-server=127.0.0.1:${httpProxy.port}`];
    const first = await start({ args, env: googleEnvironment(google) });
    await sendMessage(first.page, 'a red fox at dawn');
    await expectFullPicture(pictures(first.page));
    expect(httpProxy.targets).toEqual([]);
    await first.quit();
    const { page } = await start({ args: [...args, alsoForThisComputer], env: googleEnvironment(google) });
    await sendMessage(page, 'a blue fox at dusk');
    await expectFullPicture(pictures(page).nth(1));
    expect(httpProxy.targets).toEqual([new URL(google.baseUrl).host]);
  });

  test('around the proxy if --no-proxy-server says so', async ({ start, google, httpProxy }) => {
    const args = ['--no-proxy-server', `--proxy-server=127.0.0.1:${httpProxy.port}`, alsoForThisComputer];
    const { page } = await start({ args, env: googleEnvironment(google) });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(httpProxy.targets).toEqual([]);
  });

  test('through the first reachable proxy of a script', async ({
    start,
    script,
    httpProxy,
    socks,
    closedPort,
  }) => {
    script.setTo(
      `host === 'gemini.test' ? 'PROXY 127.0.0.1:${closedPort}; SOCKS5 127.0.0.1:${socks.port}' : 'PROXY 127.0.0.1:${httpProxy.port}'`,
    );
    const { page } = await start({ args: [`--proxy-pac-url=${script.url}`], env: farGoogle });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(socks.targets).toContain('5 gemini.test:80');
    expect(httpProxy.targets).toEqual([]);
  });
});

for (const kind of ['127.0.0.1', 'https://127.0.0.1', 'socks5://127.0.0.1', 'socks4://127.0.0.1']) {
  test(`a proxy that is down fails the request without a direct connection: ${kind}`, async ({
    start,
    google,
    closedPort,
  }) => {
    const args = [`--proxy-server=${kind}:${closedPort}`, alsoForThisComputer];
    const { page } = await start({ args, env: googleEnvironment(google) });
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page).getByRole('alert')).toHaveText(
      new RegExp(`The proxy 127\\.0\\.0\\.1:${closedPort} could not be reached`),
    );
    await expect(pictures(page).getByRole('button', { name: 'Retry' })).toBeVisible();
    expect([...google.requests, ...google.rejections]).toEqual([]);
  });
}

test('a script that cannot be loaded fails the request and says so', async ({ start, closedPort }) => {
  const args = [`--proxy-pac-url=http://127.0.0.1:${closedPort}/x.pac`];
  const { page } = await start({ args, env: farGoogle });
  await sendMessage(page, 'a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toHaveText(/--proxy-pac-url\) could not be loaded/);
});

test('a web UI in the network is reached through the proxy, too', async ({ start, httpProxy }) => {
  const env = { AFTERIMAGE_PROVIDER: 'automatic1111', AUTOMATIC1111_BASE_URL: 'http://webui.test:7860' };
  const { page } = await start({ args: [`--proxy-server=127.0.0.1:${httpProxy.port}`], env });
  await sendMessage(page, 'draw a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toBeVisible();
  expect(new Set(httpProxy.targets)).toEqual(new Set(['webui.test:7860']));
});

test.describe('a proxy that requires a login', () => {
  test.beforeEach(({ httpProxy }) => httpProxy.requireLogin('eva:right'));

  test('gets it from the user, who is asked again if it is refused, and then no more', async ({
    start,
    httpProxy,
    google,
  }) => {
    const running = await start({ args: [`--proxy-server=127.0.0.1:${httpProxy.port}`], env: farGoogle });
    const { page } = running;
    await sendMessage(page, 'a red fox at dawn');
    await expect(login(page)).toContainText(`127.0.0.1:${httpProxy.port}`);
    await expect(login(page)).toContainText('Office');
    expect(google.requests).toEqual([]);
    await signIn(page, 'eva', 'wrong');
    await expect(login(page).getByRole('alert')).toHaveText(/refused this user name or password/);
    await signIn(page, 'eva', 'right');
    await expectFullPicture(pictures(page));
    await expect(login(page)).toHaveCount(0);
    await sendMessage(page, 'a blue fox at dusk');
    await expectFullPicture(pictures(page).nth(1));
    expect(google.requests).toHaveLength(2);
    expect(new Set(httpProxy.logins)).toEqual(new Set([null, 'eva:wrong', 'eva:right']));
    expect(running.output()).not.toContain('right');
  });

  test('fails the request if the user cancels, and is asked for again by Retry', async ({
    start,
    httpProxy,
    google,
  }) => {
    const { page } = await start({ args: [`--proxy-server=127.0.0.1:${httpProxy.port}`], env: farGoogle });
    await sendMessage(page, 'a red fox at dawn');
    await login(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(pictures(page).getByRole('alert')).toHaveText(/requires a user name and a password/);
    expect(google.requests).toEqual([]);
    await pictures(page).getByRole('button', { name: 'Retry' }).click();
    await expect(login(page)).toBeVisible();
    // A page that starts again finds the question.
    await page.reload();
    await signIn(page, 'eva', 'right');
    await expectFullPicture(pictures(page));
  });

  test('says so if it accepts no password', async ({ start, httpProxy }) => {
    httpProxy.requireLogin('eva:right', ['NTLM', 'Negotiate']);
    const { page } = await start({ args: [`--proxy-server=127.0.0.1:${httpProxy.port}`], env: farGoogle });
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page).getByRole('alert')).toHaveText(/which Afterimage does not support/);
    await expect(login(page)).toHaveCount(0);
  });
});

test.describe('updates', () => {
  const version = { version: '99.0.0', file: 'Afterimage-99.0.0.AppImage', content: Buffer.from('new') };

  async function prepare(dataFolder: string) {
    const feed = await startUpdateFeed();
    feed.publish(version);
    const program = path.join(dataFolder, 'Afterimage.AppImage');
    writeFileSync(program, 'the old program');
    chmodSync(program, 0o755);
    return { feed, program };
  }

  async function checkForUpdates(page: Page) {
    await openSettings(page, 'About');
    const section = page.getByRole('region', { name: 'This version' });
    await section.getByRole('button', { name: 'Look for a newer one' }).click();
    return section;
  }

  test('are found through a proxy, with its login', async ({ start, dataFolder }) => {
    const { feed, program } = await prepare(dataFolder);
    const proxy = await startConnectProxy(Number(new URL(feed.url).port), { forwards: true });
    proxy.requireLogin('eva:right');
    const env = { AFTERIMAGE_UPDATE_FEED: 'http://updates.test', APPIMAGE: program };
    const { page } = await start({ args: [`--proxy-server=127.0.0.1:${proxy.port}`], env });
    const section = await checkForUpdates(page);
    await signIn(page, 'eva', 'wrong');
    await expect(login(page).getByRole('alert')).toBeVisible();
    await signIn(page, 'eva', 'right');
    await expect(section.getByText('99.0.0 is available.')).toBeVisible();
    await proxy.close();
    await feed.close();
  });

  test('are not looked for around a proxy that is down', async ({ start, dataFolder, closedPort }) => {
    const { feed, program } = await prepare(dataFolder);
    const env = { AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program };
    const { page } = await start({
      args: [`--proxy-server=127.0.0.1:${closedPort}`, alsoForThisComputer],
      env,
    });
    const section = await checkForUpdates(page);
    await expect(section.getByText(/could not check for updates/)).toBeVisible();
    expect(feed.requests).toEqual([]);
    await feed.close();
  });
});
