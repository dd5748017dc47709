// Reads what sd-server prints: which lines may be logged, how far a picture is, and why the process ended.
import { createInterface } from 'node:readline';

/**
 * The lines that are logged. The server also prints prompts, paths and what others wrote, so a line is logged only if all of
 * it is known: words of the server itself, numbers and names of devices.
 * https://github.com/leejet/stable-diffusion.cpp/blob/master/src/stable-diffusion.cpp
 */
const loggedMessages: readonly RegExp[] = [
  /^listening on: [\d.]+:\d+$/,
  /^Version: [\w .+-]{1,40}$/,
  /^(?:\w+ )?weight type(?: stat)?: [\w .:|,-]{1,200}$/i,
  /^total params memory size = [\w., =():+-]{1,200}$/,
  /^loading tensors completed, taking [\d.]+s[\w .,():/]{0,160}$/,
  /^(?:running in|use|using|prediction type:?) [\w -]{1,40}(?:prediction|mode|attention)?$/i,
  /^sampling using [\w +-]{1,40} method$/,
  /^generating image: \d+\/\d+ - seed \d+$/,
  /^(?:sampling|get_learned_condition|decode_first_stage|generate_image|encode_first_stage) completed, taking [\d.]+ ?m?s$/,
  /^generating \d+ latent images completed, taking [\d.]+s$/,
  /^decoding \d+ latents$/,
  /^latent \d+ decoded, taking [\d.]+s$/,
  /^new_sd_ctx_t failed$/,
];

/** Printed by ggml without a level. Names of devices are those of the hardware. */
const loggedLines: readonly RegExp[] = [
  /^ggml_(?:cuda|vulkan|metal)_init: [\w .:,()/=-]{1,200}$/,
  /^ggml_(?:vulkan|cuda): [\w .:,()/=|-]{1,200}$/,
];

/** Returns what the log gets of a line; null for a line that is not known. */
export function loggedPart(line: string): string | null {
  const [, level, message = ''] =
    /^\[(DEBUG|INFO|WARN|ERROR) ?\] [\w.-]{1,60}:\d+ *- (.*?)\s*$/.exec(line) ?? [];
  if (level !== undefined)
    return loggedMessages.some((known) => known.test(message)) ? `${level}: ${message}` : null;
  return loggedLines.some((known) => known.test(line)) ? line : null;
}

/** A bar of the server: the steps that are done, all of them, and how long one takes (s). */
export type ProgressBar = { step: number; steps: number; secondsPerStep: number };

/** Returns what a progress bar says; null for any other line. */
export function progressOf(line: string): ProgressBar | null {
  const [, step, steps, speed, unit] =
    /\| (\d{1,4})\/(\d{1,4}) - (\d{1,6}(?:\.\d{1,6})?)(s\/it|it\/s)/.exec(line) ?? [];
  if (step === undefined) return null;
  const secondsPerStep = unit === 's/it' ? Number(speed) : 1 / Number(speed);
  return {
    step: Number(step),
    steps: Number(steps),
    secondsPerStep: Number.isFinite(secondsPerStep) ? secondsPerStep : 0,
  };
}

/** A bar is shorter than this, so that an endless line costs nothing (characters). */
const maxBarLength = 1_000;

/**
 * Returns what reads the bars of a stream. A bar begins with a carriage return and ends with nothing until the next one is
 * drawn, so whoever waits for the end of its line is always a step behind.
 */
function createBarReader(onBar: (bar: ProgressBar) => void): (chunk: unknown) => void {
  let rest = '';
  let last = '';
  return (chunk) => {
    const pieces = `${rest}${String(chunk)}`.split(/[\r\n]/);
    rest = (pieces.at(-1) ?? '').slice(-maxBarLength);
    for (const piece of pieces) {
      const bar = progressOf(piece);
      const key = bar && `${bar.step}/${bar.steps}`;
      if (bar && key !== last) onBar(bar);
      last = key ?? last;
    }
  };
}

/** Signs in the output of an end that the exit code does not explain. Only names of libraries are kept. */
export type OutputSigns = { ranOutOfMemory: boolean; missingLibrary: string | null };

const memorySigns =
  /out of memory|ErrorOutOf(?:Device|Host)Memory|failed to allocate|alloc\w* (?:\w+ )*failed|bad_alloc|not enough (?:memory|space)/i;

/** Messages of the system's loader: https://man7.org/linux/man-pages/man8/ld.so.8.html and macOS's dyld. */
const librarySigns =
  /(?:error while loading shared libraries: |Library not loaded: (?:\S*\/)?)([\w.+-]{1,100})/;

export type WatchedOutput = {
  signs: () => Readonly<OutputSigns>;
};

/** Reads both streams of a server line by line. Must be called at once, because an unread pipe stops the process. */
export function watchOutput(
  { stdout, stderr }: { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream },
  on: { log: (line: string) => void; progress: (bar: ProgressBar) => void },
): WatchedOutput {
  const signs: OutputSigns = { ranOutOfMemory: false, missingLibrary: null };
  function read(line: string): void {
    if (memorySigns.test(line)) signs.ranOutOfMemory = true;
    signs.missingLibrary ??= librarySigns.exec(line)?.[1] ?? null;
    const logged = loggedPart(line);
    if (logged !== null) on.log(logged);
  }
  for (const input of [stdout, stderr]) createInterface({ input }).on('line', read);
  stdout.on('data', createBarReader(on.progress));
  return { signs: () => signs };
}
