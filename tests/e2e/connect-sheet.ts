// Parts of the sheet "Connect a model" for its tests.
import type { Locator } from '@playwright/test';

/** Where everything of the sheet is that should not move. */
export async function placesIn(sheet: Locator, selector = 'h2, input, button'): Promise<string[]> {
  return sheet
    .locator(selector)
    .evaluateAll((elements) =>
      elements.map((element) => JSON.stringify(element.getBoundingClientRect().toJSON())),
    );
}

/** Google's list of models for a key that works. */
export const listedModels = [
  { name: 'models/gemini-nano-banana-2.1', supportedGenerationMethods: ['generateContent'] },
];
