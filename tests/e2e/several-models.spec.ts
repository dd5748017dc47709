// One message to several models, with a pattern of prompts: ticking, the count before sending, the grid, and the way back.
import { writeFileSync } from 'node:fs';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { expect, sendMessage, test } from './fixture';

test('a pattern sent to two models makes a grid of named pictures, and comes back as it was typed', async ({
  start,
  rows,
}, testInfo) => {
  const server = await startOpenaiServer({ picture: await samplePicture('3:2', null, 0.5) });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', baseUrl: server.baseUrl };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Yours', key: 'key-a', model: 'gpt-image-2' },
      { ...service, id: 'b', name: 'Mine', key: 'key-b', model: 'gpt-image-1' },
    ]),
  );
  const env = { AFTERIMAGE_SERVICES: file };
  const first = await start({ env });
  const { page } = first;
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  const chip = page.getByRole('button', { name: /^Model/ });
  const size = page.getByTestId('request-size');

  await page.keyboard.press('Control+m');
  await page.keyboard.type('mine gpt-image-1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('option', { name: 'GPT Image 1, Mine' }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Escape');
  await expect(chip).toHaveAccessibleName(/^Model: 2 models, GPT Image 2 and GPT Image 1$/);
  await expect(size).toHaveText('2 pictures, one from each model · free');

  // Too many are refused before anything is sent.
  await message.fill('{1|2|3} fox in {a|b|c}');
  await expect(page.getByRole('alert')).toContainText('18 pictures');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  expect(rows('SELECT id FROM messages')).toEqual([]);

  const pattern = '{red|blue} fox at dawn';
  await message.fill(pattern);
  await expect(size).toHaveText('4 pictures: 2 × 2 models · free');
  await page.keyboard.press('Enter');
  const pictures = page.locator('article[data-kind="image"]');
  await expect(pictures).toHaveCount(4);
  await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(4);
  await expect(pictures.nth(0)).toContainText(/red.*GPT Image 2/);
  await expect(pictures.nth(1)).toContainText(/red.*GPT Image 1/);
  await expect(pictures.nth(2)).toContainText(/blue.*GPT Image 2/);
  await expect(page.locator('article[data-role="user"]')).toContainText(pattern);
  expect(rows("SELECT prompt, provider FROM messages WHERE kind = 'image' ORDER BY seq")).toEqual([
    { prompt: 'red fox at dawn', provider: 'a' },
    { prompt: 'red fox at dawn', provider: 'b' },
    { prompt: 'blue fox at dawn', provider: 'a' },
    { prompt: 'blue fox at dawn', provider: 'b' },
  ]);

  // One picture again: of its own model, although two are ticked.
  await pictures.nth(1).hover();
  await pictures.nth(1).getByRole('button', { name: 'Again' }).click();
  await expect(pictures).toHaveCount(5);
  // It is on screen before it is stored.
  await expect
    .poll(() =>
      rows("SELECT prompt, provider FROM messages WHERE kind = 'image' ORDER BY seq LIMIT 9 OFFSET 4"),
    )
    .toEqual([{ prompt: 'red fox at dawn', provider: 'b' }]);

  // All of them again: the same pattern, from the same models.
  await page.getByRole('group', { name: '4 pictures' }).getByRole('button', { name: 'Again' }).click();
  await expect
    .poll(() =>
      rows("SELECT prompt, provider FROM messages WHERE kind = 'image' ORDER BY seq LIMIT 4 OFFSET 5"),
    )
    .toEqual(rows("SELECT prompt, provider FROM messages WHERE kind = 'image' ORDER BY seq LIMIT 4"));
  await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(9);

  // A part is changed by one model, which the editor names.
  await pictures.nth(8).hover();
  await pictures.nth(8).getByRole('button', { name: 'Edit picture' }).click();
  const editor = page.getByRole('dialog', { name: 'Edit picture' });
  await expect(editor.getByRole('button', { name: /^Model/ })).toHaveAccessibleName(
    'Model: GPT Image 2, Yours',
  );
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);

  await first.kill();
  const again = (await start({ env })).page;
  await expect(again.getByRole('button', { name: /^Model: 2 models/ })).toBeVisible();
  const field = again.getByRole('textbox', { name: 'Message', exact: true });
  await field.focus();
  // The group was made again by its pattern.
  await again.keyboard.press('ArrowUp');
  await expect(field).toHaveValue(pattern);
  await expect(again.getByTestId('request-size')).toHaveText('4 pictures: 2 × 2 models · free');
  await sendMessage(again, 'a green fox at dawn');
  await expect.poll(() => rows("SELECT id FROM messages WHERE kind = 'image'").length).toBe(11);
});

test('a chat goes on with the model whose picture is kept, and asks both again after undo', async ({
  start,
}, testInfo) => {
  const server = await startOpenaiServer({ picture: await samplePicture('3:2', null, 0.5) });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', baseUrl: server.baseUrl };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Yours', key: 'key-a', model: 'gpt-image-2' },
      { ...service, id: 'b', name: 'Mine', key: 'key-b', model: 'gpt-image-1' },
    ]),
  );
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  const chip = page.getByRole('button', { name: /^Model/ });
  await page.keyboard.press('Control+m');
  await page.keyboard.type('mine gpt-image-1');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
  await expect(chip).toHaveAccessibleName(/^Model: 2 models/);
  await sendMessage(page, 'a red fox at dawn');
  await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(2);

  await page.getByRole('group', { name: '2 pictures' }).getByRole('button', { name: 'Compare' }).click();
  const compare = page.getByRole('dialog', { name: 'Compare 2 pictures' });
  const panes = compare.locator('[data-pane]');
  await expect(panes).toHaveCount(2);
  const keep = panes.filter({ hasText: 'GPT Image 1' }).getByRole('button', { name: /^Keep/ });
  await expect(keep).toHaveAccessibleName('Keep this, delete the other');
  await expect(keep).toHaveAttribute('title', /Moves the other picture to Trash/);
  await keep.click();
  await expect(compare).toHaveCount(0);
  const notices = page.getByRole('status', { name: 'Notices' });
  await expect(notices).toContainText('Picture moved to Trash. This chat continues with GPT Image 1.');
  await expect(chip).toHaveAccessibleName('Model: GPT Image 1, Mine');

  await page.keyboard.press('Control+z');
  await expect(compare).toBeVisible();
  await expect(compare.getByRole('status', { name: 'Notices' })).toContainText('Picture restored');
  await page.keyboard.press('Escape');
  await expect(chip).toHaveAccessibleName(/^Model: 2 models/);
});
