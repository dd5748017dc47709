// From a service's bytes to the files that the page loads: sizes, ETags, ranges and recovery after a kill.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  arrivalFile,
  arrivedFile,
  displayOf,
  factsOf,
  pictureFile,
  recipeFile,
  thumbnailOf,
} from '../../shared/domain/picture-files';
import { imageUrl } from '../../shared/domain/pictures';
import type { Running } from '../harness/launch';
import { samplePicture } from '../servers/sample-picture';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

/** Requests an `afterimage://` URL in the main process. */
function fetchImage({ electron }: Running, address: string, headers: Record<string, string> = {}) {
  return electron.evaluate(
    async ({ net }, [url, sent]) => {
      const response = await net.fetch(url, { headers: sent });
      const { length } = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, length, headers: Object.fromEntries(response.headers) };
    },
    [address, headers] as const,
  );
}

async function makePicture(running: Running): Promise<string> {
  await sendMessage(running.page, 'draw a red fox at dawn');
  await expectFullPicture(pictures(running.page));
  const id = await running.page.locator('article[data-kind="image"]').getAttribute('data-message-id');
  if (id === null) throw new Error('The picture has no id.');
  return id;
}

test('a PNG gets smaller versions and is served in the requested size', async ({
  start,
  google,
  dataFolder,
}) => {
  const running = await start({ env: googleEnvironment(google) });
  const id = await makePicture(running);
  const png = pictureFile(id, 'png');
  const folder = path.join(dataFolder, path.dirname(png));
  const all = [png, displayOf(png), thumbnailOf(png, 512), thumbnailOf(png, 256), recipeFile(id)];
  await expect
    .poll(() => readdirSync(folder).toSorted())
    .toEqual(all.map((file) => path.basename(file)).toSorted());

  const full = await fetchImage(running, imageUrl(id, 'full'));
  expect(full).toMatchObject({ status: 200, headers: { 'content-type': 'image/webp' } });
  expect(full.length).toBeLessThan(readFileSync(path.join(dataFolder, png)).length / 2);
  expect(full.headers['content-length']).toBe(String(full.length));
  const etag = full.headers['etag'] ?? '';
  expect(await fetchImage(running, imageUrl(id, 'full'), { 'if-none-match': etag })).toMatchObject({
    status: 304,
    length: 0,
  });
  expect(await fetchImage(running, imageUrl(id, 'full'), { range: 'bytes=10-19' })).toMatchObject({
    status: 206,
    length: 10,
  });
  const sizes = await running.page.evaluate(
    (addresses) =>
      Promise.all(
        addresses.map(async (address) => {
          const image = document.createElement('img');
          image.src = address;
          await image.decode();
          return Math.max(image.naturalWidth, image.naturalHeight);
        }),
      ),
    [imageUrl(id, '256'), imageUrl(id, '512')],
  );
  expect(sizes).toEqual([256, 512]);

  // Requesting a lost thumbnail makes it again.
  rmSync(path.join(dataFolder, thumbnailOf(png, 512)));
  expect((await fetchImage(running, imageUrl(id, '512'))).headers['cache-control']).toBe('no-store');
  await expect.poll(() => readdirSync(folder)).toContain(path.basename(thumbnailOf(png, 512)));
  await expect
    .poll(async () => (await fetchImage(running, imageUrl(id, '512'))).headers['cache-control'])
    .toContain('immutable');
});

for (const where of ['arrived', 'older'] as const) {
  test(`bytes that a killed app left behind are recovered without a request (${where})`, async ({
    start,
    google,
    dataFolder,
    rows,
    write,
  }) => {
    const env = googleEnvironment(google);
    const running = await start({ env });
    const id = await makePicture(running);
    await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(1);
    await running.quit();
    const png = path.join(dataFolder, pictureFile(id, 'png'));
    const bytes = readFileSync(png);
    // The state after a kill between the last byte and the recipe.
    const recipe: { requestId?: string } = JSON.parse(
      readFileSync(path.join(dataFolder, recipeFile(id)), 'utf8'),
    );
    const { requestId = '', ...facts } = recipe;
    const left = path.join(dataFolder, where === 'arrived' ? arrivalFile(requestId) : arrivedFile(id));
    renameSync(png, left);
    const arrival = { ...facts, requestId, jobId: id, mimeType: null, arrivedAt: 1 };
    if (where === 'arrived') writeFileSync(factsOf(left), JSON.stringify(arrival));
    rmSync(path.join(dataFolder, recipeFile(id)));
    write(`DELETE FROM user_images; UPDATE messages SET status = 'generating', image_file = NULL,
           width = NULL, height = NULL, bytes = NULL, thumbhash = NULL WHERE id = '${id}'`);

    const { page } = await start({ env });
    await expectFullPicture(pictures(page));
    expect(readFileSync(png).equals(bytes)).toBe(true);
    expect(existsSync(left)).toBe(false);
    expect(google.requests).toHaveLength(1);
  });
}

test('replacing originals switches to the smaller file without a visible change', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await openSettings(page, 'Storage');
  await page.getByRole('switch', { name: 'Keep original files' }).uncheck();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const element = await pictures(page).elementHandle();
  await expect.poll(() => rows('SELECT file FROM user_images')[0]?.['file']).toMatch(/\.display\.webp$/);
  expect(rows('SELECT image_file AS file FROM messages WHERE image_file IS NOT NULL')).toEqual(
    rows('SELECT file FROM user_images'),
  );
  const file = path.join(dataFolder, String(rows('SELECT file FROM user_images')[0]?.['file']));
  const folder = path.dirname(file);
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.png'))).toEqual([]);
  expect(readdirSync(folder)).toContain(path.basename(file));
  expect(await element?.evaluate((node) => node.isConnected)).toBe(true);
  await expectFullPicture(pictures(page));
});

test('the next start finishes the smaller versions and replaces the original after a kill between them', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  const env = googleEnvironment(google);
  const first = await start({ env });
  await first.page.evaluate(() => window.afterimage.request('settings:set', { keepOriginals: false }));
  await first.quit();
  const doomed = await start({ env: { ...env, AFTERIMAGE_FAULT_POINT: 'derive: among the small versions' } });
  const died = new Promise((resolve) => doomed.electron.process().once('exit', resolve));
  await sendMessage(doomed.page, 'a red fox at dawn').catch(() => {});
  await died;
  await doomed.kill();
  const [row] = rows('SELECT image_file AS file FROM messages WHERE image_file IS NOT NULL');
  const png = String(row?.['file']);
  expect(png).toMatch(/\.png$/);

  await start({ env });
  const kept = () => readdirSync(path.join(dataFolder, path.dirname(png))).toSorted();
  const id = path.basename(png, '.png');
  const allFiles = [`${id}.256.webp`, `${id}.512.webp`, `${id}.display.webp`, `${id}.json`];
  await expect.poll(kept, { timeout: 30_000 }).toEqual(allFiles);
  expect(rows('SELECT file FROM user_images')).toEqual([{ file: displayOf(png) }]);
  expect(google.requests).toHaveLength(1);
});

test('Retry recovers a picture that had arrived but was not stored, without a second request', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
  const { page } = await start({ env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toBeVisible();
  const id = String(rows(`SELECT id FROM messages WHERE kind = 'image'`)[0]?.['id']);
  const arrived = path.join(dataFolder, arrivedFile(id));
  mkdirSync(path.dirname(arrived), { recursive: true });
  writeFileSync(arrived, await samplePicture('3:2'));
  await pictures(page).getByRole('button', { name: 'Retry' }).click();
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(1);
});

test('a changed quality applies from the next picture', async ({ start, google, dataFolder }) => {
  const running = await start({ env: googleEnvironment(google) });
  const { page } = running;
  const answers = page.locator('article[data-kind="image"]');
  const displaySize = async (index: number) => {
    await expectFullPicture(pictures(page).nth(index));
    const id = (await answers.nth(index).getAttribute('data-message-id')) ?? '';
    const file = path.join(dataFolder, displayOf(pictureFile(id, 'png')));
    await expect.poll(() => existsSync(file)).toBe(true);
    return statSync(file).size;
  };
  await sendMessage(page, 'draw a red fox at dawn');
  const before = await displaySize(0);
  await openSettings(page, 'Storage');
  const slider = page.getByRole('slider', { name: 'Display quality' });
  await expect(slider).toHaveValue('90');
  await slider.fill('60');
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'draw a red fox at dawn');
  expect(await displaySize(1)).toBeLessThan(before);
});
