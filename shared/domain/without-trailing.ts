// Removes a run of one character from the end of a text.

/**
 * @param character one UTF-16 unit. A regular expression such as /x+$/ would take quadratic time on long runs of the
 *   character within the text.
 */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
