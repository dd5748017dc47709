// The log: all that goes to the console of any process but the screen's, without keys and prompts, in the data folder.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { format } from 'node:util';
import { createRedactor } from './redact';

/** At this size, in bytes, the file becomes `afterimage.old.log`, in the place of the one before. */
const largest = 1024 * 1024;

const levels = ['error', 'warn', 'info', 'log', 'debug'] as const;

export type Logs = ReturnType<typeof startLogging>;

/** Takes the console over: what is written to it goes on to where it went, and to the log. */
export function startLogging(dataFolder: string) {
  const file = path.join(dataFolder, 'logs', 'afterimage.log');
  let keys: () => readonly (string | null)[] = () => [];
  const redactor = createRedactor(() => keys());
  let loading: ReturnType<typeof openLog> | null = null;

  for (const level of levels) {
    const write = console[level].bind(console);
    console[level] = (...words: unknown[]) => {
      const line = redactor.redact(format(...words));
      write('%s', line);
      // Loaded with the first line: 17 ms that a start without trouble has no need of.
      loading ??= openLog(file);
      // Where there is no log, the line has reached the console at least.
      void loading.then(
        (logger) => logger[level](line),
        () => {},
      );
    };
  }
  // The last line there is: nothing in the background would be written any more.
  process.on('uncaughtExceptionMonitor', (error) => {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      appendFileSync(file, `${new Date().toISOString()} fatal ${redactor.redact(format(error))}\n`);
    } catch {
      // On a full disk, say: the error itself is what the user has to hear of.
    }
  });

  return {
    concealPrompt: redactor.conceal,
    /** @param read gives the keys that are in use, whenever it is asked. */
    concealKeys(read: () => readonly (string | null)[]): void {
      keys = read;
    },
  };
}

async function openLog(file: string) {
  const { default: log } = await import('electron-log/node');
  const logger = log.create({ logId: 'afterimage' });
  const { transports } = logger;
  transports.console.level = false;
  transports.file.resolvePathFn = () => file;
  transports.file.maxSize = largest;
  transports.file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  // In the background: nobody waits for a line of the log.
  transports.file.sync = false;
  return logger;
}

type WithOutput = { stdout: NodeJS.ReadableStream | null; stderr: NodeJS.ReadableStream | null };

/** Brings what a child process writes to the console here. It has to be forked with `stdio: 'pipe'`. */
export function captureOutput({ stdout, stderr }: WithOutput, name: string): void {
  if (stdout) createInterface({ input: stdout }).on('line', (line) => console.info(`[${name}] ${line}`));
  if (stderr) createInterface({ input: stderr }).on('line', (line) => console.error(`[${name}] ${line}`));
}
