// Whichever way the editor is left: what was begun for the picture is there again.
import { expect, pictures, redFox, test } from './fixture';

test('crops and turns are kept after every way out of the editor, until they are reset', async ({
  startWithPictures,
  start,
}) => {
  const first = await startWithPictures(redFox);
  let { page } = first;

  async function open(): Promise<void> {
    await pictures(page).hover();
    await page.getByRole('button', { name: 'Edit picture' }).click();
  }
  const editor = () => page.getByRole('dialog', { name: 'Edit picture' });
  const reset = () => editor().getByRole('button', { name: 'Reset' });
  const straighten = () => editor().getByRole('slider', { name: 'Straighten' });

  // Back leads there.
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.getByRole('link', { name: 'Chat' }).click();
  await open();
  await editor().getByRole('tab', { name: 'Crop & turn' }).click();
  await expect(reset()).toBeDisabled();
  await editor().getByRole('button', { name: 'Turn right' }).click();
  await straighten().fill('7.5');
  const outcome = await editor().getByRole('button', { name: 'Apply' }).locator('..').innerText();

  const waysOut: (() => Promise<unknown>)[] = [
    () => page.keyboard.press('Escape'),
    () => editor().getByRole('button', { name: 'Close' }).click(),
    () => page.keyboard.press('Alt+ArrowLeft'),
    () => page.reload(),
    async () => {
      await first.quit();
      ({ page } = await start());
    },
  ];
  for (const leave of waysOut) {
    await leave();
    await expect(editor()).toHaveCount(0);
    await page.getByRole('link', { name: 'Chat' }).click();
    await open();
    // The tab with the work is the one on screen.
    await expect(straighten()).toHaveValue('7.5');
    await expect(reset()).toBeEnabled();
    expect(await editor().getByRole('button', { name: 'Apply' }).locator('..').innerText()).toBe(outcome);
  }

  await reset().click();
  await page.keyboard.press('Escape');
  await open();
  await editor().getByRole('tab', { name: 'Crop & turn' }).click();
  await expect(reset()).toBeDisabled();
});
