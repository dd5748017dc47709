// Own pictures in the composer, and the drafts of several chats: what a user pastes, drops and types, and what is sent.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { dropFiles } from '../harness/drop-files';
import { accessibilityProblems } from './accessibility';
import { expect, expectFullPicture, googleEnvironment, pictures, test } from './fixture';

function photo(hue: number, width = 64, height = 48): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = `hsl(${hue} 70% 45%)`;
  pen.fillRect(0, 0, width, height);
  return canvas.encodeSync('png');
}

const drop = (page: Page, ...files: string[]) =>
  dropFiles(page, files, { says: 'Drop to attach to your message' });

async function copyPicture(page: Page, png: Buffer): Promise<void> {
  await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const blob = new Blob([bytes], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  }, png.toString('base64'));
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const attached = (page: Page) => page.getByRole('list', { name: 'Attached pictures' }).getByRole('listitem');

test('an attached picture of which not all is shown says so as long as it is attached', async ({ start }) => {
  const { page } = await start();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'From files' }).click();
  await (await chooser).setFiles(path.resolve('tests/fixtures/formats/moving.jxl'));
  await expect(attached(page)).toHaveCount(1);
  const note = page.getByText('“moving.jxl”: shows its first frame, not its animation; the file is kept.');
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: 'Remove reference 1' }).click();
  await expect(note).toHaveCount(0);
});

test('own pictures reach the service, each once, and drafts survive a kill', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  const folder = `${dataFolder}-own`;
  mkdirSync(folder);
  const put = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  const own = photo(200);
  const env = googleEnvironment(google);
  const first = await start({ env });
  const { electron, page } = first;
  await composer(page).fill('make it night');
  await copyPicture(page, photo(20, 80, 40));
  await composer(page).press('ControlOrMeta+v');
  await expect(attached(page)).toHaveText(['To edit']);
  // It keeps its shape, as near as the model can make it, until the user chooses another one.
  await page.getByRole('button', { name: /^Shape: the nearest to the picture .*, Wide 16:9/ }).click();
  await page.getByText('Square', { exact: true }).click();
  await page.getByRole('button', { name: /^Shape: Square/ }).click();
  await page.getByText('Same as picture').click();
  await expect(page.getByRole('button', { name: /^Shape: the nearest to the picture/ })).toBeVisible();
  await drop(page, put('own.png', own), put('notes.pdf', '%PDF-1.7 and no picture'));
  await expect(attached(page)).toHaveText(['To edit', 'Reference 2']);
  await expect(page.getByText('“notes.pdf” was not attached: it is not a PNG')).toBeVisible();
  // The same bytes, under another name.
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'From files' }).click();
  await (await chooser).setFiles(put('again.png', own));
  await expect(attached(page)).toHaveText(['To edit', 'Reference 2']);
  await expect(composer(page)).toBeFocused();
  await expect
    .poll(() => rows('SELECT prompt FROM user_images ORDER BY prompt'))
    .toEqual([{ prompt: 'Pasted picture' }, { prompt: 'own' }]);

  await composer(page).press('Enter');
  await expectFullPicture(pictures(page));
  await expect(attached(page)).toHaveCount(0);
  // They are in no chat, so they open above this one.
  const sources = page.getByRole('button', { name: 'Show the picture' });
  await expect(sources).toHaveCount(2);
  await sources.last().click();
  await expect(page.getByRole('dialog', { name: 'Picture' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Picture' })).toHaveCount(0);
  expect(google.rejections).toEqual([]);
  const sent = google.requests[0]?.contents
    .flatMap(({ parts }) => parts)
    .flatMap(({ inlineData }) => (inlineData ? Buffer.from(inlineData.data, 'base64') : []));
  expect(sent).toHaveLength(2);
  const pasted = await loadImage(sent?.[0] ?? '');
  expect([pasted.width, pasted.height]).toEqual([80, 40]);
  expect(sent?.[1]?.equals(own)).toBe(true);

  // The gallery, by keyboard alone.
  await page.getByRole('button', { name: 'Add pictures' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const picker = page.getByRole('dialog', { name: 'Choose pictures' });
  await expect(picker.getByRole('option')).toHaveCount(3);
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await page.keyboard.type('own');
  await expect(picker.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(picker.getByText('1 picture chosen')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(picker).toHaveCount(0);
  await expect(attached(page)).toHaveText(['To edit']);
  await expect(composer(page)).toBeFocused();

  await test.step('an attached picture that is moved to Trash says so, offers nothing, and comes back', async () => {
    await attached(page).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(attached(page)).toHaveText(['Not found']);
    await attached(page).click({ button: 'right' });
    await expect(page.getByRole('menu')).toHaveCount(0);
    // Nor does it open from what was made of it.
    await sources.last().click();
    await expect(page.getByText('That item no longer exists.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(attached(page)).toHaveText(['To edit']);
    await sources.last().click();
    await expect(page.getByRole('dialog', { name: 'Picture' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  // Text is no picture.
  await electron.evaluate(({ clipboard }) => clipboard.writeText('only words'));
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'Paste from clipboard' }).click();
  await expect(page.getByText('There is no picture on the clipboard.')).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  await composer(page).press('ControlOrMeta+v');
  await expect(composer(page)).toHaveValue('only words');
  await page.getByRole('button', { name: 'Remove reference 1' }).click();
  await expect(attached(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  rmSync(folder, { recursive: true });

  // A picture of the gallery: the chat opens while it rests over the link, and takes it anywhere.
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.locator('[data-image-id]').first().hover();
  await page.mouse.down();
  await page.getByRole('link', { name: 'Chat' }).hover();
  await expect(composer(page)).toBeVisible();
  await page.getByRole('log', { name: 'Conversation' }).hover({ position: { x: 20, y: 200 } });
  await expect(page.getByTestId('drop-overlay')).toHaveText('Drop to attach to your message');
  await page.mouse.up();
  await expect(attached(page)).toHaveText(['To edit']);
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove reference 1' }).click();

  // A slip on a picture of the conversation attaches nothing; a drag to the composer does.
  const picture = pictures(page);
  await picture.hover({ position: { x: 60, y: 60 } });
  await page.mouse.down();
  await picture.hover({ position: { x: 120, y: 90 } });
  await page.mouse.up();
  await expect(attached(page)).toHaveCount(0);
  await picture.hover({ position: { x: 60, y: 60 } });
  await page.mouse.down();
  await composer(page).hover();
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await page.mouse.up();
  await expect(attached(page)).toHaveText(['To edit']);

  const list = (page: Page) => page.getByRole('navigation', { name: 'Chats' });
  // Chats without an unsent text keep what was chosen for them.
  const drafts = () =>
    rows('SELECT draft FROM drafts')
      .map(({ draft }) => JSON.parse(String(draft)).text)
      .filter((text) => text !== '');
  await test.step('each of two chats keeps its draft', async () => {
    await page.getByRole('button', { name: 'Remove reference 1' }).click();
    await composer(page).fill('half a thought');
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(composer(page)).toHaveValue('');
    await expect(list(page).getByRole('listitem')).toContainText('Draft');
    // No wait between the keys and the switch.
    await page.keyboard.type('a blue fox');
    await list(page).getByRole('button', { name: 'make it night' }).click();
    await expect(composer(page)).toHaveValue('half a thought');
    await expect(composer(page)).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type(', and more');
    await expect.poll(() => drafts().toSorted()).toEqual(['a blue fox', 'half a thought, and more']);
  });
  await first.kill();

  await test.step('the drafts survive a kill, and the arrow keys recall what was sent', async () => {
    google.setDefault({ kind: 'hang' });
    const { page } = await start({ env });
    await expect(composer(page)).toHaveValue('half a thought, and more');
    await expect(pictures(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(composer(page)).toHaveValue('a blue fox');
    await composer(page).press('Enter');
    await expect(pictures(page)).toHaveCount(1);
    await expect.poll(drafts).toEqual(['half a thought, and more']);

    await composer(page).fill('');
    await composer(page).press('ArrowUp');
    await expect(composer(page)).toHaveValue('a blue fox');
    await composer(page).press('Escape');
    await expect(composer(page)).toHaveValue('');
    await list(page).getByRole('button', { name: 'make it night' }).click();
    await expect(composer(page)).toHaveValue('half a thought, and more');
    await composer(page).press('ArrowUp');
    await expect(composer(page)).toHaveValue('half a thought, and more');
  });
});
