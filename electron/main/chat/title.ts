// What a new conversation is called: the start of its first message, cut between words.

const longest = 60;

const segmenter = new Intl.Segmenter();

/** @returns up to 60 characters of one line, never half of a word or of an emoji where it can be helped. */
export function titleFrom(text: string): string {
  const line = text
    .slice(0, longest * 20)
    .replace(/^\/\w+\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= longest) return line;
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > longest / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
