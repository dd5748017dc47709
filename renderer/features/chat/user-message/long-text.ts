// Decides which messages are collapsed, and which part of a collapsed one is rendered.

/** Far more than a collapsed message shows (UserMessage.module.css), because collapsing less would hide almost nothing. */
const maxCharacters = 2500;
const maxLines = 24;
/** Number of characters that a collapsed message renders: more than fit, but few enough to render fast. */
const maxRendered = 2000;

/** Returns whether a message is long enough to be collapsed. */
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
