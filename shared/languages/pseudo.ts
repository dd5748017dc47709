// Makes the texts of the two pseudo-languages from English: they reveal text outside the catalogue, text that does not
// fit, and errors in right-to-left layouts.
import { en, isMessageId } from './en';
import type { PseudoLanguage } from './languages';

const accented = new Map(
  [...'aåbƀcçdďeéfƒgğhĥiîjĵkķlļmɱnñoöpþqɋrŕsštţuûvṽwŵxẋyýzžAÅEÉIÎOÖUÛ'].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1] ?? letter] as const] : [],
  ),
);

/** Returns the catalogue of a pseudo-language. Arguments and tags of the messages stay as they are. */
export function pseudoCatalogue(code: PseudoLanguage): Record<string, string> {
  const change = code === 'en-XA' ? lengthen : turn;
  return Object.fromEntries(
    Object.entries(en).map(([id, message]) => [id, isMessageId(id) ? changeTexts(message, change) : message]),
  );
}

/** Changes the text outside of arguments and tags. The texts of a plural or a selection are two braces deep. */
function changeTexts(message: string, change: (text: string) => string): string {
  let depth = 0;
  let text = '';
  let result = '';
  const flush = () => {
    if (text !== '') result += change(text);
    text = '';
  };
  for (const character of message) {
    const opens = character === '{' || character === '<';
    const closes = character === '}' || character === '>';
    if (opens || closes) flush();
    if (depth % 2 === 0 && !opens && !closes) text += character;
    else result += character;
    if (opens) depth += 1;
    if (closes) depth -= 1;
  }
  flush();
  return result;
}

/** [Ŕéţŕý·~~]: about a third longer, as German is. */
function lengthen(text: string): string {
  const changed = [...text].map((letter) => accented.get(letter) ?? letter).join('');
  return `${changed}${'~'.repeat(Math.ceil(text.trim().length / 3))}`;
}

/** Each word from right to left, between marks of a right-to-left script. */
function turn(text: string): string {
  return text.replace(/\S+/g, (word) => `\u200f\u202e${word}\u202c\u200f`);
}
