// All traffic takes the way that the system or the command line names, and no other one.
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startConnectProxy } from '../servers/connect-proxy';
import { startUpdateFeed } from '../servers/update-feed';
import { expect, expectFullPicture, googleEnvironment, openSettings, pictures, sendMessage } from './fixture';
import { alsoForThisComputer, farGoogle, login, signIn, test, useAddress } from './proxied';

test('the HTTP proxy of the command line leads to every server but this computer, with the login of the user', async ({
  start,
  google,
  httpProxy,
}) => {
  test.slow();
  const running = await start({
    args: [`--proxy-server=127.0.0.1:${httpProxy.port}`],
    env: { GEMINI_API_KEY: 'test-key', AUTOMATIC1111_BASE_URL: 'http://webui.test:7860' },
  });
  const { page } = running;

  await test.step('requests to this computer go directly', async () => {
    await useAddress(page, google.baseUrl);
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(httpProxy.targets).toEqual([]);
  });

  await test.step('requests to another server go through the proxy', async () => {
    await useAddress(page, farGoogle.GOOGLE_GEMINI_BASE_URL);
    await sendMessage(page, 'a blue fox at dusk');
    await expectFullPicture(pictures(page).nth(1));
    expect(httpProxy.targets).toContain('gemini.test:80');
  });

  await test.step('a login comes from the user, who is asked again if it is refused, and then no more', async () => {
    httpProxy.requireLogin('eva:right');
    const before = google.requests.length;
    await sendMessage(page, 'a green owl at night');
    await expect(login(page)).toContainText(`127.0.0.1:${httpProxy.port}`);
    await expect(login(page)).toContainText('Office');
    expect(google.requests).toHaveLength(before);
    await signIn(page, 'eva', 'wrong');
    await expect(login(page).getByRole('alert')).toHaveText(/refused this user name or password/);
    await signIn(page, 'eva', 'right');
    await expectFullPicture(pictures(page).nth(2));
    await expect(login(page)).toHaveCount(0);
    await sendMessage(page, 'a white boat at noon');
    await expectFullPicture(pictures(page).nth(3));
    expect(google.requests).toHaveLength(before + 2);
    expect(new Set(httpProxy.logins)).toEqual(new Set([null, 'eva:wrong', 'eva:right']));
    expect(running.output()).not.toContain('right');
  });

  await test.step('a cancelled login fails the request, and Retry asks for it again', async () => {
    httpProxy.requireLogin('eva:changed');
    const before = google.requests.length;
    await sendMessage(page, 'a black cat at home');
    await login(page).getByRole('button', { name: 'Cancel' }).click();
    const picture = pictures(page).nth(4);
    await expect(picture.getByRole('alert')).toHaveText(/requires a user name and a password/);
    expect(google.requests).toHaveLength(before);
    await picture.getByRole('button', { name: 'Retry' }).click();
    await expect(login(page)).toBeVisible();
    // A page that starts again finds the question.
    await page.reload();
    await signIn(page, 'eva', 'changed');
    await expectFullPicture(picture);
  });

  await test.step('a proxy that accepts no password says so', async () => {
    httpProxy.requireLogin('eva:other', ['NTLM', 'Negotiate']);
    await sendMessage(page, 'a grey horse in the rain');
    await expect(pictures(page).nth(5).getByRole('alert')).toHaveText(/which Afterimage does not support/);
    await expect(login(page)).toHaveCount(0);
  });

  await test.step('a web UI in the network is reached through the proxy, too', async () => {
    const before = httpProxy.targets.length;
    await page.evaluate(() => window.afterimage.request('settings:set', { provider: 'automatic1111' }));
    await page.reload();
    await sendMessage(page, 'draw a brown dog at dawn');
    await expect(pictures(page).nth(6).getByRole('alert')).toBeVisible();
    expect(new Set(httpProxy.targets.slice(before))).toEqual(new Set(['webui.test:7860']));
  });
});

test('the SOCKS proxy of the command line leads to other servers', async ({ start, socks }) => {
  const { page } = await start({
    args: [`--proxy-server=socks5://127.0.0.1:${socks.port}`],
    env: farGoogle,
  });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  expect(socks.targets).toContain('5 gemini.test:80');
});

test('the proxy of the environment leads to other servers', async ({ start, httpProxy }) => {
  const { page } = await start({ env: { ...farGoogle, http_proxy: `http://127.0.0.1:${httpProxy.port}` } });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  expect(httpProxy.targets).toContain('gemini.test:80');
});

test('--no-proxy-server leads around the proxy', async ({ start, google, httpProxy }) => {
  const args = ['--no-proxy-server', `--proxy-server=127.0.0.1:${httpProxy.port}`, alsoForThisComputer];
  const { page } = await start({ args, env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  expect(httpProxy.targets).toEqual([]);
});

test('a script that cannot be loaded fails the request, and one that can leads through its first reachable proxy', async ({
  start,
  script,
  httpProxy,
  socks,
  closedPort,
}) => {
  const { page } = await start({ args: [`--proxy-pac-url=${script.url}`], env: farGoogle });
  await sendMessage(page, 'a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toHaveText(/--proxy-pac-url\) could not be loaded/);
  script.setTo(
    `host === 'gemini.test' ? 'PROXY 127.0.0.1:${closedPort}; SOCKS5 127.0.0.1:${socks.port}' : 'PROXY 127.0.0.1:${httpProxy.port}'`,
  );
  await sendMessage(page, 'a blue fox at dusk');
  await expectFullPicture(pictures(page).nth(1));
  expect(socks.targets).toContain('5 gemini.test:80');
  expect(httpProxy.targets).toEqual([]);
});

/** Publishes a newer version for a program that can update itself. */
async function publishUpdate(dataFolder: string) {
  const feed = await startUpdateFeed();
  feed.publish({ version: '99.0.0', file: 'Afterimage-99.0.0.AppImage', content: Buffer.from('new') });
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

test('a proxy that is told to leads to this computer, and nothing goes around one that is down', async ({
  start,
  dataFolder,
  google,
  httpProxy,
}) => {
  test.slow();
  const { feed, program } = await publishUpdate(dataFolder);
  const { page, electron } = await start({
    args: [`--proxy-server=127.0.0.1:${httpProxy.port}`, alsoForThisComputer],
    env: { ...googleEnvironment(google), AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program },
  });

  await test.step('requests to this computer go through the proxy', async () => {
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(new Set(httpProxy.targets)).toEqual(new Set([new URL(google.baseUrl).host]));
  });

  await httpProxy.close();
  await test.step('updates are not looked for around it', async () => {
    const section = await checkForUpdates(page);
    await expect(section.getByText(/could not check for updates/)).toBeVisible();
    expect(feed.requests).toEqual([]);
    await page.getByRole('link', { name: 'Chat' }).click();
  });
  const received = () => [...google.requests, ...google.rejections].length;
  const before = received();
  for (const [index, kind] of ['', 'https://', 'socks5://', 'socks4://'].entries()) {
    await test.step(`a proxy that is down fails the request without a direct connection: ${kind || 'http'}`, async () => {
      // The first one is the proxy of the command line.
      if (kind) {
        await electron.evaluate(
          ({ session }, proxyRules) =>
            session.defaultSession.setProxy({ proxyRules, proxyBypassRules: '<-loopback>' }),
          `${kind}127.0.0.1:${httpProxy.port}`,
        );
      }
      await sendMessage(page, `a fox on hill ${index}`);
      const picture = pictures(page).nth(index + 1);
      await expect(picture.getByRole('alert')).toHaveText(
        new RegExp(`The proxy 127\\.0\\.0\\.1:${httpProxy.port} could not be reached`),
      );
      await expect(picture.getByRole('button', { name: 'Retry' })).toBeVisible();
      expect(received()).toBe(before);
    });
  }
  await feed.close();
});

test('updates are found through a proxy, with its login', async ({ start, dataFolder }) => {
  const { feed, program } = await publishUpdate(dataFolder);
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
