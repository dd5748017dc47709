// Writes the console output of the main process and its child processes to a log file, without keys and prompts.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { format } from 'node:util';
import { createRedactor } from './redact';

/** At this size (bytes) the file is renamed to `afterimage.old.log`, replacing the previous one. */
export const maxLogBytes = 1024 * 1024;

const levels = ['error', 'warn', 'info', 'log', 'debug'] as const;

export type Logs = ReturnType<typeof startLogging>;

/** Wraps the console's methods: each line is redacted, then goes to the console as before and to the log file. */
export function startLogging(dataFolder: string) {
  const file = path.join(dataFolder, 'logs', 'afterimage.log');
  let keys: () => readonly (string | null)[] = () => [];
  const redactor = createRedactor(() => keys());
  let loading: ReturnType<typeof openLog> | null = null;

  for (const level of levels) {
    const write = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      const line = redactor.redact(format(...values));
      write('%s', line);
      // Loaded with the first line, because loading takes 17 ms and a normal start logs nothing.
      loading ??= openLog(file);
      // If the log file cannot be opened, the line has reached the console at least.
      void loading.then(
        (logger) => logger[level](line),
        () => {},
      );
    };
  }
  // A program that reads the app's output, such as a terminal, may end first. A write then fails with EPIPE, and
  // logging that failure would fail again.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  return {
    /** Logs an error at once, because the process may end before a write in the background would finish. */
    record(message: string, error: unknown): void {
      const line = redactor.redact(format(message, error));
      process.stderr.write(`${line}\n`);
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        // Not shown: only in the log.
        appendFileSync(file, `${new Date().toISOString()} error ${line}\n`);
      } catch {
        // The disk may be full. The error that is being recorded is the one that matters.
      }
    },
    concealPrompt: redactor.conceal,
    /** @param readKeys returns the keys in use; called for every line. */
    concealKeys(readKeys: () => readonly (string | null)[]): void {
      keys = readKeys;
    },
  };
}

async function openLog(file: string) {
  const { default: log } = await import('electron-log/node');
  const logger = log.create({ logId: 'afterimage' });
  const { transports } = logger;
  transports.console.level = false;
  // The library reports a failed write on the console, which would cause another write.
  const sayOutsideLog = ({ message }: { message: { data: unknown[] } }) =>
    void process.stderr.write(`${format(...message.data)}\n`);
  for (const each of [log, logger]) each.transports.console.writeFn = sayOutsideLog;
  transports.file.resolvePathFn = () => file;
  transports.file.maxSize = maxLogBytes;
  transports.file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  transports.file.sync = false;
  return logger;
}

type WithOutput = { stdout: NodeJS.ReadableStream | null; stderr: NodeJS.ReadableStream | null };

/** Logs the output of a child process, line by line. The process must be forked with `stdio: 'pipe'`. */
export function captureOutput({ stdout, stderr }: WithOutput, name: string): void {
  if (stdout) createInterface({ input: stdout }).on('line', (line) => console.info(`[${name}] ${line}`));
  if (stderr) createInterface({ input: stderr }).on('line', (line) => console.error(`[${name}] ${line}`));
}
