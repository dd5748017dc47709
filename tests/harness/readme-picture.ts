// Takes the screenshot for the README: a few chats, the last one with a finished sketch.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, projectRoot } from './launch';

const prompts = ['northern lights over a cabin', 'a lighthouse at sunset, watercolour', 'a red fox at dawn'];
const size = { width: 1280, height: 800 };
const target = path.join(projectRoot, 'docs', 'images', 'afterimage.png');

const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-picture-'));
const running = await launch({ dataFolder, env: { AFTERIMAGE_PROVIDER: 'painter' } });
try {
  const { page, electron } = running;
  await electron.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  );
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  for (const [index, prompt] of prompts.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'New chat' }).click();
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill(prompt);
    await field.press('Enter');
    await page.locator('[data-testid="picture"][data-visible="full"]').waitFor();
  }
  // Wait until the list of chats has its thumbnails, and move the pointer away from every control.
  await page.mouse.move(size.width - 1, size.height - 1);
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll('nav[aria-label="Chats"] img').length === count &&
      document.getAnimations().length === 0,
    prompts.length,
  );
  await page.screenshot({ path: target });
  console.log(`Wrote ${path.relative(projectRoot, target)}.`);
} finally {
  await running.quit();
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
}
