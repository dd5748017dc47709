// Pictures from other services: OpenAI-compatible ones, Imagen, and a Stable Diffusion web UI.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildWorkflow } from '../../electron/generator/services/comfyui/built-in-workflow';
import { dropFiles } from '../harness/drop-files';
import { type Automatic1111Server, startAutomatic1111Server } from '../servers/automatic1111-server';
import { json } from '../servers/loopback';
import { type OpenaiServer, startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { comfyuiProtocol } from '../servers/wire/comfyui';
import { startWireServer } from '../servers/wire/wire-server';
import { test as base, expect, expectFullPicture, newChat, pictures, sendMessage } from './fixture';

const key = 'sk-key-of-this-test';

type ComfyuiServer = Awaited<ReturnType<typeof startWireServer>>;

const test = base.extend<{ openai: OpenaiServer; webUi: Automatic1111Server; comfyui: ComfyuiServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  async openai({}, use) {
    const server = await startOpenaiServer();
    await use(server);
    await server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  async webUi({}, use) {
    const server = await startAutomatic1111Server();
    await use(server);
    await server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  async comfyui({}, use) {
    const server = await startWireServer(comfyuiProtocol);
    await use(server);
    await server.close();
  },
});

const openaiEnvironment = (server: OpenaiServer) => ({
  AFTERIMAGE_PROVIDER: 'openai',
  OPENAI_BASE_URL: server.baseUrl,
  OPENAI_API_KEY: key,
});

const webUiEnvironment = (server: Automatic1111Server) => ({
  AFTERIMAGE_PROVIDER: 'automatic1111',
  AUTOMATIC1111_BASE_URL: server.baseUrl,
});

test('an OpenAI-compatible service makes pictures in the shapes of its model and shows why it refused one', async ({
  start,
  openai,
  rows,
}) => {
  const { page } = await start({ env: openaiEnvironment(openai) });

  await test.step('it makes a picture', async () => {
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(openai.requests).toMatchObject([
      { authorization: `Bearer ${key}`, fields: { model: 'gpt-image-2', prompt: 'a red fox at dawn' } },
    ]);
  });

  await test.step('it shows why it refused one, and does not reveal its key', async () => {
    openai.answerNext({
      kind: 'error',
      status: 400,
      error: {
        message: `Refused for ${key}.`,
        type: 'image_generation_user_error',
        code: 'moderation_blocked',
      },
    });
    await sendMessage(page, 'a red fox at noon');
    await expect(page.getByRole('alert')).toHaveText(/safety filter stopped this prompt/);
    expect(openai.requests).toHaveLength(2);

    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    expect(rows('SELECT outcome, cost_micro_usd FROM image_generation_log ORDER BY requested_at')).toEqual([
      // The server is on this computer.
      { outcome: 'ready', cost_micro_usd: 0 },
      { outcome: 'failed', cost_micro_usd: null },
    ]);
    expect(await page.content()).not.toContain(key);
    expect(JSON.stringify(rows('SELECT * FROM messages'))).not.toContain(key);
  });

  await test.step('only the shapes of the model are offered, and an unsupported default becomes the nearest', async () => {
    await page.evaluate(() =>
      Promise.all([
        window.afterimage.request('settings:set', { aspectRatio: '21:9' }),
        // Later models accept any shape.
        window.afterimage.request('services:change', {
          id: 'openai',
          changes: { pictureModel: 'gpt-image-1' },
        }),
      ]),
    );
    await page.reload();
    await newChat(page);
    const shape = page.getByRole('button', { name: 'Shape: Landscape 3:2' });
    await shape.click();
    await expect(page.getByRole('group', { name: 'Shape' }).getByRole('radio')).toHaveCount(3);
    await shape.click();
    await sendMessage(page, 'a red fox at dusk');
    const waiting = await pictures(page).boundingBox();
    await expectFullPicture(pictures(page));
    await expect(pictures(page).locator('img[data-fit]')).toHaveAttribute('data-fit', 'cover');
    expect(await pictures(page).boundingBox()).toEqual(waiting);
    expect(openai.requests.slice(2)).toMatchObject([{ fields: { size: '1536x1024' } }]);
  });
});

test('Imagen makes a picture on Vertex AI and reports models that were shut down', async ({
  start,
  google,
}) => {
  const { page } = await start({
    env: { AFTERIMAGE_PROVIDER: 'imagen', GOOGLE_API_KEY: key, GOOGLE_VERTEX_BASE_URL: google.baseUrl },
  });
  await expect(page.getByRole('region', { name: /Imagen 4 was shut down on 17 August 2026/ })).toBeVisible();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  expect(google.requests).toMatchObject([
    { method: 'predict', prompt: 'a red fox at dawn', aspectRatio: '4:3' },
  ]);
});

test('a web UI and ComfyUI make pictures, and show their progress', async ({
  start,
  webUi,
  comfyui,
  rows,
  dataFolder,
}, testInfo) => {
  comfyui.state.picture = await samplePicture('3:2');
  const { page } = await start({
    env: { ...webUiEnvironment(webUi), COMFYUI_BASE_URL: comfyui.baseUrl },
  });

  await test.step('a web UI makes a free picture', async () => {
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(webUi.rejections).toEqual([]);
    const [message] = rows(
      "SELECT json_extract(params, '$.seed') AS seed FROM messages WHERE kind = 'image'",
    );
    expect(webUi.works).toMatchObject([{ prompt: 'a red fox at dawn', seed: message?.['seed'] }]);
    await expect
      .poll(() => rows('SELECT cost_micro_usd FROM image_generation_log'))
      .toEqual([{ cost_micro_usd: 0 }]);
  });

  await test.step('a web UI shows live previews in the same box and leaves no preview files', async () => {
    webUi.showProgress({ progress: 0.4, currentImage: await samplePicture('3:2', [200, 40, 40]) });
    // Made before, so that the request hangs by the time the test releases it.
    webUi.answerNext({ kind: 'picture', bytes: await samplePicture('3:2'), mishap: { kind: 'hang' } });
    await newChat(page);
    await sendMessage(page, 'a blue fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
    const look = picture.locator('img[src*="/live?"]');
    await expect.poll(() => look.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(512);
    const before = await picture.boundingBox();
    await expect.poll(() => look.boundingBox()).toEqual(before);

    webUi.release();
    await expectFullPicture(picture);
    await expect(look).toHaveCount(0);
    expect(await picture.boundingBox()).toEqual(before);
    const live = () =>
      readdirSync(path.join(dataFolder, 'images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.includes('.live'),
      );
    await expect.poll(live).toEqual([]);
  });

  await test.step('Stop ends the wait for a web UI immediately and interrupts its work', async () => {
    webUi.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    await newChat(page);
    await sendMessage(page, 'a green fox at dawn');
    await webUi.received(3);
    // Seen without the pointer over it.
    const stop = pictures(page).getByRole('button', { name: 'Stop' });
    await expect(stop).toHaveCSS('opacity', '1');
    await page.keyboard.press('Escape');
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'cancelled');
    await expect(stop).toHaveCount(0);
    await expect(pictures(page)).toContainText('Stopped.');
    await webUi.interrupted();
    await expect
      .poll(() => rows('SELECT outcome FROM image_generation_log ORDER BY requested_at'))
      .toEqual([{ outcome: 'ready' }, { outcome: 'ready' }, { outcome: 'cancelled' }]);
  });

  await test.step('a web UI without its API: the failure says how to enable it', async () => {
    webUi.answerEverything(json(404, { detail: 'Not Found' }));
    await newChat(page);
    await sendMessage(page, 'a red fox at noon');
    await expect(page.getByRole('alert')).toHaveText(/runs without its API\. Start it with --api/);
  });

  await test.step('a ComfyUI workflow of the user’s own becomes a model, whose progress and previews are shown', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Edit ComfyUI' }).click();
    const workflows = page.getByRole('region', { name: 'Workflows' });
    const graph = buildWorkflow({
      checkpoint: 'of another computer.safetensors',
      prompt: '',
      params: { aspectRatio: '1:1', seed: 1 },
      size: { width: 512, height: 512 },
      image: null,
    });
    const files = { 'Ma chérie 画.json': graph, 'of the editor.json': { nodes: [], links: [] } };
    for (const [name, content] of Object.entries(files))
      writeFileSync(testInfo.outputPath(name), JSON.stringify(content));
    // A folder is dropped with them. The window, which imports pictures, leaves them to the workflows.
    const dropped = ['a folder', ...Object.keys(files)].map((name) => testInfo.outputPath(name));
    mkdirSync(testInfo.outputPath('a folder'));
    await workflows.getByRole('heading', { name: 'Workflows' }).scrollIntoViewIfNeeded();
    const box = await workflows.getByRole('heading', { name: 'Workflows' }).boundingBox();
    await dropFiles(page, dropped, {
      says: 'Drop to import pictures',
      // From the outside, as the pointer comes.
      at: { x: 300, y: 20 },
      into: { x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 },
    });
    await expect(workflows.getByRole('alert')).toHaveText([
      /^a folder: This file is not a ComfyUI workflow/,
      /^of the editor.json: .*Export \(API\)/,
    ]);
    await expect(workflows.getByRole('combobox', { name: 'Negative prompt' })).toHaveValue(
      JSON.stringify(['7', 'text']),
    );
    await workflows
      .getByRole('combobox', { name: 'Negative prompt' })
      .selectOption({ label: 'As the workflow has it' });
    await expect(workflows.getByText('Saved')).toBeVisible();
    await expect(workflows.getByText('ComfyUI lacks a file of it')).toBeVisible();
    await workflows
      .getByRole('combobox', { description: 'ComfyUI does not have this file. Choose another one.' })
      .selectOption('модель + “a&b” 画.safetensors');
    await expect(workflows.getByText('ComfyUI lacks a file of it')).toHaveCount(0);

    await page.getByRole('link', { name: 'Chat' }).click();
    await newChat(page);
    await page.keyboard.press('Control+m');
    await page.getByRole('option', { name: 'Ma chérie 画, ComfyUI' }).click();
    comfyui.state.hold = true;
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page)).toHaveAttribute('data-live', 'true');
    comfyui.state.hold = false;
    await expectFullPicture(pictures(page));
    expect(
      rows("SELECT provider, model, status FROM messages WHERE kind = 'image' AND provider = 'comfyui'"),
    ).toEqual([{ provider: 'comfyui', model: 'workflow:Ma chérie 画', status: 'ready' }]);
    await expect(page.getByText('Ma chérie 画', { exact: false }).last()).toBeVisible();
    expect(comfyui.refusals).toEqual([]);
  });
});
