// Checks a page with axe, once its colours no longer change.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { untilStill } from '../harness/until-still';

/**
 * @param part a selector of what is looked at. Absent: all of the page.
 * @param rules those that are checked. Absent: all of them.
 * @returns each violation with the elements that it is about.
 */
export async function accessibilityProblems(page: Page, part?: string, rules?: string[]): Promise<string[]> {
  await untilStill(page);
  const builder = new AxeBuilder({ page }).setLegacyMode();
  if (part !== undefined) builder.include(part);
  if (rules !== undefined) builder.withRules(rules);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
