import { expect, test } from 'vitest';
import { foldText } from './fold-text';

/** Texts that readers consider the same. */
const same: Record<string, string[]> = {
  'case and accents': ['Crème Brûlée', 'creme brulee', 'CRÈME BRÛLÉE', 'cre\u0300me bru\u0302le\u0301e'],
  Polish: ['Łódź', 'lodz', 'ŁÓDŹ'],
  Danish: ['Ørsted', 'orsted', 'ØRSTED'],
  German: ['Straße', 'strasse', 'STRASSE', 'STRAẞE'],
  Icelandic: ['Þórður Æsir', 'thordur aesir'],
  French: ['Cœur', 'coeur'],
  Croatian: ['Đakovo ǅ', 'dakovo dz'],
  Vietnamese: ['Đường phố Hà Nội', 'duong pho ha noi'],
  Turkish: ['Iğdır', 'igdir', 'IĞDIR', 'ığdır', 'İgdir'],
  Azerbaijani: ['Gəncə', 'gence'],
  Maltese: ['Ħaż-Żebbuġ', 'haz-zebbug'],
  Hawaiian: ['Hawaiʻi', "Hawai'i", 'hawaii', 'Hawai‘i', 'Hawai’i'],
  Hausa: ['Ɗan Ƙasa', 'dan kasa'],
  Ewe: ['Eʋegbe ɖɔ', 'evegbe do'],
  Sami: ['Ŋ đ ŧ', 'n d t'],
  Catalan: ['col·lecció', 'colleccio'],
  Dutch: ['Ĳsselmeer', 'ijsselmeer'],
  Greek: ['Ὀδυσσεύς', 'οδυσσευσ', 'ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
  Russian: ['Ёлка', 'елка', 'ЕЛКА'],
  Ukrainian: ['Їжак ґанок', 'іжак ганок'],
  Kazakh: ['Қазақстан', 'казакстан'],
  'Arabic with vowel marks': ['مَدِينَةٌ', 'مدينة', 'مدينه', 'مـديـنة'],
  'Arabic hamza': ['أحمد', 'احمد', 'إحمد', 'آحمد', 'ٱحمد'],
  'Arabic hamza at the end': ['سماء', 'سما'],
  'Arabic alef maqsura': ['مصطفى', 'مصطفي'],
  'Persian letters': ['کتاب فارسی', 'كتاب فارسي'],
  'Persian with a joiner': ['می\u200cخواهم', 'میخواهم'],
  'Arabic presentation forms': ['ﻛﺘﺎﺏ', 'كتاب'],
  'Hebrew points': ['שָׁלוֹם', 'שלום'],
  'Hebrew gershayim': ['צה״ל', 'צהל'],
  Yiddish: ['ייִדיש', 'יידיש'],
  Syriac: ['ܫܠܳܡܳܐ', 'ܫܠܡܐ'],
  'Hindi nukta': ['ज़मीन', 'जमीन', 'ज\u093cमीन'],
  'full width': ['ＦＯＸ ７', 'fox 7'],
  kana: ['フジサン', 'ふじさん', 'ﾌｼﾞｻﾝ'],
  ligatures: ['ﬃ ﬁsh', 'ffi fish'],
  'styled letters': ['𝓕𝓸𝔁 🄵', 'fox f'],
  digits: ['٣ ۳ ३ ๓ ３ ³', '3 3 3 3 3 3'],
  'compatibility ideographs': ['豈', '豈'],
  Georgian: ['ᲗᲑᲘᲚᲘᲡᲘ', 'თბილისი'],
  Armenian: ['և', 'եւ'],
  Cherokee: ['ᏣᎳᎩ', 'ꮳꮃꭹ'],
  Deseret: ['𐐀𐐁', '𐐨𐐩'],
  Hangul: ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8'],
  'soft hyphen': ['light\u00adhouse', 'lighthouse'],
  'emoji variants': ['❤️ 👍🏽', '❤ 👍'],
};

test.each(Object.entries(same))('folds %s', (_, texts) => {
  const folded = texts.map(foldText);
  expect(new Set(folded).size, folded.join(' | ')).toBe(1);
});

/** Words that readers tell apart. */
test.each([
  ['fox', 'box'],
  ['がき', 'かき'],
  ['ばら', 'はら'],
  ['कि', 'की'],
  ['มา', 'ม้า'],
  ['한', '하'],
  ['ש', 'ס'],
  ['ب', 'ت'],
  ['o', '0'],
])('keeps %s and %s apart', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});

test('folds Polish, Danish, German and Arabic to the usual typed forms', () => {
  expect(['Łódź', 'Ørsted', 'Straße', 'İı', 'أَهْلًا'].map(foldText)).toEqual([
    'lodz',
    'orsted',
    'strasse',
    'ii',
    'اهلا',
  ]);
});

test('is idempotent for every character', () => {
  const changed: string[] = [];
  for (let code = 0; code < 0x20000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const folded = foldText(`a${String.fromCodePoint(code)}b`);
    if (foldText(folded) !== folded) changed.push(code.toString(16));
  }
  expect(changed).toEqual([]);
});

test('folds both cases of every letter alike', () => {
  const different: string[] = [];
  for (let code = 0; code < 0x20000; code += 1) {
    const character = String.fromCodePoint(code);
    if (!/\p{Lu}/u.test(character)) continue;
    if (foldText(character) !== foldText(character.toLowerCase())) different.push(character);
  }
  expect(different).toEqual([]);
});
