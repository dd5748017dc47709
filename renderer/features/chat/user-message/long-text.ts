// Decides which messages are folded, and what a folded one renders.

/** More characters or lines than these do not fit into a folded message: see UserMessage.module.css. */
const maxCharacters = 1000;
const maxLines = 12;
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
