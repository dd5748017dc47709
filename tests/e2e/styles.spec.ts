// Styles: chosen with the keyboard, kept with the draft, sent with the words; and files of styles imported.
import { expect, googleEnvironment, openSettings, redFox, test } from './fixture';

test.use({ pictureScale: 0.5 });

test('styles are imported, changed, chosen, kept through a restart, sent, and come back with the message', async ({
  start,
  startWithPictures,
  google,
  rows,
}) => {
  const env = googleEnvironment(google);
  const first = await startWithPictures(redFox, { env });
  let { page } = first;
  const message = () => page.getByRole('textbox', { name: 'Message', exact: true });
  const chosen = () => page.getByRole('list', { name: 'Chosen styles' });
  const whole =
    'film still of a lighthouse, northern lights, shallow depth of field, anamorphic lens, fine grain';

  await test.step('files of styles are imported, styles are changed and deleted, and a bad file changes nothing', async () => {
    await openSettings(page, 'Styles');
    const file = page.getByTestId('style-file');
    const own = page.getByRole('list', { name: 'Your styles' });
    const csv = (text: string) => ({ name: 'styles.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const names = () => rows('SELECT name FROM styles ORDER BY name').map(({ name }) => name);

    await file.setInputFiles(csv('name,prompt\nInk,"never closed'));
    await expect(page.getByRole('alert')).toHaveText(
      /styles\.csv was not imported\. .*row 2 is never closed/,
    );
    await file.setInputFiles(
      csv('\uFEFFname,prompt,negative_prompt\r\nInk,"ink drawing of {prompt},\r\nblack",colour\r\n'),
    );
    await page.getByRole('dialog', { name: 'Import styles' }).getByRole('button', { name: 'Import' }).click();
    await expect(own.getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('alert')).toHaveCount(0);

    await file.setInputFiles(csv('name;prompt\nINK;other\nOil;oil painting\n'));
    const dialog = page.getByRole('dialog', { name: 'Import styles' });
    await expect(dialog).toContainText('One name is here already');
    await dialog.getByRole('radio', { name: /Skip those/ }).check();
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(own.getByRole('listitem')).toHaveCount(2);
    await expect.poll(names).toEqual(['Ink', 'Oil']);

    await own.getByRole('button', { name: 'Edit Oil' }).click();
    const form = page.getByRole('dialog', { name: 'Edit style' });
    await form.getByRole('textbox', { name: 'Name' }).fill('ink');
    await expect(form.getByRole('alert')).toContainText('Another style has this name');
    await form.getByRole('textbox', { name: 'Name' }).fill('Oil paint');
    await form.getByRole('button', { name: 'Choose a picture' }).click();
    await form.getByRole('button', { name: /red fox/ }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(own).toContainText('Oil paint');
    await expect
      .poll(() => rows('SELECT count(*) AS count FROM styles WHERE picture_id IS NOT NULL'))
      .toEqual([{ count: 1 }]);

    await own.getByRole('button', { name: 'Delete Ink' }).click();
    await expect(own.getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(own.getByRole('listitem')).toHaveCount(2);
    await expect.poll(names).toEqual(['Ink', 'Oil paint']);

    // Moved by keys and by the pointer; the list in the composer follows.
    const order = () => rows('SELECT name FROM styles ORDER BY position').map(({ name }) => name);
    const edit = (name: string) =>
      own.getByRole('listitem').filter({ hasText: name }).getByRole('button').first();
    await expect.poll(order).toEqual(['Ink', 'Oil paint']);
    await edit('Oil paint').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(order).toEqual(['Oil paint', 'Ink']);
    await expect(edit('Oil paint')).toBeFocused();
    await expect(page.getByText('Oil paint: place 1 of 2')).toBeAttached();
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual(['Ink', 'Oil paint']);
    await page.getByTitle('Drag Ink to change its place').hover();
    await page.mouse.down();
    const below = await own.boundingBox();
    await page.mouse.move((below?.x ?? 0) + 20, (below?.y ?? 0) + (below?.height ?? 0) + 4, { steps: 4 });
    await expect(own.locator('[data-mark="below"]')).toHaveCount(1);
    await page.mouse.up();
    await expect.poll(order).toEqual(['Oil paint', 'Ink']);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('choose styles');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option')).toContainText(['Oil paint', 'Ink', 'Photograph']);
    await page.keyboard.press('Escape');
    await openSettings(page, 'Styles');

    await page.getByRole('button', { name: 'Hide Pixel art' }).click();
    await page.getByRole('button', { name: 'Bring back 1 hidden style' }).click();
    await expect(page.getByRole('button', { name: 'Hide Pixel art' })).toBeVisible();
  });

  await test.step('styles are chosen and filled in by keyboard', async () => {
    await page.getByRole('link', { name: 'Chat' }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('choose styles');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Search styles' })).toBeFocused();
    await page.keyboard.type('film');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { name: 'Film still' })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('watercol');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(chosen().getByRole('listitem')).toHaveText(['Film still', 'Watercolour']);

    await page.getByRole('button', { name: 'Leave out Watercolour' }).focus();
    await page.keyboard.press('Delete');
    await expect(chosen().getByRole('listitem')).toHaveText(['Film still']);
    await page.getByRole('textbox', { name: 'light' }).fill('northern lights');
    await message().fill('a lighthouse');
    await page.getByRole('button', { name: 'Show the whole prompt' }).click();
    await expect(page.getByRole('region', { name: 'Whole prompt' })).toContainText(whole);
    const draft = () => String(rows('SELECT draft FROM drafts')[0]?.['draft']);
    // The text that was typed last is saved last.
    for (const typed of ['northern lights', 'a lighthouse']) await expect.poll(draft).toContain(typed);
  });

  await first.kill();
  ({ page } = await start({ env }));
  await test.step('they are kept through a restart, sent, and come back with the message', async () => {
    await expect(chosen().getByRole('listitem')).toHaveText(['Film still']);
    await expect(message()).toHaveValue('a lighthouse');
    await message().press('Enter');
    await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(2);
    const question = page.locator('article[data-role="user"]').last();
    await expect(question.getByRole('list', { name: 'Styles of this message' })).toHaveText(
      'Film still · northern lights',
    );
    expect(rows("SELECT text FROM messages WHERE role = 'user' ORDER BY seq DESC LIMIT 1")).toEqual([
      { text: 'a lighthouse' },
    ]);
    await expect
      .poll(() => rows('SELECT prompt FROM user_images ORDER BY order_key DESC LIMIT 1'))
      .toEqual([{ prompt: whole }]);

    // Still chosen for the next message, until it is taken away; the old message brings its words back.
    await page.getByRole('button', { name: 'Leave out Film still' }).click();
    await expect(message()).toBeFocused();
    await question.hover();
    await question.getByRole('button', { name: 'Reuse prompt' }).click();
    await expect(message()).toHaveValue('a lighthouse');
    await expect(page.getByRole('textbox', { name: 'light' })).toHaveValue('northern lights');
  });
});
