// The output of scripts: one line per step, progress of long steps, and errors as plain sentences.

const tty = process.stderr.isTTY === true;
const tickMs = tty ? 500 : 10_000;

/** An error that the user can act on. Its message is shown without a stack. */
export class SetupError extends Error {}

/** Prints one line to stderr. stdout is reserved for a script's result. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a long step. A terminal shows the elapsed time on one changing line; otherwise a line is printed every ten
 * seconds.
 * @template T
 * @param {string} title such as `Unpacking Electron`
 * @param {() => Promise<T>} work
 * @param {() => Promise<string> | string} [detail] the progress, such as `45 MB`; called at each tick
 * @returns {Promise<T>}
 */
export async function longStep(title, work, detail = () => '') {
  const started = performance.now();
  const elapsed = () => `${Math.round((performance.now() - started) / 1000)} s`;
  let running = true;
  const tick = async () => {
    const parts = [elapsed(), await detail()].filter(Boolean).join(', ');
    if (running) process.stderr.write(tty ? `\r\u001b[K${title} … ${parts}` : `  … ${parts}\n`);
  };
  process.stderr.write(tty ? `${title} …` : `${title} …\n`);
  const timer = setInterval(() => void tick(), tickMs);
  const end = (outcome) => process.stderr.write(tty ? `\r\u001b[K${title}: ${outcome}\n` : `  ${outcome}\n`);
  try {
    const result = await work();
    end(`done in ${elapsed()}`);
    return result;
  } catch (error) {
    end(`failed after ${elapsed()}`);
    throw error;
  } finally {
    running = false;
    clearInterval(timer);
  }
}

/**
 * Runs a script's body and sets the exit code that it returns (default 0).
 * @param {() => Promise<number | void>} body
 */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    say(error instanceof SetupError ? `\n${error.message}` : `\n${error?.stack ?? error}`);
    process.exitCode = 1;
  }
}
