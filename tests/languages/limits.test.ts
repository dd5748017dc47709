// Texts that state a limit as a number state the one that the code has.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMaxBytes } from '../../electron/generator/services/http/download-picture';
import { maxLogBytes } from '../../electron/main/logging/app-log';
import { maxCopiedPixels } from '../../electron/main/storage/copy-picture';
import { maxPastedBytes } from '../../shared/contract';
import { maxPicturesOfMessage, maxTextLength } from '../../shared/domain/conversations';
import { maxLocalPixels } from '../../shared/domain/edits';
import { maxDroppedFiles, maxImportBytes, maxPicturePixels } from '../../shared/domain/import';
import { longTaskMs } from '../../shared/domain/long-tasks';
import { maxNegativePromptLength } from '../../shared/domain/models';
import { maxRecipeTextLength } from '../../shared/domain/read-recipe';
import { maxStyles } from '../../shared/domain/styles';
import { maxWorkflows } from '../../shared/domain/workflows';
import type { MessageId } from '../../shared/languages/en';
import { languages } from '../../shared/languages/languages';
import { loadLanguage } from '../../shared/languages/load-language';
import { t } from '../../shared/languages/translate';

const megapixels = 1e6;
const megabytes = 1024 * 1024;

const limits = [
  ['composer.negative_prompt_problem', maxNegativePromptLength],
  ['diagnostics.logs_note', maxLogBytes, megabytes],
  ['diagnostics.long_tasks', longTaskMs],
  ['errors.change_too_large', maxLocalPixels, megapixels],
  ['errors.copy_too_large', maxCopiedPixels, megapixels],
  ['errors.pasted_too_large', maxPastedBytes, megabytes],
  ['errors.picture_too_large', maxPicturePixels, megapixels],
  ['errors.too_many_combinations', maxPicturesOfMessage],
  ['errors.too_many_files', maxDroppedFiles],
  ['errors.too_many_styles', maxStyles],
  ['errors.too_many_workflows', maxWorkflows],
  ['import.recipe_cut', maxTextLength],
  ['picture.shortened', maxRecipeTextLength],
  ['services.picture_over_limit', defaultMaxBytes, megabytes],
  ['storage.skipped_too_large', maxPicturePixels, megapixels],
  ['storage.skipped_too_large', maxImportBytes, megabytes],
] as const satisfies (readonly [id: MessageId, limit: number, unit?: number])[];

describe.each(languages.map(({ code }) => code))('in %s', (code) => {
  beforeAll(() => loadLanguage(code));
  afterAll(() => loadLanguage('en'));

  test.each(limits)('%s says %i', (id, limit, unit = 1) => {
    const numbers = numbersIn(t(id));
    // Chinese counts pixels, not megapixels.
    expect(numbers.includes(limit / unit) || numbers.includes(limit)).toBe(true);
  });
});

/** Reads the numbers of a text, with separators of thousands, and with 万 (10,000) and 亿 (100,000,000). */
function numbersIn(text: string): number[] {
  const plain = text.replaceAll(/(\d)[.,\s\u00a0\u202f](?=\d{3})/g, '$1');
  return [...plain.matchAll(/(\d+)\s*([万亿]?)/g)].map(
    ([, digits, unit]) => Number(digits) * (unit === '万' ? 1e4 : unit === '亿' ? 1e8 : 1),
  );
}
