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

/** Returns the step and the number of steps of a progress bar; null for any other line. */
export function progressOf(line: string): { step: number; steps: number } | null {
  const [, step, steps] = /\| (\d{1,4})\/(\d{1,4}) - [\d.]+(?:s\/it|it\/s)/.exec(line) ?? [];
  return step === undefined ? null : { step: Number(step), steps: Number(steps) };
}

/** What the output says about an end that is not explained by the exit code. Only names of libraries are kept. */
export type OutputSigns = { ranOutOfMemory: boolean; missingLibrary: string | null };

const memorySigns =
  /out of memory|ErrorOutOf(?:Device|Host)Memory|failed to allocate|alloc\w* (?:\w+ )*failed|bad_alloc|not enough (?:memory|space)/i;

/** What the system's loader says: https://man7.org/linux/man-pages/man8/ld.so.8.html and macOS's dyld. */
const librarySigns =
  /(?:error while loading shared libraries: |Library not loaded: (?:\S*\/)?)([\w.+-]{1,100})/;

export type WatchedOutput = {
  signs: () => Readonly<OutputSigns>;
};

/** Reads both streams of a server line by line. Must be called at once, because an unread pipe stops the process. */
export function watchOutput(
  { stdout, stderr }: { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream },
  on: { log: (line: string) => void; progress: (step: number, steps: number) => void },
): WatchedOutput {
  const signs: OutputSigns = { ranOutOfMemory: false, missingLibrary: null };
  function read(line: string): void {
    if (memorySigns.test(line)) signs.ranOutOfMemory = true;
    signs.missingLibrary ??= librarySigns.exec(line)?.[1] ?? null;
    const progress = progressOf(line);
    if (progress) on.progress(progress.step, progress.steps);
    const logged = loggedPart(line);
    if (logged !== null) on.log(logged);
  }
  // A progress bar is redrawn with a carriage return, which ends a line here too.
  for (const input of [stdout, stderr]) createInterface({ input }).on('line', read);
  return { signs: () => signs };
}
