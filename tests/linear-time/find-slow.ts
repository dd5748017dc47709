// Finds the repetitive inputs for which a parser takes more than linear time.
import { maxExponent, measureGrowth } from './growth';
import { type Grammar, repetitionsOf } from './repetitions';

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
};

/** Returns a line for each of the first inputs whose exponent is too high; empty when the parser is linear. */
export function findSlow({ run, maxLength, minLength = 0, ...grammar }: ParserCase): string[] {
  return findSlowInputs(grammar, { run, maxLength, minLength, prepare: (text) => text });
}

/** As `findSlow`, for a parser of bytes: each character of the tokens is one byte. */
export function findSlowBytes({
  run,
  maxLength,
  ...grammar
}: Grammar & { run: (bytes: Uint8Array) => unknown; maxLength: number }): string[] {
  return findSlowInputs(grammar, {
    run,
    maxLength,
    minLength: 0,
    prepare: (text) => Buffer.from(text, 'latin1'),
  });
}

type Parser<Input> = {
  run: (input: Input) => unknown;
  prepare: (text: string) => Input;
  maxLength: number;
  minLength: number;
};

function findSlowInputs<Input>(grammar: Grammar, parser: Parser<Input>): string[] {
  const { run, prepare, maxLength, minLength } = parser;
  const slow: string[] = [];
  for (const { name, make } of repetitionsOf(grammar)) {
    const exponent = measureGrowth({ run, make: (length) => prepare(make(length)), maxLength, minLength });
    if (exponent > maxExponent) slow.push(`${name}: exponent ${exponent.toFixed(2)}`);
    if (slow.length === maxReported) break;
  }
  return slow;
}
