// Folds text for search, so that what a reader considers the same is the same: see docs/decisions/056.

/** Letters that Unicode does not decompose, by what readers type instead. Lower case. */
const letters: Record<string, string> = {
  // Latin
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ...each('ðđɖɗƌ', 'd'),
  ...each('ħɦⱨ', 'h'),
  ...each('ıɨɩ', 'i'),
  ...each('łƚɫⱡ', 'l'),
  ...each('øɵɔ', 'o'),
  ...each('ŧƫƭʈⱦ', 't'),
  ...each('ŋɲɳƞ', 'n'),
  ...each('əɛǝɇ', 'e'),
  ...each('ƀɓƃ', 'b'),
  ...each('ƈȼ', 'c'),
  ...each('ƒ', 'f'),
  ...each('ǥɠɣ', 'g'),
  ...each('ɉɟȷ', 'j'),
  ...each('ƙĸⱪ', 'k'),
  ...each('ƥᵽ', 'p'),
  ...each('ɍɽʀ', 'r'),
  ...each('ʂȿ', 's'),
  ...each('ʉʊ', 'u'),
  ...each('ʋ', 'v'),
  ...each('ɏƴ', 'y'),
  ...each('ƶȥʐⱬ', 'z'),
  // Greek
  ς: 'σ',
  // Cyrillic
  ...each('ґғ', 'г'),
  ...each('қҡ', 'к'),
  ...each('ңҥ', 'н'),
  ...each('үұ', 'у'),
  ө: 'о',
  ә: 'а',
  ҳ: 'х',
  ҷ: 'ч',
  ҙ: 'з',
  ҫ: 'с',
  // Hebrew: final letters, and the ligatures of Yiddish.
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  װ: 'וו',
  ױ: 'וי',
  ײ: 'יי',
  // Arabic, Persian and Urdu
  ...each('ٱٲٳ', 'ا'),
  ...each('ءٴـ', ''),
  ...each('ىیېۍ', 'ي'),
  ...each('ةہھەۃۂ', 'ه'),
  ...each('کڪګ', 'ك'),
  // Candrabindu is often written as anusvara.
  '\u0901': '\u0902',
  '\u0981': '\u0982',
};

const specialLetter = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/**
 * Characters that readers leave out: accents of Latin, Greek and Cyrillic letters; vowel and reading marks of Arabic, Hebrew and
 * Syriac; nuktas; invisible characters; variants and skin tones of emoji; apostrophes and the like, such as the okina.
 * Other marks, such as the vowels of Devanagari and Thai, distinguish words and stay.
 */
const omitted = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f',
    '\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed',
    '\\u08ca-\\u08e1\\u08e3-\\u08ff',
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u05f3\\u05f4',
    '\\u0711\\u0730-\\u074a',
    '\\u093c\\u09bc\\u0a3c\\u0abc\\u0b3c\\u0c3c\\u0cbc\\u{1133c}\\u{114c3}',
    '\\p{Cf}\\p{Variation_Selector}\\p{Emoji_Modifier}',
    "'`\\u00b4\\u02b0-\\u02ff\\u2018-\\u201b\\u2032\\u055a\\ua78b\\ua78c",
  ].join('')}]`,
  'gu',
);

/** Catalan: "col·lecció" is also typed without the dot. */
const dotBetweenL = /l\u00b7(?=l)/g;
const katakana = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const digit = /\p{Nd}/gu;
const ascii = /^[\0-\x7f]*$/;

/**
 * Returns a text in lower case, without the characters that readers leave out, and with one form for interchangeable
 * letters: "Łódź" and "LODZ" become "lodz". Folding a folded text changes nothing. Takes linear time.
 */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/['`]/g, '');
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(dotBetweenL, 'l')
    .replace(omitted, '')
    .replace(specialLetter, (letter) => letters[letter] ?? letter)
    .replace(katakana, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replace(digit, digitOf)
    .normalize('NFC');
}

function each(keys: string, value: string): Record<string, string> {
  return Object.fromEntries(Array.from(keys, (key) => [key, value]));
}

const digitValues = new Map<string, string>();

/** Digits of every script come in runs of ten, beginning with zero. https://www.unicode.org/reports/tr44/#Nd */
function digitOf(character: string): string {
  const known = digitValues.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  const value = String((code - first) % 10);
  digitValues.set(character, value);
  return value;
}
