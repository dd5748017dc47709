// Generates repetitive inputs from the tokens of a grammar: what makes a parser that backtracks or rescans slow.

export type Grammar = {
  /**
   * Pieces that mean something to the parser, and at least one that does not. `#` becomes the number of the repetition and
   * `@#` the next one.
   */
  tokens: readonly string[];
  /** Text before and after the repetition, so that it is where the parser reads closely. */
  frames?: readonly (readonly [before: string, after: string])[];
  /** False for a parser that takes so long that only single tokens are repeated. */
  hasPairs?: boolean;
};

export type Repetition = { name: string; isPair: boolean; make: (length: number) => string };

type Shape = { name: string; fill: (length: number, first: string, second: string) => string };

/** Each shape is one way to make a parser read the same characters again. */
const shapes: readonly Shape[] = [
  { name: 'alternating', fill: (length, first, second) => repeated(first + second, length) },
  {
    name: 'nested',
    fill: (length, first, second) => repeated(first, length / 2) + repeated(second, length / 2),
  },
  { name: 'a run before', fill: (length, first, second) => repeated(first, length) + second },
  { name: 'a run after', fill: (length, first, second) => first + repeated(second, length) },
];

/** Returns every token repeated, and every pair of tokens in each shape, within each frame. */
export function repetitionsOf({ tokens, frames = [['', '']], hasPairs = true }: Grammar): Repetition[] {
  return frames.flatMap(([before, after]) => {
    const within = (name: string, isPair: boolean, fill: (length: number) => string): Repetition => ({
      name: `${JSON.stringify(before)} ${name} ${JSON.stringify(after)}`,
      isPair,
      make: (length) => flat(before + fill(length) + after),
    });
    const single = tokens.map((token) =>
      within(JSON.stringify(token), false, (length) => repeated(token, length)),
    );
    const pairs = tokens.flatMap((first) =>
      tokens
        .filter((second) => second !== first)
        .flatMap((second) =>
          shapes.map(({ name, fill }) =>
            within(`${name}: ${JSON.stringify([first, second])}`, true, (length) =>
              fill(length, first, second),
            ),
          ),
        ),
    );
    return hasPairs ? [...single, ...pairs] : single;
  });
}

function repeated(token: string, length: number): string {
  const count = Math.max(1, Math.ceil(length / token.length));
  if (!token.includes('#')) return token.repeat(count);
  const numbered = (_: unknown, index: number) =>
    token.replaceAll('@#', String(index + 1)).replaceAll('#', String(index));
  return Array.from({ length: count }, numbered).join('');
}

/** Joins the pieces of which V8 builds a string, so that the first parser to read it does not pay for that. */
function flat(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
