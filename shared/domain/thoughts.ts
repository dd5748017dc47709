// The thoughts that some models write before their answer, between <think> and </think>.

export type ThoughtfulText = {
  /** Null if the text has none. */
  thought: string | null;
  /** The answer itself. */
  text: string;
};

const opening = /^\s*<(think|thinking)>/i;

/** Splits a reply, which may still be arriving: thoughts without an end have no answer yet. */
export function splitThought(text: string): ThoughtfulText {
  const start = opening.exec(text);
  if (!start) return { thought: null, text };
  const rest = text.slice(start[0].length);
  const end = rest.search(new RegExp(`</${start[1]}>`, 'i'));
  if (end < 0) return { thought: rest.trim(), text: '' };
  return { thought: rest.slice(0, end).trim(), text: rest.slice(rest.indexOf('>', end) + 1).trimStart() };
}
