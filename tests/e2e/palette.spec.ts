// The command palette, the shortcuts on other keyboard layouts, undo, and the list of shortcuts.
import { accessibilityProblems } from './accessibility';
import { expect, pictures, redFox, sendMessage, test } from './fixture';

test('the palette, undo and the list of shortcuts work by keyboard', async ({ startWithPictures }) => {
  // The second picture is deleted before it is there.
  const { page } = await startWithPictures(redFox, { env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.fill('half a sentence');
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await expect(palette.getByRole('option', { name: 'New chat' })).toContainText('CtrlN');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page, 'dialog')).toEqual([]);
  }
  await page.keyboard.type('zzzz');
  await expect(palette).toContainText('Nothing matches “zzzz”.');
  await page.keyboard.press('Escape');
  await expect(message).toBeFocused();
  await expect(message).toHaveValue('half a sentence');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('galery');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  const tile = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
  await tile.focus();
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group', { name: 'Recently used' }).getByRole('option')).toHaveText([
    /Gallery/,
  ]);
  await page.keyboard.type('delete');
  await expect(palette.getByRole('group', { name: 'This picture' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tile).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(tile).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByRole('region', { name: 'Anywhere' })).toContainText('Show or hide the sidebar');
  expect(await accessibilityProblems(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('fox dawn');
  const chats = palette.getByRole('group', { name: 'Chats' });
  await expect(chats.getByRole('option', { name: 'a red fox at dawn' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(message).toHaveValue('half a sentence');
  expect(await accessibilityProblems(page, 'nav[aria-label="Chats"]')).toEqual([]);

  // The new chat that replaces a deleted open one leaves the focus in the list.
  const conversations = page.getByRole('navigation', { name: 'Chats' }).locator('[data-conversation-id]');
  await page.keyboard.press('Control+n');
  await sendMessage(page, 'an owl in the snow');
  await expect(conversations).toHaveCount(2);
  await conversations.first().getByRole('button').first().focus();
  await page.keyboard.press('Delete');
  await expect(conversations).toHaveCount(1);
  await expect(pictures(page)).toHaveCount(0);
  await expect(conversations.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(message).toHaveValue('half a sentence');
  await message.focus();
  // In a text field "?" is a character; the list of shortcuts says so, and which key opens it there.
  await page.keyboard.press('Control+/');
  const ofSheet = sheet.getByText('Keyboard shortcuts', { exact: true }).locator('xpath=..');
  await expect(ofSheet.filter({ has: page.locator('kbd') })).toHaveText(/Ctrl.*\/.*\?.*not while typing/);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(message).toBeFocused();
  // Typed text has its own undo.
  await page.keyboard.type('?');
  await page.keyboard.press('Control+z');
  await expect(message).toHaveValue('half a sentence');
  // An action after the last typing is undone first, wherever the focus is.
  await conversations.first().getByRole('button').first().focus();
  await page.keyboard.press('Delete');
  await expect(conversations).toHaveCount(0);
  await message.focus();
  await page.keyboard.press('Control+z');
  await expect(conversations).toHaveCount(1);
  await conversations.getByRole('button').first().click();
  await expect(message).toHaveValue('half a sentence');
  await message.focus();

  // The same key on a Cyrillic layout.
  await page.evaluate(() => {
    const init = { key: 'и', code: 'KeyB', ctrlKey: true, bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
  });
  await expect(page.getByRole('button', { name: 'Open the sidebar' })).toBeVisible();

  // A shortcut's view must not open behind an open picture, and must wait for an unfinished dialog.
  const models = page.getByRole('listbox', { name: 'Models' });
  await pictures(page).click();
  await expect(page.getByRole('dialog', { name: 'Picture' })).toBeVisible();
  await page.keyboard.press('Control+m');
  await expect(page.getByRole('dialog', { name: 'Picture' })).toHaveCount(0);
  await expect(models).toBeVisible();
  await page.keyboard.type('painter');
  await page.keyboard.press('Escape');
  await expect(models).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('connect a model');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Connect a model' })).toBeVisible();
  for (const keys of ['Control+m', 'Control+k', 'Control+2']) await page.keyboard.press(keys);
  await expect(models).toBeHidden();
  await expect(palette).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('#/chat');
  await page.keyboard.press('Escape');

  // A picture that is pasted while a sent message is edited does not go into the next message.
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const isTaken = await page.getByRole('textbox', { name: 'New version' }).evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['picture'], 'picture.png', { type: 'image/png' }));
    return !field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  expect(isTaken).toBe(false);
});

test('the palette finds pictures by their words, opens one there, and leads to all of them', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures([
    'a red fox at dawn',
    'a fox in the snow',
    'a lighthouse at night',
  ]);
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const found = palette.getByRole('group', { name: 'Pictures' }).getByRole('option');
  const open = async (text: string) => {
    await page.keyboard.press('Control+k');
    await expect(found).toHaveCount(0);
    await page.keyboard.type(text);
  };
  // Each letter is a search of its own: only the answer to the last one stays.
  await open('fox snow');
  await expect(found).toHaveText([/a fox in the snow/, 'Show all in gallery']);
  await expect(found.first().locator('img')).toHaveJSProperty('complete', true);
  expect(await accessibilityProblems(page, 'dialog')).toEqual([]);
  for (let step = 0; step < 30 && (await found.first().getAttribute('aria-selected')) !== 'true'; step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Picture', description: 'a fox in the snow' })).toBeVisible();
  // It opens where the user is, and the focus comes back.
  await expect(page.locator('main[aria-label="Chat"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();

  await open('fox');
  await expect(found).toHaveCount(3);
  await found.last().click();
  const tiles = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
  await expect(tiles).toHaveCount(2);
  await expect(page.getByRole('searchbox', { name: 'Search pictures' })).toHaveValue('fox');
  // A found entry is not offered as a recently used command.
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('option').first()).toBeVisible();
  await expect(palette.getByRole('group', { name: 'Recently used' })).toHaveCount(0);

  // A search here ends none of the gallery's.
  await page.keyboard.type('lighthouse');
  await expect(found).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(tiles).toHaveCount(2);
});
