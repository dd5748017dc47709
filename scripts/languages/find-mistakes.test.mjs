import { expect, test } from 'vitest';
import { projectRoot } from '../lib/paths.mjs';
import { findMistakes, misnamedIn, mistakesIn } from './find-mistakes.mjs';

test('no language has a mistake that a rule can detect', () => {
  expect(findMistakes(projectRoot)).toEqual([]);
});

test.each([
  ['en', 'Loading...', 'three full stops instead of an ellipsis'],
  ['en', 'It waits.  Then it goes on.', 'two spaces'],
  ['en', 'At most {count} MB', 'a space that a line can break at before a unit'],
  ['de', '{count, plural, one {# s} other {# s}}', 'a space that a line can break at before a unit'],
  ['de', 'Etwa 0,03 $ pro Bild', 'a space that a line can break at before a unit'],
  ['zh', '超过 8 毫秒的任务', 'a space that a line can break at before a unit'],
  ['en', 'No "{text}" here', 'quotation marks other than “”'],
  ['de', 'Wähle “{name}”', 'quotation marks other than „“'],
  ['de', '„{name}', 'quotation marks other than „“'],
  ['fr', 'Choisissez “{name}”', 'quotation marks other than «»'],
  ['ja', '“{name}”を選択', 'quotation marks other than 「」'],
  ['fr', 'Le plus proche : {shape}', 'no no-break space before a colon'],
  ['fr', '{count, plural, one {Un nom} other {# noms}}:', 'no no-break space before a colon'],
  ['fr', '<b>Rien</b> ; suite', 'no narrow no-break space before punctuation'],
  ['fr', 'Supprimer\u00a0?', 'no narrow no-break space before punctuation'],
  ['fr', 'Cliquez sur « {button} ».', 'no narrow no-break space inside quotation marks'],
  ['fr', '1 000 styles', 'a space that a line can break at inside a number'],
  ['es', 'Eliminar esta imagen?', 'a question or an exclamation that is not opened'],
  ['ja', 'スタック: 画像', 'half-width punctuation'],
  ['ja', '{parts}(必須)', 'half-width punctuation'],
  ['ja', '画像(必須)', 'half-width punctuation'],
  ['ja', '提案に {parts} がない', 'a space beside a particle'],
  ['zh', '无法打开,请重试', 'half-width punctuation'],
  ['zh', '使用Google服务', 'no space between Chinese and Latin'],
  ['en', 'Choose a provider', 'not “service”'],
  ['de', 'Wählen Sie ein Modell', 'not “du”'],
  ['de', 'Du hast dieses Bild angehalten.', 'not “stoppen”'],
  ['fr', 'Ouvrez ce chat', 'not “conversation”'],
  ['fr', 'Choisis ton modèle', 'not “vous”'],
  ['es', 'Con la misma seed', 'not “semilla”'],
  ['ja', 'このコンピューター', 'not “パソコン”'],
  ['zh', '打开此聊天', 'not “对话”'],
])('%s: %s', (language, message, mistake) => {
  expect(mistakesIn(language, message)).toEqual([mistake]);
});

test.each([
  ['en', '{count, plural, one {# picture} other {# pictures}} of “{name}” · 4\u00a0MB'],
  ['en', 'The services: “Gemini”, “FLUX”…'],
  ['de', 'Sie sind in „{name}“ und bleiben 3\u00a0Tage'],
  ['fr', 'Supprimer «\u202f{name}\u202f»\u202f? Adresse\u00a0: https://example.com'],
  ['fr', 'Saisissez un en-tête, par exemple X-Project: pictures.'],
  ['fr', '{chats, plural, one {# conversation} other {# conversations}}'],
  ['es', 'Nada se pierde. ¿Eliminar «{name}»?'],
  ['ja', 'シード {seed}、ファイル(&F)、.pngか.jpg'],
  ['zh', '使用 Google 的 {model}（{count}\u00a0秒）'],
])('accepts %s: %s', (language, message) => {
  expect(mistakesIn(language, message)).toEqual([]);
});

test('detects a text that names a button differently from its label', () => {
  const english = { a: 'Try again', b: '“Try again” asks once more.', c: 'Such as “a red fox”' };
  const german = { a: 'Erneut versuchen', b: '„Noch einmal“ fragt wieder.', c: 'Etwa „ein Fuchs“' };
  expect(misnamedIn(german, english)).toEqual([['b', 'does not name “Try again” as it is labelled']]);
  expect(misnamedIn({ ...german, b: '„Erneut versuchen“ fragt wieder.' }, english)).toEqual([]);
});
