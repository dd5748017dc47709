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
import type { Page } from '@playwright/test';
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
  newChat,
  openSettings,
  pictures,
  sendMessage,
  test,
  untilDead,
} from './fixture';

test.use({ pictureScale: 0.5 });

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

/** Makes a picture in the open chat. @returns its id. */
async function makePicture(page: Page): Promise<string> {
  const count = await pictures(page).count();
  await sendMessage(page, 'draw a red fox at dawn');
  await expectFullPicture(pictures(page).nth(count));
  const id = await page.locator('article[data-kind="image"]').nth(count).getAttribute('data-message-id');
  if (id === null) throw new Error('The picture has no id.');
  return id;
}

test('pictures get smaller versions, and the settings of these apply from the next picture', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  const running = await start({ env: googleEnvironment(google) });
  const { page } = running;

  await test.step('a PNG gets smaller versions and is served in the requested size', async () => {
    const id = await makePicture(page);
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
    const sizes = await page.evaluate(
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

    // Requesting a lost thumbnail makes it again. A busy computer may answer with the full picture first.
    rmSync(path.join(dataFolder, thumbnailOf(png, 512)));
    await expect
      .poll(async () => (await fetchImage(running, imageUrl(id, '512'))).headers['cache-control'])
      .toContain('immutable');
    expect(readdirSync(folder)).toContain(path.basename(thumbnailOf(png, 512)));
  });

  await test.step('a changed quality applies from the next picture', async () => {
    const displaySize = async (id: string) => {
      const file = path.join(dataFolder, displayOf(pictureFile(id, 'png')));
      await expect.poll(() => existsSync(file)).toBe(true);
      return statSync(file).size;
    };
    await newChat(page);
    const before = await displaySize(await makePicture(page));
    await openSettings(page, 'Storage');
    const slider = page.getByRole('slider', { name: 'Display quality' });
    await expect(slider).toHaveValue('90');
    await slider.fill('60');
    await page.getByRole('link', { name: 'Chat' }).click();
    await expectFullPicture(pictures(page));
    expect(await displaySize(await makePicture(page))).toBeLessThan(before);
  });

  await test.step('Retry recovers a picture that had arrived but was not stored, without a second request', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page).getByRole('alert')).toBeVisible();
    const id = (await page.locator('article[data-kind="image"]').getAttribute('data-message-id')) ?? '';
    const arrived = path.join(dataFolder, arrivedFile(id));
    mkdirSync(path.dirname(arrived), { recursive: true });
    writeFileSync(arrived, await samplePicture('3:2'));
    await pictures(page).getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(1);
  });

  await test.step('replacing originals switches to the smaller file without a visible change', async () => {
    await newChat(page);
    await openSettings(page, 'Storage');
    await page.getByRole('switch', { name: 'Keep original files' }).uncheck();
    await page.getByRole('link', { name: 'Chat' }).click();
    const id = await makePicture(page);
    const element = await pictures(page).elementHandle();
    const fileOf = (columns: string) => rows(`SELECT ${columns} = '${id}'`)[0]?.['file'];
    const inGallery = () => fileOf('file FROM user_images WHERE message_id');
    await expect.poll(inGallery).toMatch(/\.display\.webp$/);
    await expect.poll(() => fileOf('image_file AS file FROM messages WHERE id')).toBe(inGallery());
    const file = path.join(dataFolder, String(inGallery()));
    const kept = () => readdirSync(path.dirname(file)).filter((name) => name.startsWith(id));
    await expect.poll(() => kept().filter((name) => name.endsWith('.png'))).toEqual([]);
    await expect.poll(kept).toContain(path.basename(file));
    expect(await element?.evaluate((node) => node.isConnected)).toBe(true);
    await expectFullPicture(pictures(page));
  });
});

test('bytes that a killed app left behind are recovered without a request, wherever they were', async ({
  start,
  google,
  dataFolder,
  rows,
  write,
}) => {
  const env = googleEnvironment(google);
  const { page: first, quit } = await start({ env });
  const ids = { arrived: await makePicture(first), older: await makePicture(first) };
  await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(2);
  await quit();
  // The states after a kill between the last byte and the recipe, of this version and of older ones.
  const left = Object.entries(ids).map(([where, id]) => {
    const png = path.join(dataFolder, pictureFile(id, 'png'));
    const bytes = readFileSync(png);
    const recipe: { requestId?: string } = JSON.parse(
      readFileSync(path.join(dataFolder, recipeFile(id)), 'utf8'),
    );
    const { requestId = '', ...facts } = recipe;
    const file = path.join(dataFolder, where === 'arrived' ? arrivalFile(requestId) : arrivedFile(id));
    renameSync(png, file);
    const arrival = { ...facts, requestId, jobId: id, mimeType: null, arrivedAt: 1 };
    if (where === 'arrived') writeFileSync(factsOf(file), JSON.stringify(arrival));
    rmSync(path.join(dataFolder, recipeFile(id)));
    write(`DELETE FROM user_images; UPDATE messages SET status = 'generating', image_file = NULL,
           width = NULL, height = NULL, bytes = NULL, thumbhash = NULL WHERE id = '${id}'`);
    return { where, png, bytes, file };
  });

  const { page } = await start({ env });
  for (const [index, { where, png, bytes, file }] of left.entries()) {
    await expectFullPicture(pictures(page).nth(index));
    expect(readFileSync(png).equals(bytes), where).toBe(true);
    await expect.poll(() => existsSync(file), where).toBe(false);
  }
  expect(google.requests).toHaveLength(2);
});

test('the next start finishes the smaller versions and replaces the original after a kill between them', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  const env = googleEnvironment(google);
  const doomed = await start({ env: { ...env, AFTERIMAGE_FAULT_POINT: 'derive: among the small versions' } });
  await doomed.page.evaluate(() => window.afterimage.request('settings:set', { keepOriginals: false }));
  await untilDead(doomed, () => sendMessage(doomed.page, 'a red fox at dawn'));
  await doomed.kill();
  const [row] = rows('SELECT image_file AS file FROM messages WHERE image_file IS NOT NULL');
  const png = String(row?.['file']);
  expect(png).toMatch(/\.png$/);

  await start({ env });
  const kept = () => readdirSync(path.join(dataFolder, path.dirname(png))).toSorted();
  const id = path.basename(png, '.png');
  const allFiles = [`${id}.256.webp`, `${id}.512.webp`, `${id}.display.webp`, `${id}.json`];
  await expect.poll(kept).toEqual(allFiles);
  await expect.poll(() => rows('SELECT file FROM user_images')).toEqual([{ file: displayOf(png) }]);
  expect(google.requests).toHaveLength(1);
});
