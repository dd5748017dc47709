// The app makes no network request when it uses the painter.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';

test('the painter works without a network request', async ({ start, dataFolder }) => {
  const netLog = path.join(dataFolder, 'net-log.json');
  // Chromium's net log records every request; NODE_DEBUG records the connections of the main process and the generator.
  const running = await start({
    args: [`--log-net-log=${netLog}`],
    env: { NODE_DEBUG: 'net,tls,http,https,dns' },
  });
  const { page } = running;
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  await sendMessage(page, 'ein Drache auf einem Fahrrad');
  await expect(pictures(page)).toHaveCount(2);
  await expect(page.getByTestId('not-drawn')).toContainText('Could not draw: Drache and Fahrrad');
  await expectFullPicture(pictures(page).last());
  await page.getByTestId('not-drawn').getByRole('button', { name: 'Connect a model' }).click();
  await expect(page.getByRole('dialog', { name: 'Connect a model' })).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('grid', { name: 'Gallery' }).getByRole('img')).toHaveCount(2);
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
