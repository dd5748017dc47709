// What a new conversation is called: the start of its first message, cut between words.

const longest = 60;

/** @returns up to 60 characters of one line, never half of a word or of an emoji where it can be helped. */
export function titleFrom(text: string): string {
  const line = text
    .replace(/^\/\w+\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...new Intl.Segmenter().segment(line.slice(0, longest * 20))].map(
    ({ segment }) => segment,
  );
  if (characters.length <= longest) return characters.join('');
  const cut = characters.slice(0, longest - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > longest / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
