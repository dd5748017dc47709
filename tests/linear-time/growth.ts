// Measures how a parser's time grows with its input, as an exponent: 1 is linear, 2 is quadratic.

export type GrowthOptions<Input> = {
  /** Parses an input. It may return a promise, such as a decoder with threads of its own. */
  run: (input: Input) => unknown;
  /** Returns an input of about this many characters. */
  make: (length: number) => Input;
  /** Length of the longest input, in characters. */
  maxLength: number;
  /** Length of the shortest input that counts, for a parser that limits its own work. */
  minLength?: number;
};

/** Above this exponent a parser does not count as linear. */
export const maxExponent = 1.5;

/**
 * The two lengths that decide are this many times apart. What makes single characters of a long input dearer, such as
 * emptied caches, garbage collection and fresh memory, may then make them four times as dear, where quadratic time makes
 * them sixteen times as dear.
 */
const decidingFactor = 16;
/** Above this exponent between a length and a quarter of it, the lengths that decide are measured. */
const suspectExponent = 1.35;

/** Shorter times say little, because the timer and the garbage collector are not exact. */
const minMeasurableMs = 0.4;
/** The same for the shortest of several runs, which is more exact. */
const minExactMs = 0.1;
const firstLength = 250;
/** A measurement can only be too high by chance, so the lowest of several counts. Few need more than one. */
const maxAttempts = 40;
/**
 * After the first attempts there are pauses between them (ms), because other programs that keep emptying the processor's
 * caches make every attempt of the same moment too high. All together last 16 seconds.
 */
const quickAttempts = 4;
const firstPauseMs = 10;
const maxPauseMs = 500;
/** Above this exponent, fewer attempts decide. Quadratic time is close to 2. */
const clearExponent = 1.75;
const clearAttempts = 7;

const pageBytes = 4096;
const freshBytes = 1024 * 1024;
/** An array of single characters takes eight, and parsers have a few such. */
const linearBytesPerCharacter = 64;

/**
 * Returns the highest exponent between two lengths, of which one is sixteen times the other. CPU time is measured, and the
 * shortest of several runs counts, so that other work on the computer does not matter. An input that takes no measurable
 * time at its maximum length has the exponent 0.
 */
export async function measureGrowth<Input>({
  run,
  make,
  maxLength,
  minLength = 0,
}: GrowthOptions<Input>): Promise<number> {
  const { stackTraceLimit } = Error;
  // The test runner translates stacks, which would take longer than what throws and catches an error.
  Error.stackTraceLimit = 0;
  try {
    return await highestExponent({ run, make, maxLength, minLength });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function highestExponent<Input>({
  run,
  make,
  maxLength,
  minLength,
}: Required<GrowthOptions<Input>>): Promise<number> {
  let highest = 0;
  let previousMs = 0;
  for (let length = firstLength; length <= maxLength; length *= 4) {
    if (length * 4 < minLength) continue;
    const ms = await shortestRun(run, make(length), 1, length);
    // Steep growth counts from the first time that is long enough, however short the one before was.
    const isSuspect =
      previousMs > 0 && exponentOf(Math.max(previousMs, minMeasurableMs), ms, 4) > suspectExponent;
    previousMs = ms;
    if (!isSuspect) continue;
    highest = Math.max(highest, await measureCarefully({ run, make }, length));
    // Longer inputs of a parser that is not linear would take too long.
    if (highest > maxExponent) return highest;
  }
  return highest;
}

/** Returns the lowest of several exponents between `length` and a sixteenth of it. */
async function measureCarefully<Input>(
  { run, make }: Pick<GrowthOptions<Input>, 'run' | 'make'>,
  length: number,
): Promise<number> {
  const shortLength = length / decidingFactor;
  const [short, long] = [make(shortLength), make(length)];
  let lowest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < maxAttempts && lowest > maxExponent; attempt += 1) {
    const shortMs = await shortestRun(run, short, 3, shortLength);
    const longMs = await shortestRun(run, long, 3, length);
    lowest = Math.min(lowest, exponentOf(Math.max(shortMs, minExactMs), longMs, decidingFactor));
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

/** Returns milliseconds of CPU time, without what the kernel took to give a linear amount of fresh memory. */
async function shortestRun<Input>(
  run: (input: Input) => unknown,
  input: Input,
  runs: number,
  length: number,
): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < runs; index += 1) {
    const { ms, pages } = await measure(() => run(input));
    const linearPages = Math.min(pages, (length * linearBytesPerCharacter) / pageBytes);
    shortest = Math.min(shortest, Math.max(0.001, ms - linearPages * (await pageMs())));
  }
  return shortest;
}

async function measure(run: () => unknown): Promise<{ ms: number; pages: number }> {
  const { minorPageFault } = process.resourceUsage();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, pages: process.resourceUsage().minorPageFault - minorPageFault };
}

let knownPageMs: Promise<number> | undefined;

/**
 * Returns what a page of fresh memory costs here, generously (ms). On some virtual machines it is a hundred times the
 * usual, so that a parser looks worse than quadratic where its arrays become too long for the memory that V8 reuses.
 */
function pageMs(): Promise<number> {
  knownPageMs ??= highestPageMs();
  return knownPageMs;
}

async function highestPageMs(): Promise<number> {
  let highest = 0;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { ms, pages } = await measure(() => touch(Buffer.allocUnsafeSlow(freshBytes)));
    highest = Math.max(highest, (1.25 * ms) / Math.max(pages, freshBytes / pageBytes));
  }
  return highest;
}

function touch(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += pageBytes) bytes[at] = 1;
}
