// Measures how a parser's time grows with its input, as an exponent: 1 is linear, 2 is quadratic.

export type GrowthOptions<Input> = {
  /** Parses an input. */
  run: (input: Input) => unknown;
  /** Returns an input of about this many characters. */
  make: (length: number) => Input;
  /** Length of the longest input, in characters. */
  maxLength: number;
  /** Length of the shortest input that counts, for a parser that limits its own work. */
  minLength?: number;
};

/** Above this exponent a parser does not count as linear. Garbage collection alone reaches 1.2. */
export const maxExponent = 1.35;

/** Shorter times say little, because the timer and the garbage collector are not exact. */
const minMeasurableMs = 0.4;
/** The same for the shortest of several runs, which is more exact. */
const minExactMs = 0.1;
const firstLength = 250;
/** A measurement can only be too high by chance, so the lowest of several counts. Few need more than one. */
const maxAttempts = 40;
/**
 * After the first attempts there are pauses between them (ms), because other programs that keep emptying the processor's
 * caches make every attempt of the same moment too high, even as high as 1.8. All together last 16 seconds.
 */
const quickAttempts = 4;
const firstPauseMs = 10;
const maxPauseMs = 500;
/** Above this exponent, two seconds of attempts decide. Quadratic time is close to 2. */
const clearExponent = 1.7;
const clearAttempts = 12;

/**
 * Returns the highest exponent between two lengths, of which one is four times the other. CPU time is measured, and the
 * shortest of several runs counts, so that other work on the computer does not matter. An input that takes no measurable
 * time at its maximum length has the exponent 0.
 */
export function measureGrowth<Input>({ run, make, maxLength, minLength = 0 }: GrowthOptions<Input>): number {
  const { stackTraceLimit } = Error;
  // The test runner translates stacks, which would take longer than what throws and catches an error.
  Error.stackTraceLimit = 0;
  try {
    return highestExponent({ run, make, maxLength, minLength });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function highestExponent<Input>({ run, make, maxLength, minLength }: Required<GrowthOptions<Input>>): number {
  let highest = 0;
  let previousMs = 0;
  for (let length = firstLength; length <= maxLength; length *= 4) {
    if (length * 4 < minLength) continue;
    const ms = shortestRun(run, make(length), 1);
    // What grows steeply counts from the first time that is long enough, however short the one before was.
    const isSuspect =
      previousMs > 0 && exponentOf(Math.max(previousMs, minMeasurableMs), ms, 4) > maxExponent;
    previousMs = ms;
    if (!isSuspect) continue;
    highest = Math.max(highest, measureCarefully({ run, make }, length));
    // Longer inputs of a parser that is not linear would take too long.
    if (highest > maxExponent) return highest;
  }
  return highest;
}

/** Returns the lowest slope of several regression lines through three lengths, up to `length`. */
function measureCarefully<Input>(
  { run, make }: Pick<GrowthOptions<Input>, 'run' | 'make'>,
  length: number,
): number {
  const inputs = [length / 4, length / 2, length].map(make);
  let lowest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < maxAttempts && lowest > maxExponent; attempt += 1) {
    const [shortest = 0, , longest = 0] = inputs.map((input) => shortestRun(run, input, 3));
    // With logarithms at equal distances, the slope depends on the outer two only.
    lowest = Math.min(lowest, exponentOf(Math.max(shortest, minExactMs), longest, 4));
    const paused = attempt + 1 - quickAttempts;
    if (paused < 0 || lowest <= maxExponent) continue;
    if (lowest > clearExponent && attempt + 1 >= clearAttempts) break;
    sleep(Math.min(maxPauseMs, firstPauseMs * 2 ** paused));
  }
  return lowest;
}

/** Blocks the thread, because what is measured is synchronous. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function exponentOf(shorterMs: number, longerMs: number, factor: number): number {
  return Math.log(longerMs / shorterMs) / Math.log(factor);
}

/** Returns milliseconds of CPU time. */
function shortestRun<Input>(run: (input: Input) => unknown, input: Input, runs: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < runs; index += 1) {
    const before = process.cpuUsage();
    run(input);
    const { user, system } = process.cpuUsage(before);
    shortest = Math.min(shortest, Math.max(1, user + system) / 1000);
  }
  return shortest;
}
