// With the painter no network call is made at all.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, expectLanded, pictures, say, test } from './fixture';

test('no network call is made with the painter', async ({ start, dataFolder }) => {
  const netLog = path.join(dataFolder, 'net-log.json');
  // Chromium writes down every request; Node's own debugging every connection of main and generator.
  const running = await start({
    args: [`--log-net-log=${netLog}`],
    env: { NODE_DEBUG: 'net,tls,http,https,dns' },
  });
  const { page } = running;
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await say(page, 'hello');
  await expect(page.locator('article[data-kind="text"][data-role="assistant"]')).toContainText(
    'offline painter',
  );
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('grid', { name: 'Gallery' }).getByRole('img')).toHaveCount(1);
  await running.quit();

  const log = await readFile(netLog, 'utf8');
  expect(log).toContain('constants');
  const addresses = [...log.matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url ?? '');
  expect(addresses.filter((url) => !/^(afterimage|chrome|devtools|data|blob):/.test(url))).toEqual([]);
  expect(log).not.toMatch(/"host":"(?!")[^"]+"/);
  expect(running.output()).not.toMatch(
    /\b(?:NET|TLS|HTTP|DNS) \d+: (?:connect|createConnection|lookup|onSocket)/i,
  );
});
