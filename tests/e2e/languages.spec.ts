// The language of the interface: the computer's own, the setting, and nothing on screen that is outside the catalogue.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { settingsSections } from '../../renderer/state/settings/settings-sections';
import type { MessageId } from '../../shared/languages/en';
import { projectRoot } from '../harness/launch';
import { expect, test } from './fixture';

/** Returns a text of a language. Playwright cannot import the catalogue itself, which is JSON. */
function text(language: string, id: MessageId): string {
  const area = id.slice(0, id.indexOf('.')).replaceAll('_', '-');
  const file = path.join(projectRoot, 'shared/languages', language, `${area}.json`);
  const messages: Record<string, string | undefined> = JSON.parse(readFileSync(file, 'utf8'));
  return messages[id] ?? `${id} is missing`;
}

/** Names of products and files, units, and words that people typed. */
const sameInAllLanguages =
  /^(Afterimage|Stable Diffusion, Stable Diffusion web UI|English|Deutsch|Español|Français|日本語|简体中文|[\d.,:×/ %+–-]*(px|MB|kB|GB|B|s|ms)?)$/;

test('the interface is in the language of the computer, then in the chosen one, without losing a draft', async ({
  start,
}) => {
  const { electron, page, quit } = await start({ env: { LANGUAGE: 'de_DE:en' } });
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page
    .getByRole('textbox', { name: text('de', 'composer.message'), exact: true })
    .fill('ein Leuchtturm');
  // The menu is made after the first paint.
  await expect
    .poll(() =>
      electron.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()?.items.flatMap(
          ({ submenu }) => submenu?.items.map(({ label }) => label) ?? [],
        ),
      ),
    )
    .toContain(text('de', 'app.command.new-chat'));
  await page.evaluate(() => {
    location.hash = '#/settings/appearance/language';
  });
  await page.getByText('Français').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  // The page is another one, and the focus is where it was.
  await expect(page.getByRole('radio', { name: 'Français' })).toBeFocused();
  await expect(page.getByRole('link', { name: text('fr', 'sidebar.gallery') })).toBeVisible();
  await page.getByRole('link', { name: text('fr', 'sidebar.chat') }).click();
  const field = page.getByRole('textbox', { name: text('fr', 'composer.message'), exact: true });
  await expect(field).toHaveValue('ein Leuchtturm');
  await quit();
  const again = await start({ env: { LANGUAGE: 'de_DE:en' } });
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(again.page.getByRole('link', { name: text('fr', 'sidebar.gallery') })).toBeVisible();
});

const prompt = 'a red fox and a bicycle at dawn';

test('nothing on screen is outside the catalogue', async ({ start }) => {
  const { page } = await start({ env: { AFTERIMAGE_LANGUAGE: 'en-XA', AFTERIMAGE_PROVIDER: 'painter' } });
  const found = new Map<string, string>();
  const look = async (place: string) => {
    for (const text of await plainTexts(page)) if (!found.has(text)) found.set(text, place);
  };
  await look('start');
  await page.locator('textarea').first().fill(prompt);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-visible="full"]')).toBeVisible();
  await look('chat');
  await page.keyboard.press('?');
  await page.keyboard.press('Control+K');
  await look('palette');
  await page.keyboard.press('Escape');
  for (const address of [
    'gallery',
    'trash',
    'diagnostics',
    ...settingsSections.map(({ id }) => `settings/${id}`),
  ]) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${address}`);
    await expect(page.getByRole('main')).toBeVisible();
    await look(address);
  }
  expect([...found].map(([text, place]) => `${place}: ${text}`)).toEqual([]);
});

/** Returns the texts and names on screen that are not of the pseudo-language, where every text ends with "~". */
async function plainTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // Users' own text, and text that is the same in all languages, is marked as such.
      if (node.parentElement?.closest('[dir="auto"], [dir="ltr"], kbd, code, script, style, option'))
        continue;
      all.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) all.push(element.getAttribute(name) ?? '');
    return all;
  });
  return texts
    .map((text) => text.trim())
    .filter(
      (text) =>
        /[A-Za-z]{2}/.test(text) &&
        !text.includes('~') &&
        !text.includes(prompt) &&
        !sameInAllLanguages.test(text),
    );
}
