import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readScene } from '../../electron/generator/painter/read/read-scene';
import { findNotDrawn } from '../../electron/main/chat/not-drawn';
import { languages } from '../../shared/languages/languages';
import { loadLanguage } from '../../shared/languages/load-language';
import { t } from '../../shared/languages/translate';

describe.each(languages.map(({ code }) => code))('the starter prompts in %s', (code) => {
  beforeAll(() => loadLanguage(code));
  afterAll(() => loadLanguage('en'));

  test.each([
    ['chat.starter_fox', { time: 'dawn', subjects: [{ animal: 'fox' }] }],
    ['chat.starter_lake', { season: 'winter', places: expect.arrayContaining(['mountains', 'lake']) }],
    ['chat.starter_lighthouse', { time: 'sunset', things: ['lighthouse'] }],
    ['chat.starter_night', { sky: expect.arrayContaining(['aurora']), things: ['cabin'] }],
  ] as const)('%s is drawn by the offline painter', (id, scene) => {
    expect(readScene(t(id), 1)).toMatchObject(scene);
    expect(findNotDrawn(t(id))).toEqual([]);
  });
});
