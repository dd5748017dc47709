// Finds what of a prompt the offline painter does not draw, so that a picture can say so.
import { ara, deu, eng, fra, ita, jpn, kor, nld, pol, por, rus, spa, swe, tur, ukr, zho } from 'stopword';
import { maxNotDrawnWords } from '../../../shared/domain/picture-notes';
import { type Mention, readWords, type UnknownWord } from '../../../shared/painter/find-mentions';
import { maxReadLength, maxSubjects } from '../../../shared/painter/scene';

/** In UTF-16 units. */
const maxWordLength = 40;

/** The languages whose small words are known, English first: it wins where two languages fit equally well. */
const smallWords = [eng, deu, fra, spa, ita, por, nld, swe, pol, rus, ukr, tur, ara].map(
  (words) => new Set(words.map((word) => word.normalize('NFKC').toLowerCase())),
);
/** Of languages without spaces, which no other language shares. */
const smallWordsWithoutSpaces = new Set([...jpn, ...zho, ...kor]);

// Words that ask for a picture or praise it. They name nothing that could be missing from it.
const generalWords = new Set(
  [
    'a an the make draw paint create generate show give want need please me my picture pictures image images photo',
    'photos photograph photography painting drawing illustration render rendering artwork art sketch style styled view',
    'scene background foreground beautiful pretty nice cute stunning amazing awesome epic majestic gorgeous lovely',
    'detailed detail details highly very ultra hyper super extremely high low quality resolution masterpiece best',
    'realistic photorealistic realism cinematic dramatic professional trending artstation hd uhd 4k 8k 16k hdr raw sharp',
    'focus wide angle shot close up closeup macro bokeh lighting light lit soft warm cold big small large little huge',
    'tiny wearing holding having using old young new single lot lots kind riding inside outside near behind front left right top middle center centre',
    'above below au dessus dessous encima debajo oberhalb unterhalb 上 上の 上空 下 下の',
    'past across beside besides toward towards along among amid between beneath beyond around through throughout onto upon against via',
    'ein eine einen einem einer der die das und im am auf mit un une le la les el los las des et con en il gli um uma и в на',
    '画像 写真 絵 イラスト 生成 図 图片 照片 图像 插画 画 一只 一张 一个 一幅 一座 一条 junto entre sobre bajo',
    'bild foto zeichne male mache zeige erstelle schönes schöne schöner image dessine imagen dibuja imagem immagine',
  ]
    .join(' ')
    .split(' '),
);

/**
 * Returns the words of a prompt that the offline painter does not draw, in the prompt's order and spelling, each once:
 * words that it does not know, and known ones that its scene has no place for. Small words such as “of” are left out, and
 * so are words that only praise. Of many words it returns one more than is shown.
 *
 * @param prompt of any language and length.
 */
export function findNotDrawn(prompt: string): string[] {
  const { mentions, unknown } = readWords(prompt.slice(0, maxReadLength));
  const missing: UnknownWord[] = [...namesOf(unknown), ...withoutPlace(mentions)];
  const texts = missing.toSorted((one, other) => one.position - other.position).map(({ text }) => text);
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = text.toLowerCase();
    if (!found.has(key)) found.set(key, cut(text));
  }
  // One more says that there are others.
  return [...found.values()].slice(0, maxNotDrawnWords + 1);
}

/** Leaves out what names nothing, and joins words that are written together as a name, such as “Eiffel Tower”. */
function namesOf(unknown: readonly UnknownWord[]): UnknownWord[] {
  const isSmall = smallWordTest(unknown);
  const names: UnknownWord[] = [];
  let end = -1;
  for (const word of unknown.flatMap(segment)) {
    const key = word.text.toLowerCase();
    if (isSmall(key) || generalWords.has(key) || /^[\p{N}\u200d]+$/u.test(key)) continue;
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
  // One word is not enough to tell: “hat” is a thing in English and a small word in German.
  let most = 1;
  for (const candidate of smallWords) {
    const hits = keys.filter((key) => candidate.has(key)).length;
    if (hits > most) [language, most] = [candidate, hits];
  }
  return (key) =>
    /^\p{Script=Latin}$/u.test(key) || language?.has(key) === true || smallWordsWithoutSpaces.has(key);
}

const scriptsWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Splits what scripts without spaces write together. */
function segment(word: UnknownWord): UnknownWord[] {
  if (!scriptsWithoutSpaces.test(word.text)) return [word];
  // One sign of such a script that is left between known words is a particle more often than a name.
  const parts = [...segmenter.segment(word.text)].filter(
    ({ segment: text }) => !/^\p{Script=Hiragana}+$/u.test(text),
  );
  return parts.map(({ segment: text }) => ({ ...word, text }));
}

function isCapital(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

/** A scene has one time, weather, season and kind of flower, and three kinds of animals; space and the sea have no ground. */
function withoutPlace(mentions: readonly Mention[]): UnknownWord[] {
  const first = new Map<string, string>();
  const animals = new Set<string>();
  const hasNoGround = mentions.some(
    ({ meaning }) =>
      meaning.kind === 'place' && (meaning.value === 'space' || meaning.value === 'underwater'),
  );
  return mentions.filter(({ meaning }) => {
    switch (meaning.kind) {
      case 'time':
      case 'weather':
      case 'season':
      case 'flower': {
        const value = first.get(meaning.kind) ?? meaning.value;
        first.set(meaning.kind, value);
        return value !== meaning.value || (meaning.kind === 'flower' && hasNoGround);
      }
      case 'animal':
        if (animals.size < maxSubjects) animals.add(meaning.value);
        return !animals.has(meaning.value);
      case 'thing':
        return hasNoGround;
      case 'place':
        return hasNoGround && meaning.value !== 'space' && meaning.value !== 'underwater';
      default:
        return false;
    }
  });
}

function cut(text: string): string {
  return text.length > maxWordLength ? `${text.slice(0, maxWordLength).toWellFormed()}…` : text;
}
