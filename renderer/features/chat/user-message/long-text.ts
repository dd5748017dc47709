// Decides which messages are folded, and what a folded one renders.

/** Far more than a folded message shows (UserMessage.module.css): for less, folding would hide next to nothing. */
const maxCharacters = 2500;
const maxLines = 24;
/** Characters that a folded message renders: more than fit, and so few that a long text costs nothing. */
const maxRendered = 2000;

export function isLong(text: string): boolean {
  if (text.length > maxCharacters) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines > maxLines;
}

/** Returns the beginning of a text, without cutting a character in two. */
export function beginningOf(text: string): string {
  return text.length <= maxRendered ? text : text.slice(0, maxRendered).replace(/[\ud800-\udbff]$/, '');
}
