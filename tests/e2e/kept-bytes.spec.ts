// Paid answers are never lost: bytes that cannot be opened, a codec that crashes, a generator that ends.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { Running } from '../harness/launch';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

const tiff = Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), Buffer.alloc(500, 7)]);
const request = 'draw a red fox at dawn';

function jpeg(): Buffer {
  const canvas = createCanvas(300, 200);
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'teal';
  pen.fillRect(0, 0, 300, 200);
  return canvas.toBuffer('image/jpeg');
}

/** @returns the bytes of the only file in a folder that is not JSON. */
function onlyFileIn(folder: string): Buffer {
  const [name = 'none', ...others] = readdirSync(folder).filter((file) => !file.endsWith('.json'));
  expect(others).toEqual([]);
  return readFileSync(path.join(folder, name));
}

/** @returns the process id, once there is such a process. */
async function processOf({ electron }: Running, name: string): Promise<number> {
  let id: number | null = null;
  await expect
    .poll(async () => {
      id = await electron.evaluate(
        ({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? null,
        name,
      );
      return id;
    })
    .not.toBeNull();
  return id ?? 0;
}

async function generatorStarts(page: Page): Promise<number> {
  const reply = await page.evaluate(() => window.afterimage.request('diagnostics:read', {}));
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.generator.starts;
}

test('paid answers are never lost, whatever arrives and whatever ends', async ({
  start,
  google,
  dataFolder,
  userFolder,
  rows,
}) => {
  const running = await start({ env: googleEnvironment(google) });
  const { page, electron } = running;
  const kept = path.join(dataFolder, 'kept');

  await test.step('a paid picture that cannot be opened is kept, and “Save received file” saves it', async () => {
    google.answerNext({ kind: 'picture', bytes: tiff });
    await sendMessage(page, request);
    await expect(pictures(page).getByRole('alert')).toContainText('has kept it');
    expect(onlyFileIn(kept).equals(tiff)).toBe(true);
    await expect
      .poll(() => rows('SELECT outcome, cost_micro_usd > 0 AS costs FROM image_generation_log'))
      .toEqual([{ outcome: 'failed', costs: 1 }]);

    const chosen = path.join(userFolder, 'saved');
    await electron.evaluate(({ dialog }, folder) => {
      dialog.showSaveDialog = (...given: unknown[]) => {
        const [, options = {}] = given;
        const { defaultPath = '' }: { defaultPath?: string } = options ?? {};
        return Promise.resolve({ canceled: false, filePath: `${folder}.${defaultPath.split('.').at(-1)}` });
      };
    }, chosen);
    await pictures(page).getByRole('button', { name: 'Save received file' }).click();
    await expect(page.getByText(`Saved as ${chosen}.tiff`)).toBeVisible();
    expect(readFileSync(`${chosen}.tiff`).equals(tiff)).toBe(true);

    // Retry is a new request, and the first answer stays.
    await pictures(page).getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(pictures(page));
    expect(onlyFileIn(kept).equals(tiff)).toBe(true);
    expect(google.requests).toHaveLength(2);
  });

  await test.step('a JPEG without its end marker is shown', async () => {
    google.answerNext({ kind: 'picture', bytes: jpeg().subarray(0, -2) });
    await newChat(page);
    await sendMessage(page, request);
    await expectFullPicture(pictures(page));
  });

  await test.step('a usage that is no number leaves no picture open', async () => {
    google.answerNext({
      kind: 'picture',
      bytes: jpeg(),
      usage: { promptTokenCount: -5, candidatesTokenCount: 1e300, candidatesTokensDetails: 'none' },
    });
    await newChat(page);
    await sendMessage(page, request);
    await expectFullPicture(pictures(page));
  });

  await test.step('a crash of the codec cuts off no request, and its picture is opened again', async () => {
    const before = google.requests.length;
    google.answerNext({ kind: 'hang' });
    await newChat(page);
    await sendMessage(page, request);
    await google.received(before + 1);
    process.kill(await processOf(running, 'Afterimage codec'), 'SIGKILL');
    google.release();
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(before + 1);
    expect(await generatorStarts(page)).toBe(1);
  });

  await test.step('a generator that ends between a billed prefetch and Enter loses nothing', async () => {
    const before = google.requests.length;
    /** Facts and bytes, each under its own name: before, a kill leaves what is no picture. */
    const arrived = () => {
      try {
        return readdirSync(path.join(dataFolder, 'arrived')).filter((name) => !name.endsWith('.part')).length;
      } catch {
        return 0;
      }
    };
    await newChat(page);
    await expect.poll(arrived).toBe(0);
    await page.evaluate(() => window.afterimage.request('settings:set', { prefetchBilled: true }));
    await page.getByRole('textbox', { name: 'Message' }).fill('a red fox at dawn');
    // As the composer does after a pause.
    await page.evaluate(async () => {
      const draft = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
      const reply = await window.afterimage.request('chat:prefetch', draft);
      if (!reply.ok) throw new Error(reply.message);
    });
    await expect.poll(arrived).toBe(2);
    process.kill(await processOf(running, 'Afterimage generator'), 'SIGKILL');
    await page.keyboard.press('Enter');
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(before + 1);
  });
});

test('a picture that crashes the codec each time ends as a failure with its bytes kept', async ({
  start,
  google,
  dataFolder,
}) => {
  google.answerNext({ kind: 'picture', bytes: jpeg() });
  const env = { ...googleEnvironment(google), AFTERIMAGE_FAULT_POINT: 'codec: before decoding' };
  const { page } = await start({ env });
  await sendMessage(page, request);
  await expect(pictures(page).getByRole('alert')).toContainText('has kept it');
  expect(onlyFileIn(path.join(dataFolder, 'kept')).equals(jpeg())).toBe(true);
  expect(await generatorStarts(page)).toBe(1);
});
