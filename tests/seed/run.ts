// `npm run seed -- --pictures N --messages M`: fills AFTERIMAGE_DATA_DIR and prints its progress.
import { nativeBinding } from '../../electron/main/db/native-binding';
import { BadOption, readOptions } from './options';
import { seed } from './seed';

const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
const isTerminal = process.stderr.isTTY === true;
let lastPrintedAt = 0;

try {
  const options = readOptions(process.argv.slice(2), process.env['AFTERIMAGE_DATA_DIR']);
  const of = { files: options.files, messages: options.messages, pictures: options.pictures };
  const written = await seed({
    ...options,
    until: Date.now(),
    nativeBinding: nativeBinding(process.cwd()),
    onProgress: (step, done) => printProgress(`${step}: ${done} of ${of[step]}`),
  });
  if (isTerminal) process.stderr.write('\n');
  const { conversations, messages, pictures, files } = written;
  console.log(
    `${options.dataFolder}: ${pictures} pictures (${files} painted) and ${messages} messages in ${conversations} conversations, in ${seconds()} s.`,
  );
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Updates one line on a terminal; otherwise prints a line every few seconds. */
function printProgress(line: string): void {
  const now = performance.now();
  if (now - lastPrintedAt < (isTerminal ? 100 : 5_000)) return;
  lastPrintedAt = now;
  process.stderr.write(isTerminal ? `\r\u001b[K${line}, ${seconds()} s` : `${line}, ${seconds()} s\n`);
}
