// Chinese text has a space beside Latin letters and digits, but none beside Chinese characters. Only formatting a message
// shows whether a value, such as the name of a service, is Chinese.

/** Chinese and Japanese letters and their punctuation. */
const wide = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]';
const startsWide = new RegExp(`^${wide}`);
const endsWide = new RegExp(`${wide}$`);
const spaceBeforeValue = new RegExp(`(?<=${wide}) (?=(?:<\\w+>)?\\{(\\w+)\\})`, 'g');
const spaceAfterValue = new RegExp(`(?<=\\{(\\w+)\\}(?:</\\w+>)?) (?=${wide})`, 'g');

/** Returns a message such as “由 {model} 生成” without the spaces that are beside a Chinese value. */
export function closeUp(message: string, values: Readonly<Record<string, unknown>>): string {
  const without = (edge: RegExp) => (space: string, name: string) => {
    const value = values[name];
    return typeof value === 'string' && edge.test(value) ? '' : space;
  };
  return message.replace(spaceBeforeValue, without(startsWide)).replace(spaceAfterValue, without(endsWide));
}

/** A Chinese letter and a Latin one, or a digit, on the two sides of a seam. */
const seam = /\p{Script=Han}\n(?!\p{Script=Han})[\p{L}\p{N}]|(?!\p{Script=Han})[\p{L}\p{N}]\n\p{Script=Han}/u;

/** Joins the parts of a list, such as “Gemini”, “和” and “离线画师”, with the spaces that are beside Latin ones. */
export function joinSpaced(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    const isSpaced = seam.test(`${text.slice(-2)}\n${part.slice(0, 2)}`);
    return isSpaced ? `${text} ${part}` : text + part;
  }, '');
}
