// The title of a new conversation: the start of its first prompt or message, cut between words.

const maxTitleCharacters = 60;

const segmenter = new Intl.Segmenter();

/** Returns up to 60 characters on one line. It never cuts an emoji, and cuts a word only if it has to. */
export function titleFrom(text: string): string {
  const line = text
    .slice(0, maxTitleCharacters * 20)
    .replace(/^\/\w+\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= maxTitleCharacters) return line;
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  if (characters.length <= maxTitleCharacters) return line;
  const cut = characters.slice(0, maxTitleCharacters - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > maxTitleCharacters / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
