// Separates the words of a prompt that name something from those that only join, praise or describe.
import { ara, deu, eng, fra, ita, jpn, kor, nld, pol, por, rus, spa, swe, tur, ukr, zho } from 'stopword';
import type { PromptWord, UnknownWord } from './read-words';
import { wordSet } from './word-set';

/** The languages whose small words are known, English first: it wins where two languages fit equally well. */
const smallWords = [eng, deu, fra, spa, ita, por, nld, swe, pol, rus, ukr, tur, ara].map(
  (words) => new Set(words.map((word) => word.normalize('NFKC').toLowerCase())),
);
/** Small words of languages without spaces. No other language shares them. */
const smallWordsWithoutSpaces = new Set([...jpn, ...zho, ...kor]);

/** Words that ask for a picture, or say where something is. They name nothing that could be missing from it. */
const generalWords = wordSet(`
  a an the make draw paint create generate show give want need please me my picture pictures image images photo
  photos photograph photography painting drawing illustration render rendering artwork art sketch style styled view
  something anything abstract shape shapes pattern shade shades depth shallow
  scene background foreground lighting light lit shot close up closeup macro angle wide focus
  wearing holding having using riding standing sitting crossing inside outside near behind front left right top middle center centre surrounded
  above below au dessus dessous encima debajo oberhalb unterhalb 上 上の 上空 下 下の 里 边 旁边
  sous derrière devant vers près chez detrás delante cerca dentro hacia
  past across beside besides toward towards along among amid between beneath beyond around through throughout onto upon
  against via ein eine einen einem einer der die das und im am auf mit un une le la les el los las des et con en il gli um
  uma и в на 画像 写真 絵 イラスト 生成 図 图片 照片 图像 插画 画 一只 一张 一个 一幅 一座 一条 junto entre sobre bajo
  bild foto zeichne male mache zeige erstelle image dessine imagen dibuja imagem immagine
`);

/** Words that praise or describe: size, age, shape, light, surface. */
const describingWords = wordSet(`
  beautiful pretty nice cute stunning amazing awesome epic majestic gorgeous lovely charming picturesque idyllic romantic
  detailed detail details highly very ultra hyper super extremely high low quality resolution masterpiece best
  realistic photorealistic realism cinematic dramatic professional trending artstation hd uhd 4k 8k 16k hdr raw sharp
  bokeh soft warm cold cool big small large little huge giant tiny old young new single lot lots kind ancient modern
  tall long short round narrow wide deep steep rocky wooden rustic cosy cozy distant faraway far lone solitary vast endless empty
  dense lush fluffy furry gentle wild shiny glowing shining shimmering sparkling glittering silhouetted silhouette covered
  colorful colourful vibrant vivid pale dark
  alt alte alter altes alten klein kleine kleiner kleines kleinen groß große großer großes großen hoch hohe hoher hohes
  einsam einsame einsamer einsames gemütlich gemütliche schön schöne schöner schönes schönen weit leuchtend hölzern
  petit petite petits petites grand grande grands grandes vieux vieille haut haute beau belle belles joli jolie lointain
  pequeño pequeña pequeños pequeñas grandes viejo vieja alto alta hermoso hermosa bonito bonita antiguo antigua
  piccolo piccola vecchio vecchia bello bella маленький маленькая большой большая красивый красивая старый старая
  小さな 小さい 大きな 大きい 古い 美しい きれいな 可愛い かわいい 小 大 美丽 美丽的 漂亮 漂亮的 古老 古老的 可爱 可爱的 小さく
`);

/** Returns whether a word praises or describes what stands beside it. */
export function isDescribing(word: string): boolean {
  return describingWords.has(word.toLowerCase());
}

/**
 * Returns the unknown words of a prompt that name something, in order. Joins words that form a name together, such
 * as “Eiffel Tower”.
 */
export function namesIn(words: readonly PromptWord[]): UnknownWord[] {
  const unknown = words.filter(({ meanings }) => meanings.length === 0);
  const isSmall = smallWordTest(unknown);
  const names: UnknownWord[] = [];
  let end = -1;
  for (const word of segmented(unknown)) {
    const key = word.text.toLowerCase();
    if (isSmall(key) || generalWords.has(key) || isDescribing(key) || /^[\p{N}\u200d]+$/u.test(key)) continue;
    const last = names.at(-1);
    const continues = last && word.position === end + 1 && isCapital(last.text) && isCapital(word.text);
    if (continues) last.text += ` ${word.text}`;
    else names.push({ ...word });
    end = word.position;
  }
  return names;
}

/** Returns whether a word is a small one of the language that most of the words seem to be in. */
function smallWordTest(words: readonly UnknownWord[]): (key: string) => boolean {
  // One letter, such as “a”, is a small word of too many languages.
  const keys = [...new Set(words.map(({ text }) => text.toLowerCase()))].filter((key) => key.length > 1);
  let language = smallWords[0];
  let most = 0;
  for (const candidate of smallWords) {
    const hits = keys.filter((key) => candidate.has(key));
    // One word is not enough to tell languages of one script apart: “hat” is a thing in English and a small word in German.
    const isSure = hits.length > 1 || hits.some((key) => !/\p{Script=Latin}/u.test(key));
    if (isSure && hits.length > most) [language, most] = [candidate, hits.length];
  }
  return (key) =>
    /^\p{Script=Latin}$/u.test(key) || language?.has(key) === true || smallWordsWithoutSpaces.has(key);
}

const scriptsWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Chinese particles, which are written at the end of a word but do not belong to it. */
const chineseParticle = /[的了着在]$/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * Maximum length of text in scripts without spaces that is split, in UTF-16 units. Each takes about 4 µs. Text of this
 * length contains more names than any caller uses.
 */
const maxSegmented = 500;

/** Returns the words, split into those of their language. Text beyond the maximum is left out. */
function segmented(words: readonly UnknownWord[]): UnknownWord[] {
  let room = maxSegmented;
  return words.flatMap((word) => {
    if (!scriptsWithoutSpaces.test(word.text)) return [word];
    const text = word.text.slice(0, room);
    room -= text.length;
    return text === '' ? [] : segment({ ...word, text });
  });
}

/** Splits a run of text without spaces into words. */
function segment(word: UnknownWord): UnknownWord[] {
  // A single character that remains between known words is more often a particle than a name.
  const parts = [...segmenter.segment(word.text)].filter(
    ({ segment: text }) => !/^\p{Script=Hiragana}+$/u.test(text),
  );
  return parts.map(({ segment: text }) => ({ ...word, text: text.replace(chineseParticle, '') || text }));
}

function isCapital(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}
