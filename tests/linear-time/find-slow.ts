// Finds the repetitive inputs for which a parser takes more than linear time.
import { maxExponent, measureGrowth } from './growth';
import { type Grammar, repetitionsOf } from './repetitions';

/**
 * Length of the longest pair of tokens, of which a grammar has many. What takes more than linear time takes several times
 * as long as that by then; single tokens are repeated up to the length that a parser may meet.
 */
const usualPairLength = 16_000;

/** Slow inputs that are reported. Each of them takes long to measure. */
const maxReported = 3;

/** For a computer that has much else to do (ms). The measurements themselves count CPU time only. */
export const maxDurationMs = 600_000;

export type ParserCase = Grammar & {
  /** Parses a text that is ready. */
  run: (text: string) => unknown;
  /** Length of the longest input, in characters: what the parser may meet. */
  maxLength: number;
  /** Length above which the growth counts, for a parser that limits its own work. */
  minLength?: number;
  /** Length of the longest pair of tokens, for a parser whose own limit is above the usual one. */
  maxPairLength?: number;
};

/** Returns a line for each of the first inputs whose exponent is too high; empty when the parser is linear. */
export function findSlow({
  run,
  maxLength,
  minLength = 0,
  maxPairLength = usualPairLength,
  ...grammar
}: ParserCase): Promise<string[]> {
  return findSlowInputs(grammar, { run, maxLength, minLength, maxPairLength, prepare: (text) => text });
}

/** As `findSlow`, for a parser of bytes: each character of the tokens is one byte. */
export function findSlowBytes({
  run,
  maxLength,
  ...grammar
}: Grammar & { run: (bytes: Uint8Array) => unknown; maxLength: number }): Promise<string[]> {
  return findSlowInputs(grammar, {
    run,
    maxLength,
    minLength: 0,
    maxPairLength: usualPairLength,
    prepare: (text) => Buffer.from(text, 'latin1'),
  });
}

type Parser<Input> = {
  run: (input: Input) => unknown;
  prepare: (text: string) => Input;
  maxLength: number;
  minLength: number;
  maxPairLength: number;
};

async function findSlowInputs<Input>(grammar: Grammar, parser: Parser<Input>): Promise<string[]> {
  const { run, prepare, minLength } = parser;
  const slow: string[] = [];
  for (const { name, isPair, make } of repetitionsOf(grammar)) {
    const maxLength = isPair ? Math.min(parser.maxLength, parser.maxPairLength) : parser.maxLength;
    const exponent = await measureGrowth({
      run,
      make: (length) => prepare(make(length)),
      maxLength,
      minLength,
    });
    if (exponent > maxExponent) slow.push(`${name}: exponent ${exponent.toFixed(2)}`);
    if (slow.length === maxReported) break;
  }
  return slow;
}
